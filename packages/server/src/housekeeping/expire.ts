import { type AccountId, type BlobId, type Clock, days } from '@parley/model'
import { sql } from 'kysely'
import { dropBlobs, isKeptFile } from '../attachments/index.ts'
import type { Database } from '../db/index.ts'
import { forgetProviderIds, retireRelays } from '../delivery/index.ts'
import { endHeld } from '../held/index.ts'
import { pruneCriteriaLog } from '../hunting/index.ts'
import { forgetResponses } from '../programs/index.ts'
import { forgetAsked } from '../starting/index.ts'

const atOnce = 500
/** So long is who writes to a place that has ended told so kindly; after that the address refuses (settled 15). */
const politeMs = days(30)

/** Every process that searches reads on twice a minute; one that could not for so long loads everything anew. */
const changesMs = days(1)

/** Longer than any peer tries: what it took is not reported on any more. */
const reportedMs = days(30)

/** What a sweep took away, by kind. */
export interface Expired {
  keys: number
  held: number
  uploads: number
  relays: number
  changes: number
  reports: number
  responses: number
  asked: number
}

/**
 * Takes away what has had its time: keys, held items that nobody decided, uploads that no message took within a day, addresses of places that
 * ended long ago, changes of criteria that every process has read, ids by which peers would have reported, answers that no program will ask
 * for again, whom somebody was asked to mean days ago. Each statement is whole in itself and finds nothing the second time, so
 * any process may sweep, at any moment, as often as it likes.
 */
export async function expire(parts: { db: Database; clock: Clock }): Promise<Expired> {
  const { workers } = parts.db
  const now = parts.clock.now()
  const keys = await sql`
    delete from access_key where (account_id, key_hash) in (
      select account_id, key_hash from access_key where expires_at < ${now} limit ${atOnce})`.execute(workers)
  const held = await endHeld(parts.db, { which: sql`expires_at < ${now}`, state: 'expired', now, most: atOnce })
  return {
    keys: Number(keys.numAffectedRows ?? 0),
    held,
    uploads: await dropUploads(parts.db, new Date(now.getTime() - days(1))),
    relays: await retireRelays(workers, new Date(now.getTime() - politeMs), now, atOnce),
    reports: await forgetProviderIds(workers, new Date(now.getTime() - reportedMs), atOnce * 100),
    changes: await pruneCriteriaLog(workers, new Date(now.getTime() - changesMs), atOnce * 100),
    responses: await forgetResponses(workers, new Date(now.getTime() - days(1)), atOnce),
    asked: await forgetAsked(workers, new Date(now.getTime() - days(2)), atOnce),
  }
}

/** Files that no message has, no held item that waits, and no answer that does. */
async function dropUploads(db: Database, before: Date): Promise<number> {
  const { rows } = await sql<{ account: AccountId; blob: BlobId }>`
    with old as (
      select account_id, attachment_id from attachment f
      where message_id is null and created_at < ${before} and not ${isKeptFile} and not exists (
        select from held_item h where h.account_id = f.account_id and h.held_id = f.held_id and h.state = 'waiting')
      limit ${atOnce} for update of f skip locked
    )
    delete from attachment f using old where f.account_id = old.account_id and f.attachment_id = old.attachment_id
    returning f.account_id as account, f.blob_id as blob`.execute(db.workers)
  await dropBlobs(db, rows)
  return rows.length
}
