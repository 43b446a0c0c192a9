import type { PlaceInvitationId } from '@parley/model'
import { mayDoAt } from '@parley/rules'
import { z } from 'zod'
import { readInvitation, settleInvitation, whyOver } from '../../invitations/index.ts'
import { operation, refused } from '../operation.ts'

/** By who sent it, or by who manages the interaction. Whom it has reached is told. */
export const withdrawInvitation = operation({
  name: 'withdraw-invitation',
  summary: 'Take back an invitation that was not answered yet',
  input: z.strictObject({ invitation: z.uuid() }),
  refusals: ['wrong-state'],
  async touches(db, { account }, { invitation }) {
    const found = await readInvitation(db, account, invitation as PlaceInvitationId)
    return found ? [found.conversation] : null
  },
  async perform(turns, actor, input) {
    const invitation = await readInvitation(turns.tx, actor.account, input.invitation as PlaceInvitationId)
    const turn = invitation && turns.having(invitation.interaction)
    if (!invitation || !turn) return refused('not-there')
    if (invitation.by !== actor.person) {
      // Whoever is in it is not told who else was asked in.
      const verdict = mayDoAt(turn.structure, actor, 'remove', invitation.interaction)
      if (!verdict.ok) return refused('not-there')
    }
    if (whyOver(invitation, turn.now) !== null) return refused('wrong-state')
    await settleInvitation(turn, invitation, 'withdrawn')
    return { ok: true, result: { interaction: invitation.interaction, invitations: [invitation.id] } }
  },
})
