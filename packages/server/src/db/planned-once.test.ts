import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { notingOrigins } from './origins.ts'
import { mostKept } from './planned-once.ts'

let database: FreshDatabase
let source: pg.Pool
let pool: ReturnType<typeof notingOrigins>

beforeAll(async () => {
  database = await freshDatabase()
  source = new pg.Pool({ connectionString: database.connectionString, max: 1 })
  pool = notingOrigins(source, () => false)
})
afterAll(async () => {
  await source.end()
  await database.drop()
})

type Row = Record<string, unknown>

/** Asks over one connection, that is given back afterwards. */
async function asks(text: string, values: readonly unknown[], times = 1): Promise<readonly Row[]> {
  const client = await pool.connect()
  let rows: readonly Row[] = []
  try {
    for (let n = 0; n < times; n++) rows = (await client.query<Row>(text, values)).rows
    return rows
  } finally {
    client.release()
  }
}

const kept = async () =>
  (await asks('select statement from pg_prepared_statements', [])).map(({ statement }) => statement)
const connection = async () => (await asks('select pg_backend_pid() as pid', []))[0]?.pid

test('a statement that is asked often over a connection is planned once there; others are not, nor more than can be kept', async () => {
  await asks('select $1::int + 1 as n', [1], 4)
  expect(await kept()).toEqual([])
  expect(await asks('select $1::int + 1 as n', [41], 2)).toEqual([{ n: 42 }])
  expect(await kept()).toEqual(['select $1::int + 1 as n'])
  for (let n = 0; n < mostKept + 10; n++) await asks(`select $1::int + ${n + 2} as n`, [1], 5)
  expect(await kept()).toHaveLength(mostKept)
  expect(await asks('select $1::int + 209 as n', [1])).toEqual([{ n: 210 }])
})

test('what is kept and does not fit the tables any more is asked anew, and its connection is used no more', async () => {
  await source.query('create table things (id int)')
  await source.query('insert into things values (1)')
  // A connection that keeps nothing yet.
  const full = await source.connect()
  full.release(true)
  const text = 'select * from things where id = $1'
  expect(await asks(text, [1], 6)).toEqual([{ id: 1 }])
  expect(await kept()).toEqual([text])
  const before = await connection()
  await source.query(`alter table things add column name text default 'a'`)
  expect(await asks(text, [1])).toEqual([{ id: 1, name: 'a' }])
  expect(await connection()).not.toBe(before)
  // Within a transaction nothing more can be asked: it fails as it is.
  expect(await asks(text, [1], 6)).toEqual([{ id: 1, name: 'a' }])
  await source.query(`alter table things add column size int default 2`)
  await asks('begin', [])
  await expect(asks(text, [1])).rejects.toThrow('cached plan must not change result type')
  expect(await asks(text, [1])).toEqual([{ id: 1, name: 'a', size: 2 }])
})
