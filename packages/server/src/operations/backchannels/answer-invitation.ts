import type { PlaceInvitationId } from '@parley/model'
import { z } from 'zod'
import { readInvitation, settleInvitation, whyOver } from '../../invitations/index.ts'
import { operation, refused } from '../operation.ts'
import { accept } from './accept.ts'

/** Who was asked into an interaction comes in, or does not want to. */
export const answerInvitation = operation({
  name: 'answer-invitation',
  summary: 'Accept or decline an invitation into an interaction',
  input: z.strictObject({ invitation: z.uuid(), accept: z.boolean() }),
  byInvitation: true,
  refusals: ['wrong-state', 'conversation-closed', 'interaction-closed', 'asks-here'],
  async touches(db, { account, person }, { invitation }) {
    const found = await readInvitation(db, account, invitation as PlaceInvitationId)
    return found?.person === person ? [found.conversation] : null
  },
  async perform(turns, actor, input) {
    const invitation = await readInvitation(turns.tx, actor.account, input.invitation as PlaceInvitationId)
    const turn = invitation && turns.having(invitation.interaction)
    if (!invitation || !turn || invitation.person !== actor.person) return refused('not-there')
    if (!input.accept) {
      if (whyOver(invitation, turn.now) !== null) return refused('wrong-state')
      await settleInvitation(turn, invitation, 'declined')
      return { ok: true, result: { invitations: [invitation.id] } }
    }
    const { interaction } = invitation
    const accepted = await accept(turns, turn, invitation, actor.via)
    if (!accepted.ok) return accepted
    const { place, changes } = accepted
    const { conversation } = turn.structure
    return {
      ok: true,
      result: { conversation, interaction, participant: place, participants: [place], invitations: [invitation.id] },
      ...(changes.length > 0 ? { changes } : {}),
    }
  },
})
