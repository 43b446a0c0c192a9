import type { InteractionId, PersonId } from '@parley/model'
import { readInvitation, settleInvitation } from '../../invitations/index.ts'
import type { Turn } from '../../road/index.ts'

/** Whoever was added has no need to accept: what they were asked is settled. */
export async function withdrawOf(turn: Turn, interaction: InteractionId, people: readonly PersonId[]): Promise<void> {
  const { tx, structure } = turn
  const rows = await tx
    .selectFrom('place_invitation')
    .select('invitation_id')
    .where('account_id', '=', structure.account)
    .where('interaction_id', '=', interaction)
    .where('person_id', 'in', [...people])
    .where('state', '=', 'open')
    .execute()
  for (const { invitation_id } of rows) {
    const invitation = await readInvitation(tx, structure.account, invitation_id)
    const place = structure.participants.find(
      (own) => own.person === invitation?.person && own.interaction === interaction && !own.left,
    )
    if (!invitation || !place) continue
    await settleInvitation(turn, invitation, 'accepted')
    await takeAddresses(turn, invitation, place.id)
  }
}

/** The addresses at which somebody was asked are those of their place now: a reply to the very first mail goes on working. */
export async function takeAddresses(
  { tx, structure }: Turn,
  invitation: { readonly id: Parameters<typeof readInvitation>[2] },
  place: Turn['structure']['participants'][number]['id'],
): Promise<void> {
  await tx
    .updateTable('relay_address')
    .set({ participant_id: place })
    .where('account_id', '=', structure.account)
    .where('invitation_id', '=', invitation.id)
    .execute()
}
