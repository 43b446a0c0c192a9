import type { AccountId } from '@parley/model'
import { sql } from 'kysely'
import { type Database, hashOf } from '../db/index.ts'

/** Has the same thing arrived before, and was it taken, held, acted upon or erased? */
export async function isKnown(db: Database, account: AccountId, key: Buffer): Promise<boolean> {
  const { rows } = await db.read(account, (reader) =>
    sql<{ known: boolean }>`
      select exists (select from message where account_id = ${account} and key = ${key})
        or exists (select from held_item where account_id = ${account} and key = ${key})
        or exists (select from consent where account_id = ${account} and key = ${key})
        or exists (select from erased_key where account_id = ${account} and key_hash = ${hashOf(reader, key)}) as known`.execute(
      reader,
    ),
  )
  return rows[0]?.known ?? false
}
