import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../db/index.ts'

/**
 * Ends held items that wait: their words, files and sealed bytes go, a line that says what became of them stays. `which` is a condition on
 * `held_item`. Answers how many there were; whole in itself, so that a repetition finds nothing.
 */
export async function emptyHeld(
  db: Kysely<Tables>,
  { which, state, now, most }: { which: RawBuilder<unknown>; state: 'discarded' | 'expired'; now: Date; most: number },
): Promise<number> {
  const ended = await sql`
    with old as (
      select account_id, held_id, raw_blob_id from held_item where state = 'waiting' and ${which} limit ${most}
      for update skip locked
    ), files as (
      delete from attachment f using old where f.account_id = old.account_id and f.held_id = old.held_id
        and f.message_id is null
      returning f.account_id, f.blob_id
    ), gone as (
      select account_id, blob_id from files
      union all select account_id, raw_blob_id from old where raw_blob_id is not null
    ), chunks as (
      delete from blob_chunk c using gone where c.account_id = gone.account_id and c.blob_id = gone.blob_id
    ), blobs as (
      delete from blob b using gone where b.account_id = gone.account_id and b.blob_id = gone.blob_id
    )
    update held_item h set state = ${state}, decided_at = ${now}, said = '{}', raw_blob_id = null from old
    where h.account_id = old.account_id and h.held_id = old.held_id`.execute(db)
  return Number(ended.numAffectedRows ?? 0)
}
