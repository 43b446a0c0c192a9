import type { PlaceInvitationView } from '@parley/protocol'
import { z } from 'zod'
import { listInvitations } from '../../invitations/index.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { at, id, pageOf } from './schemas.ts'

const invitation: z.ZodType<PlaceInvitationView> = z.object({
  id,
  by: z.string(),
  site: z.string(),
  note: z.string(),
  kind: z.enum(['exchange', 'backchannel']),
  at,
  until: at,
})

const list = endpoint({
  method: 'GET',
  path: '/invitations',
  id: 'listInvitations',
  scope: 'read',
  summary: 'What the program is asked into and may accept or decline with `answer-invitation`, newest first',
  answer: pageOf(invitation),
  refusals: [],
  async handle({ context, caller }) {
    const { account, program } = caller
    const wanted = { account, person: program, now: context.clock.now() }
    const { open } = await context.db.read(account, (reader) => listInvitations(reader, wanted))
    return { items: open, next: null }
  },
})

export const invitationCalls: readonly Endpoint[] = [list]
