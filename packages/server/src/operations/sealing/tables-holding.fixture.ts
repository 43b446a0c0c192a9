import type { OperationRig } from '../../operation-rig.fixture.ts'

/** Names of tables with a row in which these words can be read, in text or bytes. */
export async function tablesHolding({ house }: OperationRig, words: string): Promise<string[]> {
  const tables = await house.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'parley' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await house.rows(
      `select 1 from parley.${name} t where to_jsonb(t)::text like $1 or to_jsonb(t)::text like $2 limit 1`,
      [`%${words}%`, `%${Buffer.from(words).toString('hex')}%`],
    )
    if (rows.length > 0) found.push(name)
  }
  return found.sort()
}
