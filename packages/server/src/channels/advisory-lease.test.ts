import { fork } from 'node:child_process'
import { once } from 'node:events'
import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { advisoryLeases } from './advisory-lease.ts'

let database: FreshDatabase
const never = new AbortController().signal

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(async () => {
  await database.drop()
})

const inThisDatabase = `where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`

const leases = (scope = 'messenger') => advisoryLeases({ connectionString: database.connectionString }, scope)

test('A18: what the peer allows once is held by one process, and by the next as soon as the first dies', async () => {
  const other = fork(`${import.meta.dirname}/hold-lease.fixture.ts`, [database.connectionString], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [said] = await once(other, 'message')
  expect(said).toBe('held')
  let isOurs = false
  const ours = leases()('component', never).then((held) => {
    isOurs = true
    return held
  })
  // Its own connection shows that the line is waited in, so that "not ours" is no matter of time.
  await waitsInLine()
  expect(isOurs).toBe(false)
  other.kill('SIGKILL')
  const held = await ours
  expect(held.isLost.aborted).toBe(false)
  await held.release()
}, 60_000)

test('a lease is for its name and its channel only', async () => {
  const one = await leases()('component', never)
  const other = await leases()('another', never)
  const third = await leases('phone')('component', never)
  await Promise.all([one, other, third].map((held) => held.release()))
  const again = await leases()('component', never)
  await again.release()
}, 30_000)

test('a lease whose connection is cut is lost, and whoever holds it hears of it', async () => {
  const held = await leases()('component', never)
  const isLost = once(held.isLost, 'abort')
  await cutHolders()
  await isLost
  const again = await leases()('component', never)
  expect(again.isLost.aborted).toBe(false)
  await again.release()
}, 30_000)

test('whoever is cut while waiting in line waits on, and has it in the end', async () => {
  const first = await leases()('component', never)
  const second = leases()('component', never)
  await waitsInLine()
  await query(`select pg_terminate_backend(pid) from pg_locks ${inThisDatabase} and not granted`)
  await first.release()
  const held = await second
  await held.release()
}, 30_000)

test('who stops waiting leaves the line', async () => {
  const first = await leases()('component', never)
  const stopping = new AbortController()
  const second = leases()('component', stopping.signal)
  await waitsInLine()
  stopping.abort()
  await expect(second).rejects.toThrow()
  await first.release()
  const third = await leases()('component', never)
  await third.release()
}, 30_000)

async function query(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

async function waitsInLine(): Promise<void> {
  await expect
    .poll(async () => (await query(`select 1 from pg_locks ${inThisDatabase} and not granted`)).length, {
      timeout: 30_000,
    })
    .toBeGreaterThan(0)
}

async function cutHolders(): Promise<void> {
  await query(`select pg_terminate_backend(pid) from pg_locks ${inThisDatabase} and granted`)
}
