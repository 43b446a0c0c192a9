import { Client } from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from './postgres.ts'

test('each test file gets a migrated database of its own, and nothing of another', async () => {
  const [ana, bo] = [await freshDatabase(), await freshDatabase()]
  await ask(ana.connectionString, `create table only_here as select 1 as one`)
  expect(await ask(bo.connectionString, `select to_regclass('only_here') as found`)).toEqual([{ found: null }])
  expect(await ask(bo.connectionString, `select count(*) > 0 as migrated from parley.parley_migration`)).toEqual([
    { migrated: true },
  ])
  await ana.drop()
  await bo.drop()
})

test('a database is dropped even while somebody is connected to it', async () => {
  const database = await freshDatabase()
  const client = new Client(database.connectionString)
  const cut = new Promise((resolve) => client.on('error', resolve))
  await client.connect()
  await database.drop()
  await cut
  await expect(ask(database.connectionString, 'select 1')).rejects.toThrow(/does not exist/)
})

async function ask(connectionString: string, query: string): Promise<unknown[]> {
  const client = new Client(connectionString)
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}
