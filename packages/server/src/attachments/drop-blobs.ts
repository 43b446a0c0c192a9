import type { AccountId, BlobId } from '@parley/model'
import { sql } from 'kysely'
import { type Database, sealingOf } from '../db/index.ts'
import { isLoose } from './blob-references.ts'

export interface BlobOf {
  readonly account: AccountId
  readonly blob: BlobId
}

/**
 * Removes those of these blobs that nothing names any more: their keys first, so that a process which dies in between leaves what nobody can
 * read, and the next sweep finds. Answers how many.
 */
export async function dropBlobs(db: Database, blobs: readonly BlobOf[]): Promise<number> {
  if (blobs.length === 0) return 0
  const { rows: loose } = await sql<BlobOf & { ownKey: boolean }>`
    select b.account_id as account, b.blob_id as blob, b.own_key as "ownKey" from blob b
    join unnest(${blobs.map(({ account }) => account)}::uuid[], ${blobs.map(({ blob }) => blob)}::uuid[]) as w(account, blob)
      on b.account_id = w.account and b.blob_id = w.blob
    where ${isLoose}`.execute(db.workers)
  for (const account of new Set(loose.map((each) => each.account))) {
    const theirs = loose.filter((each) => each.account === account)
    const ids = theirs.map(({ blob }) => blob)
    await db.write(account, async (tx) => {
      for (const { blob, ownKey } of theirs) if (ownKey) await sealingOf(tx).values.destroy(account, { blob })
      for (const table of ['blob_chunk', 'blob'])
        await sql`delete from ${sql.table(table)} where account_id = ${account} and blob_id = any(${ids}::uuid[])`.execute(
          tx,
        )
    })
  }
  return loose.length
}
