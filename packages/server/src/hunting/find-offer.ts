import type { Database } from '../db/index.ts'
import type { FindOffer } from './answer-offer.ts'

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
