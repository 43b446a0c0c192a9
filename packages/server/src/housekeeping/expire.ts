import { type Clock, days, hours } from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { forgetProviderIds, retireRelays } from '../delivery/index.ts'
import { emptyHeld } from '../held/index.ts'
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
  const held = await emptyHeld(workers, { which: sql`expires_at < ${now}`, state: 'expired', now, most: atOnce })
  const uploads = await sql`
    with old as (
      select account_id, attachment_id, blob_id from attachment
      where message_id is null and held_id is null and created_at < ${new Date(now.getTime() - hours(24))} limit ${atOnce}
      for update skip locked
    ), chunks as (
      delete from blob_chunk c using old where c.account_id = old.account_id and c.blob_id = old.blob_id
    ), blobs as (
      delete from blob b using old where b.account_id = old.account_id and b.blob_id = old.blob_id
    )
    delete from attachment f using old where f.account_id = old.account_id and f.attachment_id = old.attachment_id`.execute(
    workers,
  )
  return {
    keys: Number(keys.numAffectedRows ?? 0),
    held,
    uploads: Number(uploads.numAffectedRows ?? 0),
    relays: await retireRelays(workers, new Date(now.getTime() - politeMs), now, atOnce),
    reports: await forgetProviderIds(workers, new Date(now.getTime() - reportedMs), atOnce * 100),
    changes: await pruneCriteriaLog(workers, new Date(now.getTime() - changesMs), atOnce * 100),
    responses: await forgetResponses(workers, new Date(now.getTime() - days(1)), atOnce),
    asked: await forgetAsked(workers, new Date(now.getTime() - days(2)), atOnce),
  }
}
