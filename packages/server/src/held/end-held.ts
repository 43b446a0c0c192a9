import type { AccountId, BlobId } from '@parley/model'
import { type RawBuilder, sql } from 'kysely'
import { dropBlobs, isKeptFile } from '../attachments/index.ts'
import type { Database } from '../db/index.ts'

/**
 * Ends held items that wait: their words, who they claim to be from, files and sealed bytes go, as far as no message or answer has them now; a
 * line that says what became of them stays, by which the same thing is known when it comes again. `which` is a condition on `held_item`. Answers how
 * many there were; a repetition finds nothing.
 */
export async function endHeld(
  db: Database,
  {
    which,
    state,
    now,
    most = 1,
  }: { which: RawBuilder<unknown>; state: 'released' | 'discarded' | 'expired'; now: Date; most?: number },
): Promise<number> {
  const { rows } = await sql<{ account: AccountId; blob: BlobId | null; isItem: boolean }>`
    with old as (
      select account_id, held_id, raw_blob_id from held_item where state = 'waiting' and ${which} limit ${most}
      for update skip locked
    ), files as (
      delete from attachment f using old where f.account_id = old.account_id and f.held_id = old.held_id
        and f.message_id is null and not ${isKeptFile}
      returning f.account_id, f.blob_id
    ), ended as (
      update held_item h set state = ${state}, decided_at = ${now}, said = '{}', claims = '', sender_key = null, raw_blob_id = null
      from old where h.account_id = old.account_id and h.held_id = old.held_id
      returning old.account_id, old.raw_blob_id
    )
    select account_id as account, raw_blob_id as blob, true as "isItem" from ended
    union all select account_id, blob_id, false from files`.execute(db.workers)
  await dropBlobs(
    db,
    rows.flatMap(({ account, blob }) => (blob ? [{ account, blob }] : [])),
  )
  return rows.filter(({ isItem }) => isItem).length
}
