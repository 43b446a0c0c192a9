import type { Selectable } from 'kysely'
import type { Tables } from '../db/index.ts'

export type JoiningMode = Selectable<Tables['account']>['joining']
type ResponderState = Tables['responder']['state']

export type JoiningVerdict =
  | { readonly ok: true; readonly state: 'active' | 'paused' | 'waiting'; readonly usesInvitation: boolean }
  | {
      readonly ok: false
      readonly refusal: 'joining-closed' | 'invitation-needed' | 'invitation-ended' | 'removed'
    }

/**
 * What becomes of somebody who has proven an address. `before`: what they are here already, where the address is known. Who is here stays
 * what they are, who has left comes back as they went, and whom an administrator removed needs to be invited again.
 */
export function decideJoining(
  mode: JoiningMode,
  invitation: 'none' | 'good' | 'ended',
  before: ResponderState | null,
): JoiningVerdict {
  if (before === 'active' || before === 'paused' || before === 'waiting') {
    return { ok: true, state: before, usesInvitation: false }
  }
  if (mode === 'closed') return { ok: false, refusal: 'joining-closed' }
  if (invitation === 'good') return { ok: true, state: 'active', usesInvitation: true }
  if (before === 'removed') return { ok: false, refusal: 'removed' }
  if (before === 'left' || mode === 'open') return { ok: true, state: 'active', usesInvitation: false }
  if (invitation === 'ended') return { ok: false, refusal: 'invitation-ended' }
  return mode === 'invited'
    ? { ok: false, refusal: 'invitation-needed' }
    : { ok: true, state: 'waiting', usesInvitation: false }
}
