import { type AccountId, type Medium, newId, type OwnAddressId } from '@parley/model'
import type { RunningServer } from '@parley/server'

/** Addresses of the demo's own on a medium, given once: one that anyone may write to at the shop, and numbers that places share. */
export async function giveOwnAddresses(
  server: RunningServer,
  account: AccountId,
  medium: Medium,
  { anyone, pool = [] }: { anyone: string; pool?: readonly string[] },
): Promise<void> {
  await server.db.write(account, async (tx) => {
    const has = await tx
      .selectFrom('own_address')
      .select('own_address_id')
      .where('account_id', '=', account)
      .where('medium', '=', medium)
      .executeTakeFirst()
    if (has) return
    const site = await tx
      .selectFrom('site')
      .select('site_id')
      .where('account_id', '=', account)
      .where('site_key', '=', 'demo-shop')
      .executeTakeFirstOrThrow()
    const shared = { account_id: account, medium, created_at: new Date() }
    const rows = [
      ...pool.map((value) => ({ value, purpose: 'pool' as const, site_id: null })),
      { value: anyone, purpose: 'public' as const, site_id: site.site_id },
    ]
    await tx
      .insertInto('own_address')
      .values(rows.map((row) => ({ ...shared, ...row, own_address_id: newId<OwnAddressId>(), value_key: row.value })))
      .execute()
  })
}
