import { type Clock, days } from '@parley/model'
import { sql } from 'kysely'
import { type BlobOf, dropBlobs, isLoose } from '../attachments/index.ts'
import type { Database } from '../db/index.ts'

/** Looked at in one sweep, each by an index: with six sweeps in an hour a million and more in a day. */
const lookedAt = 10_000

const droppedAtOnce = 500

/**
 * Removes blobs that nothing names: the original of a mail that was not said, and what a process had let go of when it died. Goes through all there
 * are, an account's newest first, a part in each sweep, and then from the beginning. None is younger than a day: what brings one may not have named it yet.
 */
export class LooseBlobs {
  readonly #parts: { db: Database; clock: Clock }
  #last: BlobOf | null = null

  constructor(parts: { db: Database; clock: Clock }) {
    this.#parts = parts
  }

  /** Answers how many are gone. */
  async sweep(most = lookedAt): Promise<number> {
    const { db, clock } = this.#parts
    const before = new Date(clock.now().getTime() - days(1))
    const from = this.#last
      ? sql`(account_id, blob_id) < (${this.#last.account}::uuid, ${this.#last.blob}::uuid)`
      : sql`true`
    const { rows } = await sql<BlobOf & { isLast: boolean }>`
      with part as materialized (
        select account_id, blob_id, created_at from blob where ${from} order by account_id desc, blob_id desc limit ${most}
      )
      (select account_id as account, blob_id as blob, true as "isLast" from part order by account_id, blob_id limit 1)
      union all select b.account_id, b.blob_id, false from part b where b.created_at < ${before} and ${isLoose}`.execute(
      db.workers,
    )
    this.#last = rows.find(({ isLast }) => isLast) ?? null
    const loose = rows.filter(({ isLast }) => !isLast)
    let gone = 0
    for (let at = 0; at < loose.length; at += droppedAtOnce) {
      gone += await dropBlobs(db, loose.slice(at, at + droppedAtOnce))
    }
    return gone
  }
}
