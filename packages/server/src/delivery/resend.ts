import type { AccountId, DeliveryId, PersonId } from '@parley/model'
import type { Writer } from '../db/index.ts'

export type Resent = { ok: true; delivery: DeliveryId } | { ok: false; because: 'not-there' | 'under-way' }

/**
 * Someone asks for a delivery to be tried again: a failed or unknown one is queued anew, to the same address, due now. Its author or its
 * reader may ask; to anyone else it is not there. `evenIfSent`: one that was taken too, for a reader who knows it by its reference.
 */
export async function resend(
  tx: Writer,
  wanted: { account: AccountId; person: PersonId; delivery: DeliveryId },
  now: Date,
  options: { evenIfSent?: boolean } = {},
): Promise<Resent> {
  const row = await tx
    .selectFrom('delivery')
    .leftJoin('message', (join) =>
      join
        .onRef('message.account_id', '=', 'delivery.account_id')
        .onRef('message.message_id', '=', 'delivery.message_id'),
    )
    .select([
      'delivery.state',
      'delivery.lane_id',
      'delivery.address_id',
      'delivery.person_id',
      'message.person_id as author',
    ])
    .where('delivery.account_id', '=', wanted.account)
    .where('delivery.delivery_id', '=', wanted.delivery)
    .forUpdate('delivery')
    .executeTakeFirst()
  if (!row || (row.person_id !== wanted.person && row.author !== wanted.person))
    return { ok: false, because: 'not-there' }
  const isSent = row.state === 'sent' || row.state === 'delivered' || row.state === 'read'
  const mayBeSent = row.state === 'failed' || row.state === 'unknown' || (isSent && options.evenIfSent)
  if (!mayBeSent) return { ok: false, because: 'under-way' }
  await tx
    .updateTable('delivery')
    .set({
      state: 'queued',
      reason: null,
      attempts: 0,
      created_at: now,
      due_at: now,
      updated_at: now,
      ...(row.state === 'failed' ? {} : { maybe_twice: true }),
    })
    .where('account_id', '=', wanted.account)
    .where('delivery_id', '=', wanted.delivery)
    .execute()
  // What is still reported on the attempts before says nothing of the new one.
  await tx
    .deleteFrom('provider_reference')
    .where('account_id', '=', wanted.account)
    .where('delivery_id', '=', wanted.delivery)
    .execute()
  await tx
    .updateTable('lane')
    .set({ due_at: now })
    .where('account_id', '=', wanted.account)
    .where('lane_id', '=', row.lane_id)
    .execute()
  // What the address was marked with belongs to the attempt that is being repeated.
  await tx
    .updateTable('address')
    .set({ state: 'proven', failing_reason: null })
    .where('account_id', '=', wanted.account)
    .where('address_id', '=', row.address_id)
    .where('state', '=', 'failing')
    .execute()
  return { ok: true, delivery: wanted.delivery }
}
