import type { AddressId, PlaceInvitationId } from '@parley/model'
import type { Writer } from '../db/index.ts'
import type { Turn } from '../road/index.ts'
import type { PlaceInvitation } from './invitation.ts'
import { enqueueTelling } from './tell-invited.ts'

/** An invitation is answered, or taken back; what of it has not left need not leave. Whom it had reached is told that it was taken back. */
export async function settleInvitation(
  turn: Turn,
  invitation: PlaceInvitation,
  state: 'accepted' | 'declined' | 'withdrawn',
): Promise<void> {
  const { tx, now, structure } = turn
  await tx
    .updateTable('place_invitation')
    .set({ state, updated_at: now })
    .where('account_id', '=', structure.account)
    .where('invitation_id', '=', invitation.id)
    .execute()
  const reached = await takeBackUnsent(tx, turn, invitation.id)
  turn.changed.push({ person: invitation.person, what: 'invitations' }, { person: invitation.by, what: 'invitations' })
  if (state !== 'withdrawn') return
  for (const to of reached) await enqueueTelling(turn, invitation, to, 'invited-withdrawn')
}

/** The addresses that have got it, or may have. */
async function takeBackUnsent(tx: Writer, { structure, now }: Turn, invitation: PlaceInvitationId) {
  const sent = await tx
    .selectFrom('delivery')
    .innerJoin('relay_address', (join) =>
      join
        .onRef('relay_address.account_id', '=', 'delivery.account_id')
        .onRef('relay_address.relay_id', '=', 'delivery.relay_id'),
    )
    .select([
      'delivery.delivery_id as id',
      'delivery.address_id as address',
      'delivery.medium',
      'delivery.relay_id as relay',
      'delivery.state',
      'delivery.maybe_twice as isMaybeTwice',
    ])
    .where('delivery.account_id', '=', structure.account)
    .where('relay_address.invitation_id', '=', invitation)
    .where('delivery.kind', '=', 'notice')
    .orderBy('delivery.sequence')
    // The outbox may be about to send it: either it is on its way and they are told, or it never leaves.
    .forUpdate('delivery')
    .execute()
  const reached = new Map<AddressId, (typeof sent)[number]>()
  for (const delivery of sent) {
    const isQueued = delivery.state === 'queued'
    if (isQueued) {
      await tx
        .updateTable('delivery')
        .set({ state: 'replaced', reason: 'invitation-over', updated_at: now })
        .where('account_id', '=', structure.account)
        .where('delivery_id', '=', delivery.id)
        .execute()
    }
    const hasLeft = !isQueued || delivery.isMaybeTwice
    if (hasLeft && delivery.state !== 'failed' && delivery.state !== 'replaced') reached.set(delivery.address, delivery)
  }
  return [...reached.values()]
}
