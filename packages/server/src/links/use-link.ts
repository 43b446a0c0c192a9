import type { AccountId, LinkId } from '@parley/model'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

/** A conversation begins by the link, in the same transaction: counted once, and never more often than the link allows. */
export async function useLink(tx: Writer, account: AccountId, link: LinkId, now: Date): Promise<boolean> {
  const used = await tx
    .updateTable('link')
    .set({ used: sql`used + 1` })
    .where('account_id', '=', account)
    .where('link_id', '=', link)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .where((eb) => eb.or([eb('uses', 'is', null), eb('used', '<', eb.ref('uses'))]))
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}
