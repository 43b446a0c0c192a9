import { expect, test } from 'vitest'
import { openExchange, openHouse, ScriptedChannel, startOutbox } from '../test-house.fixture.ts'
import { createAccount } from './index.ts'

test('whoever reads and writes for one account never sees or touches another’s rows, in any table', async () => {
  const house = await openHouse()
  try {
    // A whole story in the one account; the other is a stranger to it.
    const { says } = await openExchange(house)
    await says('a secret')
    const rig = await startOutbox(house, new ScriptedChannel())
    await rig.outbox.stop()
    const { account: own } = house.account
    const stranger = await createAccount(house.node.db, { name: 'Other', sites: [], responders: [] }, house.clock.now())

    const tables = await house.rows<{ name: string; isWalled: boolean; policy: string | null }>(
      `select c.relname as name, c.relrowsecurity as "isWalled",
         (select string_agg(p.qual, ' or ') from pg_policies p where p.schemaname = 'parley' and p.tablename = c.relname) as policy
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'parley' and c.relkind = 'r' and exists (select from pg_attribute a
         where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped) order by 1`,
    )
    expect(tables.filter(({ isWalled }) => !isWalled)).toEqual([])
    expect(new Set(tables.map(({ policy }) => policy)).size).toBe(1)
    expect(tables[0]?.policy).toContain('parley.account')

    let populated = 0
    for (const { name } of tables) {
      const [all] = await house.rows<{ count: number }>(
        `select count(*)::int as count from ${name} where account_id = $1`,
        [own],
      )
      if (all?.count) populated += 1
      const seen = async (account: typeof own) =>
        house.node.db.read(account, async (reader) => {
          const { rows } = await reader.executeQuery<{ count: number }>({
            ...reader.selectFrom('account').selectAll().compile(),
            sql: `select count(*)::int as count from ${name} where account_id = '${own}'`,
            parameters: [],
          })
          return rows[0]?.count
        })
      expect([name, await seen(own)]).toEqual([name, all?.count])
      expect([name, await seen(stranger.account)]).toEqual([name, 0])
      const attempt = house.node.db.write(stranger.account, async (tx) => {
        const result = await tx.executeQuery({
          ...tx.selectFrom('account').selectAll().compile(),
          sql: `delete from ${name} where account_id = '${own}'`,
          parameters: [],
        })
        return Number(result.numAffectedRows ?? 0)
      })
      // What nobody may delete at all is not touched either.
      const touched = await attempt.catch((error: unknown) => {
        if (String(error).includes('permission denied')) return 0
        throw error
      })
      expect([name, touched]).toEqual([name, 0])
    }
    // A wall around empty rooms shows nothing.
    expect(populated).toBeGreaterThanOrEqual(16)
  } finally {
    await house.close()
  }
})
