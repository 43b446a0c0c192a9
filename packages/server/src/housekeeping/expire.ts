import { type Clock, hours } from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'

const atOnce = 500

/** What a sweep took away, by kind. */
export interface Expired {
  keys: number
  held: number
  uploads: number
}

/**
 * Takes away what has had its time: keys, held items that nobody decided, uploads that no message took within a day. Each statement is
 * whole in itself and finds nothing the second time, so any process may sweep, at any moment, as often as it likes.
 */
export async function expire(parts: { db: Database; clock: Clock }): Promise<Expired> {
  const { workers } = parts.db
  const now = parts.clock.now()
  const keys = await sql`
    delete from access_key where (account_id, key_hash) in (
      select account_id, key_hash from access_key where expires_at < ${now} limit ${atOnce})`.execute(workers)
  const held = await sql`
    with old as (
      select account_id, held_id, raw_blob_id from held_item where state = 'waiting' and expires_at < ${now} limit ${atOnce}
      for update skip locked
    ), files as (
      delete from attachment f using old where f.account_id = old.account_id and f.held_id = old.held_id
      returning f.account_id, f.blob_id
    ), gone as (
      select account_id, blob_id from files
      union all select account_id, raw_blob_id from old where raw_blob_id is not null
    ), chunks as (
      delete from blob_chunk c using gone where c.account_id = gone.account_id and c.blob_id = gone.blob_id
    ), blobs as (
      delete from blob b using gone where b.account_id = gone.account_id and b.blob_id = gone.blob_id
    )
    update held_item h set state = 'expired', decided_at = ${now}, said = '{}', raw_blob_id = null from old
    where h.account_id = old.account_id and h.held_id = old.held_id`.execute(workers)
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
    held: Number(held.numAffectedRows ?? 0),
    uploads: Number(uploads.numAffectedRows ?? 0),
  }
}
