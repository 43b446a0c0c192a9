import type { AccountId } from '@parley/model'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/** So many waiting questions look for new people at once when somebody becomes free; the others look again by themselves within minutes. */
const mostAtOnce = 50

/**
 * Somebody who answers has become free, or wants other questions from now on: those that still wait look for people again, oldest first.
 * In the transaction in which that becomes true. A question that is being worked on at this moment is left out: it looks again by itself.
 */
export async function wakeHunts(tx: Writer, account: AccountId, now: Date): Promise<void> {
  await sql`
    update ticket set ask_at = ${now} where (account_id, ticket_id) in (
      select k.account_id, k.ticket_id from ticket k
      where k.account_id = ${account} and k.waits_until > ${now} and k.state = 'open' and k.admitted = 0
        and k.hunt in ('looking', 'nobody') and (k.ask_at is null or k.ask_at > ${now})
      order by k.waits_until limit ${mostAtOnce} for update skip locked)`.execute(tx)
}
