import type { AccountId, OfferId } from '@parley/model'
import { type RawBuilder, sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/**
 * Somebody who can still answer: their answer waits, or they were asked and what was sent to them has not all failed. The desk shows a
 * question to those whom no mail reaches, but a search does not wait for them.
 */
export const canAnswer = (
  offer: 'o' | 'offer',
): RawBuilder<boolean> => sql<boolean>`(${sql.ref(`${offer}.state`)} = 'waiting' or (
  ${sql.ref(`${offer}.state`)} = 'open' and (
    not exists (select from delivery d where d.account_id = ${sql.ref(`${offer}.account_id`)}
      and d.conversation_id = ${sql.ref(`${offer}.conversation_id`)} and d.offer_id = ${sql.ref(`${offer}.offer_id`)} and d.kind = 'offer')
    or exists (select from delivery d where d.account_id = ${sql.ref(`${offer}.account_id`)}
      and d.conversation_id = ${sql.ref(`${offer}.conversation_id`)} and d.offer_id = ${sql.ref(`${offer}.offer_id`)} and d.kind = 'offer'
      and d.state not in ('failed', 'replaced')))))`

/** A question reached somebody over none of their addresses. With nobody left who can answer, the next are asked by the next sweep. */
export async function offerUnreached(tx: Writer, account: AccountId, offer: OfferId, now: Date): Promise<void> {
  await sql`
    update ticket k set ask_at = ${now} where k.account_id = ${account} and k.state = 'open' and k.hunt = 'looking' and k.admitted = 0
      and k.ticket_id = (select ticket_id from offer where account_id = ${account} and offer_id = ${offer})
      and not exists (select from offer o where o.account_id = k.account_id and o.ticket_id = k.ticket_id and ${canAnswer('o')})`.execute(
    tx,
  )
}
