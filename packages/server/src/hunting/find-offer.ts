import type { AccountId, ConversationId, OfferId, PersonId, TicketId } from '@parley/model'
import type { OfferState } from '@parley/rules'
import type { Database, KeptAnswer, Writer } from '../db/index.ts'

export interface OfferRow {
  readonly offer_id: OfferId
  readonly ticket_id: TicketId
  readonly conversation_id: ConversationId
  readonly person_id: PersonId
  readonly state: OfferState
  readonly created_at: Date
}

export type FindOffer = (account: AccountId, offer: OfferId) => Promise<OfferRow | null>

export function findOfferIn(db: Database): FindOffer {
  return (account, offer) =>
    db.read(account, async (reader) => {
      const row = await reader
        .selectFrom('offer')
        .select(['offer_id', 'ticket_id', 'conversation_id', 'person_id', 'state', 'created_at'])
        .where('account_id', '=', account)
        .where('offer_id', '=', offer)
        .executeTakeFirst()
      return row ?? null
    })
}

/** An offer with what admission needs besides. */
export const offerColumns = [
  'offer_id',
  'ticket_id',
  'conversation_id',
  'person_id',
  'state',
  'created_at',
  'invited',
  'kept',
] as const

export interface LockedOffer extends OfferRow {
  readonly invited: boolean
  readonly kept: readonly KeptAnswer[]
}

export async function lockOffer(tx: Writer, account: AccountId, offer: OfferId): Promise<LockedOffer> {
  return tx
    .selectFrom('offer')
    .select(offerColumns)
    .where('account_id', '=', account)
    .where('offer_id', '=', offer)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
