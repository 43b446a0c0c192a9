import { expect, test } from 'vitest'
import { decideJoining } from './decide-joining.ts'

const inside = (state: string, usesInvitation = false) => ({ ok: true, state, usesInvitation })
const refused = (refusal: string) => ({ ok: false, refusal })

test.each([
  ['open', 'none', null, inside('active')],
  ['open', 'ended', null, inside('active')],
  ['open', 'good', null, inside('active', true)],
  ['invited', 'good', null, inside('active', true)],
  ['invited', 'none', null, refused('invitation-needed')],
  ['invited', 'ended', null, refused('invitation-ended')],
  ['invited', 'none', 'left', inside('active')],
  ['approved', 'none', null, inside('waiting')],
  ['approved', 'good', null, inside('active', true)],
  ['approved', 'ended', null, refused('invitation-ended')],
  ['approved', 'none', 'left', inside('active')],
  ['approved', 'none', 'waiting', inside('waiting')],
  ['closed', 'good', null, refused('joining-closed')],
  ['closed', 'none', 'left', refused('joining-closed')],
  ['closed', 'none', 'active', inside('active')],
  ['open', 'none', 'paused', inside('paused')],
  ['open', 'none', 'removed', refused('removed')],
  ['invited', 'good', 'removed', inside('active', true)],
] as const)(
  'A5 where joining is %s, with an invitation that is %s, who was here as %s',
  (mode, invitation, before, verdict) => {
    expect(decideJoining(mode, invitation, before)).toEqual(verdict)
  },
)
