import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { freePort, freshDatabase, seeded, WindowPerson, waitFor } from '@parley/dev-env'
import { createAccount, openDatabase } from '@parley/server'
import { expect, test } from 'vitest'
import { startFarEnd } from './crash-mail.ts'
import type { DiesAt } from './crash-server.fixture.ts'
import { playCrashes, startChild } from './crash-world.ts'

const everywhere: (DiesAt | 'random')[] = [
  'random',
  'after-peer',
  'before-said',
  'after-attempt',
  'after-receive',
  'before-attempt',
  'random',
  'after-outcome',
]
/** `npm test` takes a sample; the soak sets the full count. */
const rounds = Number(process.env.PARLEY_CRASHES ?? everywhere.length)
const seed = Number(process.env.PARLEY_SEED ?? 1)

test(
  `A18 killed at random moments and at every named point, the server comes back: nothing acknowledged is lost or doubled, and mail is repeated only where nobody can know, and marked (seed ${seed})`,
  async () => {
    const report = await playCrashes({ seed, rounds, points: everywhere })
    console.log(
      `${rounds} crashes: ${report.said} said, ${report.replies} replies, ${report.mails} mails, ${report.repeated} of them repeated and marked, ${report.unknown} unknown`,
    )
    expect(report.findings).toEqual([])
    expect(report.said).toBeGreaterThan(rounds)
    expect(report.mails).toBeGreaterThan(rounds)
  },
  300_000 + rounds * 15_000,
)

test('A18 without the attempt that is written down first the same comparison finds mail that came twice unmarked', async () => {
  const report = await playCrashes({ seed, rounds: 2, points: ['after-peer'], forgetsAttempts: true })
  expect(report.findings.filter((finding) => finding.includes('again, unmarked'))).not.toEqual([])
})

test('asked to stop while people are connected, the process ends by itself and leaves no connection behind', async () => {
  const database = await freshDatabase()
  const far = await startFarEnd(() => {})
  const before = openDatabase({ connectionString: database.connectionString }, { max: 1 })
  const site = { key: 'shop', name: 'Shop', domains: [], topics: [] }
  await createAccount(before, { name: 'Shop', sites: [site], responders: [] }, new Date())
  await before.close()
  const httpPort = await freePort()
  const server = await startChild({
    connectionString: database.connectionString,
    secretHex: randomBytes(32).toString('hex'),
    httpPort,
    smtpPort: await freePort(),
    farPort: far.port,
    aheadMs: 0,
    dies: null,
    forgetsAttempts: false,
    shared: false,
  })
  const visitors = [1, 2, 3].map(
    (seed) => new WindowPerson({ url: `http://127.0.0.1:${httpPort}`, site: 'shop', random: seeded(seed) }),
  )
  for (const visitor of visitors) {
    const client = await visitor.begins()
    visitor.says('hello')
    await waitFor('the words to be there', () => client.outbox.length === 0)
  }
  const gone = once(server, 'exit')
  server.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
  const db = openDatabase({ connectionString: database.connectionString }, { max: 1 })
  const others = 'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
  await waitFor('every connection to be gone', async () => (await db.workerPool.query(others)).rowCount === 0)
  for (const visitor of visitors) visitor.leaves()
  far.stop()
  await db.close()
  await database.drop()
})
