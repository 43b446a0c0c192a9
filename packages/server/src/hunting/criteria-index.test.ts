import { type Seeded, seeded, waitFor } from '@parley/dev-env'
import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import { type AccountId, newId, type PersonId, type TeamId } from '@parley/model'
import type { Criteria, HelpRequest } from '@parley/rules'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openDatabase, type Writer } from '../db/index.ts'
import { CriteriaIndexes } from './criteria-index.ts'
import { findByLooking } from './find-by-looking.fixture.ts'
import { pruneCriteriaLog } from './prune-criteria-log.ts'
import { beginReading, readChanges } from './read-changes.ts'

const now = new Date('2026-03-02T10:00:00Z')
const clock = { now: () => now }
const account = newId<AccountId>()
let fresh: FreshDatabase
let nodes: { db: Database; indexes: CriteriaIndexes }[] = []

beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(async () => {
  await Promise.all(nodes.map(({ db }) => db.close()))
  nodes = []
  await fresh.drop()
})

/** A process on the database. */
function aNode() {
  const db = openDatabase({ connectionString: fresh.connectionString })
  const node = { db, indexes: new CriteriaIndexes({ db, clock }) }
  nodes.push(node)
  return node
}

const wants = (topic: string): Criteria => ({ all: [{ about: 'topic', oneOf: [topic] }] })
const about = (topic: string): HelpRequest => ({ facts: { topic: [topic] }, text: null })

async function join(tx: Writer, topic: string, person = newId<PersonId>()): Promise<PersonId> {
  await tx
    .insertInto('responder')
    .values({ account_id: account, person_id: person, alias: 'a', state: 'active', capacity: null, per_hour: null })
    .execute()
  await want(tx, person, wants(topic))
  return person
}

async function want(tx: Writer, person: PersonId, criteria: Criteria): Promise<void> {
  const values = { wants: JSON.stringify(criteria), updated_at: now }
  await tx
    .insertInto('criteria')
    .values({ account_id: account, person_id: person, ...values })
    .onConflict((conflict) => conflict.columns(['account_id', 'person_id']).doUpdateSet(values))
    .execute()
}

const become = (tx: Writer, person: PersonId, state: 'active' | 'paused' | 'left') =>
  tx.updateTable('responder').set({ state }).where('account_id', '=', account).where('person_id', '=', person).execute()

const findIn = (indexes: CriteriaIndexes, tx: Writer, request: HelpRequest, most = 10_000) =>
  indexes.find(tx, account, request, now, { most, random: () => 0.5 })

const find = ({ db, indexes }: { db: Database; indexes: CriteriaIndexes }, request: HelpRequest) =>
  db.write(account, async (tx) => [...(await findIn(indexes, tx, request)).people])

const cancelled = new Error('cancelled')
async function undone(work: Promise<unknown>): Promise<void> {
  await expect(work).rejects.toBe(cancelled)
}

test('A6 what one process changes, another finds with its very next search: wishes, pausing, leaving, coming back, teams', async () => {
  const [one, other] = [aNode(), aNode()]
  const bo = await one.db.write(account, (tx) => join(tx, 'roofs'))
  expect(await find(other, about('roofs'))).toEqual([bo])
  expect(await find(other, about('gardens'))).toEqual([])

  await one.db.write(account, (tx) => want(tx, bo, wants('gardens')))
  expect([await find(other, about('roofs')), await find(other, about('gardens'))]).toEqual([[], [bo]])

  for (const [state, expected] of [
    ['paused', []],
    ['active', [bo]],
    ['left', []],
    ['active', [bo]],
  ] as const) {
    await one.db.write(account, (tx) => become(tx, bo, state))
    expect(await find(other, about('gardens'))).toEqual(expected)
  }

  const team = newId<TeamId>()
  const forTeam = { ...about('gardens'), target: { teams: [team] } }
  expect(await find(other, forTeam)).toEqual([])
  const membership = { account_id: account, team_id: team, person_id: bo }
  await one.db.write(account, (tx) => tx.insertInto('team_member').values(membership).execute())
  expect(await find(other, forTeam)).toEqual([bo])
  await one.db.write(account, (tx) => tx.deleteFrom('team_member').where('team_id', '=', team).execute())
  expect(await find(other, forTeam)).toEqual([])

  await one.db.write(account, (tx) => tx.deleteFrom('criteria').where('person_id', '=', bo).execute())
  expect(await find(other, about('anything'))).toEqual([bo])
  await one.db.write(account, (tx) => tx.deleteFrom('responder').where('person_id', '=', bo).execute())
  expect(await find(other, about('anything'))).toEqual([])
})

