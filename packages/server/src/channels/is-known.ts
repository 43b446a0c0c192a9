import type { AccountId } from '@parley/model'
import type { Database } from '../db/index.ts'

/** Has the same thing arrived before, and was it taken, held or acted upon? */
export async function isKnown(db: Database, account: AccountId, key: Buffer): Promise<boolean> {
  return db.read(account, async (reader) => {
    for (const table of ['message', 'held_item', 'consent'] as const) {
      const found = await reader
        .selectFrom(table)
        .select('key')
        .where('account_id', '=', account)
        .where('key', '=', key)
        .executeTakeFirst()
      if (found) return true
    }
    return false
  })
}
