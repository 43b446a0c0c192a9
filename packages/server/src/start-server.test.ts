import { createServer } from 'node:net'
import { freePort, startParley } from '@parley/dev-env'
import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ScriptedChannel } from './test-house.fixture.ts'

let database: FreshDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

class Watched extends ScriptedChannel {
  override readonly name: string
  state: 'new' | 'started' | 'stopped' = 'new'
  readonly #fault: Error | null
  constructor(name: string, fault: Error | null = null) {
    super()
    this.name = name
    this.#fault = fault
  }
  override async start(): Promise<void> {
    if (this.#fault) throw this.#fault
    this.state = 'started'
  }
  override async stop(): Promise<void> {
    this.state = 'stopped'
  }
}

test('A17 a channel that cannot start stops the start: the message names it, and nothing is left open', async () => {
  const port = await freePort()
  const fault = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 25 })
  const [first, broken, third] = [new Watched('first'), new Watched('post office', fault), new Watched('third')]
  const starting = startParley({
    account: { name: 'Fjord & Field', sites: [], responders: [] },
    channels: [first, broken, third],
    database,
    port,
  })
  await expect(starting).rejects.toMatchObject({ message: expect.stringContaining('post office'), cause: fault })
  expect([first.state, broken.state, third.state]).toEqual(['stopped', 'new', 'new'])

  await new Promise<void>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
  const client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
  const { rows } = await client.query(
    'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await client.end()
  expect(rows).toEqual([])
})