test('A6 only what an index has to know is written into the log', async () => {
  const { db } = aNode()
  const bo = await db.write(account, (tx) => join(tx, 'roofs'))
  const logged = async () => (await db.workers.selectFrom('criteria_log').select('sequence').execute()).length
  const before = await logged()
  await db.write(account, async (tx) => {
    await want(tx, bo, wants('roofs'))
    await tx.updateTable('responder').set({ capacity: 3 }).where('person_id', '=', bo).execute()
  })
  expect(await logged()).toBe(before)
  await db.write(account, (tx) => want(tx, bo, wants('gardens')))
  expect(await logged()).toBe(before + 1)
})

test('A6 transactions that end in another order than they began are all found, once they have ended', async () => {
  const [one, other] = [aNode(), aNode()]
  const [bo, cleo] = await one.db.write(
    account,
    async (tx) => [await join(tx, 'roofs'), await join(tx, 'roofs')] as const,
  )
  expect(await find(other, about('gardens'))).toEqual([])
  await one.db.write(account, async (slow) => {
    await want(slow, bo, wants('gardens'))
    await one.db.write(account, (quick) => want(quick, cleo, wants('gardens')))
    // Read while the one that began first is still under way; twice, since what was read once is passed over.
    expect(await find(other, about('gardens'))).toEqual([cleo])
    expect(await find(other, about('gardens'))).toEqual([cleo])
    await one.db.write(account, (quick) => want(quick, cleo, wants('roofs')))
    expect(await find(other, about('gardens'))).toEqual([])
  })
  expect(await find(other, about('gardens'))).toEqual([bo])
  expect(await find(other, about('roofs'))).toEqual([cleo])
})

test('A6 what a transaction has changed itself counts for its own search, for nobody else’s before it ends, and not at all if it is undone', async () => {
  const node = aNode()
  const bo = await node.db.write(account, (tx) => join(tx, 'roofs'))
  const work = node.db.write(account, async (tx) => {
    await want(tx, bo, wants('gardens'))
    const eve = await join(tx, 'gardens')
    expect((await findIn(node.indexes, tx, about('gardens'))).people.toSorted()).toEqual([bo, eve].toSorted())
    expect(await find(node, about('roofs'))).toEqual([bo])
    expect(await find(node, about('gardens'))).toEqual([])
    expect((await findIn(node.indexes, tx, about('gardens'))).count).toBe(2)
    throw cancelled
  })
  await undone(work)
  expect(await find(node, about('gardens'))).toEqual([])
  expect(await find(node, about('roofs'))).toEqual([bo])
})

test('A6 thousands of changes at once, one’s own and others’, are all read', async () => {
  const node = aNode()
  await find(node, about('roofs'))
  const add = (tx: Writer, count: number) =>
    sql`with new as (
        insert into responder (account_id, person_id, alias, state)
        select ${account}::uuid, gen_random_uuid(), 'a', 'active' from generate_series(1, ${count}::int) returning person_id)
      insert into criteria (account_id, person_id, wants, updated_at)
      select ${account}::uuid, person_id, ${JSON.stringify(wants('roofs'))}::jsonb, now() from new`.execute(tx)
  await node.db.write(account, (tx) => add(tx, 1_700))
  expect(await find(node, about('roofs'))).toHaveLength(1_700)
  await undone(
    node.db.write(account, async (tx) => {
      await add(tx, 1_200)
      expect((await findIn(node.indexes, tx, about('roofs'))).count).toBe(2_900)
      throw cancelled
    }),
  )
  expect(await find(node, about('roofs'))).toHaveLength(1_700)
  const sample = await node.db.write(account, (tx) => findIn(node.indexes, tx, about('roofs'), 7))
  expect([sample.count, new Set(sample.people).size]).toEqual([1_700, 7])
})

test('A6 whoever has slept while the log was pruned loads everything anew, and whoever has not need not', async () => {
  const [awake, asleep] = [aNode(), aNode()]
  const bo = await awake.db.write(account, (tx) => join(tx, 'roofs'))
  expect(await find(asleep, about('roofs'))).toEqual([bo])
  await awake.db.write(account, (tx) => want(tx, bo, wants('gardens')))
  expect(await find(awake, about('gardens'))).toEqual([bo])
  // What a transaction of any database on this PostgreSQL may not have read yet, since it began before, stays for the next time.
  let pruned = 0
  await waitFor('the log to be pruned', async () => {
    pruned += await pruneCriteriaLog(awake.db.workers, new Date(Date.now() + 60_000), 1_000)
    return pruned >= 3
  })
  expect(await awake.db.workers.selectFrom('criteria_log').select('sequence').execute()).toEqual([])
  expect(await find(asleep, about('gardens'))).toEqual([bo])
  expect(await find(awake, about('gardens'))).toEqual([bo])
})

