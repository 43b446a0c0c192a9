import type { Parley } from '@parley/dev-env'
import { type Medium, newId, type OwnAddressId } from '@parley/model'

/** Numbers that places share, and addresses that anyone may write to at the first site. */
export async function giveOwnAddresses(
  { server, account }: Parley,
  medium: Medium,
  { pool = [], anyone }: { pool?: readonly string[]; anyone?: string },
): Promise<void> {
  const [site] = account.sites
  const rows = [
    ...pool.map((value) => ({ value, purpose: 'pool' as const, site_id: null })),
    ...(anyone ? [{ value: anyone, purpose: 'public' as const, site_id: site?.id ?? null }] : []),
  ]
  const shared = { account_id: account.account, medium, created_at: new Date() }
  await server.db.write(account.account, (tx) =>
    tx
      .insertInto('own_address')
      .values(rows.map((row) => ({ ...shared, ...row, own_address_id: newId<OwnAddressId>(), value_key: row.value })))
      .execute(),
  )
}
