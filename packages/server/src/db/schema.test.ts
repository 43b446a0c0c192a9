import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dumpSchema } from './dump-schema.ts'

const committed = path.join(import.meta.dirname, 'schema.txt')
let fresh: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client({ connectionString: fresh.connectionString })
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await fresh.drop()
})

test('the schema that the migrations make is the one that is written down', async () => {
  const dump = await dumpSchema(client)
  if (process.env.PARLEY_TEST_WRITE_SCHEMA) writeFileSync(committed, dump)
  expect(dump).toBe(readFileSync(committed, 'utf8'))
})

test('every table begins with account_id, in its columns and in its primary key, and is walled off by account', async () => {
  const { rows } = await client.query<{ name: string; first: string; key: string; walled: boolean }>(`
    select c.relname as name, c.relrowsecurity as walled,
      (select attname from pg_attribute a where a.attrelid = c.oid and a.attnum = 1) as first,
      (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c where c.relnamespace = 'parley'::regnamespace and c.relkind = 'r' and c.relname not like 'parley_migration%'`)
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(({ first, key, walled }) => first !== 'account_id' || key !== 'account_id' || !walled)).toEqual([])
})