test('A6 numbers of another server’s transactions, from which the database was copied, disturb nobody', async () => {
  const node = aNode()
  const bo = await node.db.write(account, (tx) => join(tx, 'roofs'))
  const { workers } = node.db
  await sql`update criteria_log set written_by = '900000000000'`.execute(workers)
  await sql`insert into criteria_log_floor values (${account}, '900000000000')`.execute(workers)
  expect(await find(node, about('roofs'))).toEqual([bo])
  await node.db.write(account, (tx) => want(tx, bo, wants('gardens')))
  expect(await find(node, about('gardens'))).toEqual([bo])
  await pruneCriteriaLog(workers, new Date(Date.now() + 60_000), 1_000)
  await node.db.write(account, (tx) => want(tx, bo, wants('roofs')))
  expect(await find(node, about('roofs'))).toEqual([bo])
})

test('A6 nobody reads on in the log of a server that was started anew: it may have lost what was read', async () => {
  const { db } = aNode()
  const { workers } = db
  const readSoFar = await beginReading(workers)
  await db.write(account, (tx) => join(tx, 'roofs'))
  expect(await readChanges(workers, account, readSoFar, 10)).toMatchObject({ kind: 'changes', isAll: true })
  expect(await readChanges(workers, account, { ...readSoFar, server: 'yesterday' }, 10)).toEqual({ kind: 'too-late' })
})

test('A6 an index is kept up to date and dropped when nobody asks for long, and is loaded again when somebody does', async () => {
  const db = openDatabase({ connectionString: fresh.connectionString })
  let at = now
  const node = { db, indexes: new CriteriaIndexes({ db, clock: { now: () => at } }) }
  nodes.push(node)
  const bo = await db.write(account, (tx) => join(tx, 'roofs'))
  expect(await find(node, about('roofs'))).toEqual([bo])
  await db.write(account, (tx) => want(tx, bo, wants('gardens')))
  await node.indexes.keepUp()
  expect(node.indexes.loaded).toEqual([account])
  at = new Date(now.getTime() + 31 * 60_000)
  await node.indexes.keepUp()
  expect(node.indexes.loaded).toEqual([])
  expect(await find(node, about('gardens'))).toEqual([bo])
})

const topics = ['roofs', 'gardens', 'pumps']

/** Somebody changes one thing or a few, slowly or at once, and now and then thinks better of it. */
async function edit({ db }: { db: Database }, people: readonly PersonId[], random: Seeded): Promise<void> {
  const work = db.write(account, async (tx) => {
    // In one order, so that two of them never wait for each other.
    for (const person of random
      .shuffle([...people])
      .slice(0, random.int(1, 4))
      .toSorted()) {
      if (random.chance(0.6)) await want(tx, person, anyCriteria(random))
      else await become(tx, person, random.pick(['active', 'active', 'paused', 'left']))
      if (random.chance(0.4)) await sql`select pg_sleep(${random.next() * 0.01})`.execute(tx)
    }
    if (random.chance(0.2)) throw cancelled
  })
  await work.catch((error: unknown) => {
    if (error !== cancelled) throw error
  })
}

const anyCriteria = (random: Seeded): Criteria => ({
  all: [{ about: 'topic', oneOf: random.shuffle([...topics]).slice(0, random.int(1, 2)) }],
  ...(random.chance(0.3) ? { none: [{ about: 'language', oneOf: ['de'] }] } : {}),
})

async function searchAndCompare(
  { db, indexes }: { db: Database; indexes: CriteriaIndexes },
  random: Seeded,
): Promise<number> {
  const request: HelpRequest = {
    facts: { topic: [random.pick(topics)], ...(random.chance(0.5) ? { language: ['de'] } : {}) },
    text: null,
  }
  // Repeatable read: what the one sees is what the other sees.
  return db.workers
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const found = await findIn(indexes, tx, request)
      const expected = await findByLooking(tx, account, request, now, { most: 10_000, random: () => 0.5 })
      expect(found.people.toSorted()).toEqual(expected.people.toSorted())
      expect(found.count).toBe(expected.count)
      return expected.count
    })
}

test.each([1, 2, 3, 4])(
  'A6 while people change their minds through two processes, every search finds what looking at each would (seed %i)',
  async (seed) => {
    const random = seeded(seed)
    const one = aNode()
    const both = [one, aNode()]
    const people = await one.db.write(account, async (tx) => {
      const joined: PersonId[] = []
      for (let n = 0; n < 30; n += 1) joined.push(await join(tx, random.pick(topics)))
      return joined
    })
    let found = 0
    const editors = Array.from({ length: 6 }, async (_, n) => {
      const own = random.fork(`editor ${n}`)
      for (let times = 0; times < 25; times += 1) await edit(own.pick(both), people, own)
    })
    const searchers = both.map(async (node, n) => {
      const own = random.fork(`searcher ${n}`)
      for (let times = 0; times < 60; times += 1) found += await searchAndCompare(node, own)
    })
    await Promise.all([...editors, ...searchers])
    for (const node of both) found += await searchAndCompare(node, random)
    expect(found).toBeGreaterThan(100)
  },
  60_000,
)
