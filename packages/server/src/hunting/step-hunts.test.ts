import { minutes } from '@parley/model'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import type { NewSite } from '../accounts/index.ts'
import { writeBlob } from '../attachments/index.ts'
import { Road } from '../road/index.ts'
import { aResponder, type House, openHouse } from '../test-house.fixture.ts'
import { hearVisitor } from './begin-hunt.ts'
import { CriteriaIndexes } from './criteria-index.ts'
import { stepHunts } from './step-hunts.ts'

let house: House
afterEach(() => house.close())

const warnings: string[] = []
const warn = (_: object, message: string) => void warnings.push(message)

async function ask(policy: NonNullable<NewSite['policy']>) {
  warnings.length = 0
  house = await openHouse({ responders: Array.from({ length: 6 }, (_, n) => aResponder(`r${n}`)), policy })
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'the question'))
  return conversation
}

const step = () => stepHunts({ db: house.node.db, road: house.node.road, clock: house.clock, warn })

/** A process whose connection breaks after the n-th statement of each step, as if it had been killed there. */
async function stepAndDie(after: number) {
  const { db } = house.node
  let left = after
  const dying: typeof db = {
    ...db,
    write: (account, work) =>
      db.write(account, (tx) =>
        work(
          new Proxy(tx, {
            get(target, property) {
              const value: unknown = Reflect.get(target, property)
              if (typeof value !== 'function') return value
              return (...given: unknown[]) => {
                left -= 1
                if (left === 0) throw new Error('killed')
                return value.apply(target, given)
              }
            },
          }),
        ),
      ),
  }
  const road = new Road({
    db: dying,
    clock: house.clock,
    live: { committed: () => {} },
    beginHunt: hearVisitor,
    find: new CriteriaIndexes({ db, clock: house.clock }).find,
    seal: (tx, account, bytes, now) => writeBlob(tx, account, bytes, now),
  })
  await stepHunts({ db: dying, road, clock: house.clock, warn })
  return left <= 0
}

const everything = async () => ({
  offers: await house.rows('select person_id, state, wave from offer order by offer_id'),
  deliveries: await house.rows('select delivery_id from delivery order by sequence'),
  relays: await house.rows('select relay_id from relay_address order by relay_id'),
  ticket: await house.rows('select hunt, wave, ask_at, expire_at, grace_until, admitted from ticket'),
  events: await house.rows('select kind from event order by event_id'),
})

test('A6 a process that dies at any point of a wave leaves nothing half-done, and the next sweep asks everybody once', async () => {
  await ask({
    hunt: {
      waves: [
        { afterMs: 0, most: 1 },
        { afterMs: minutes(1), most: 3 },
      ],
    },
  })
  house.clock.pass(minutes(1))
  const before = await everything()
  let deaths = 0
  // Each time a little further, until it gets through.
  while (await stepAndDie(1 + deaths * 3)) {
    deaths += 1
    expect(await everything()).toEqual(before)
    if (deaths > 60) throw new Error('it never gets through')
  }
  expect(deaths).toBeGreaterThan(5)
  expect(warnings).toHaveLength(deaths)
  await step()
  expect(await house.rows(`select wave, count(*)::int as count from offer group by wave order by wave`)).toEqual([
    { wave: 1, count: 1 },
    { wave: 2, count: 3 },
  ])
  expect(await house.rows(`select 1 from delivery where kind = 'offer'`)).toHaveLength(4)
})

test('A10 a process that dies while answers that waited are decided decides none of them; the next one decides all', async () => {
  const conversation = await ask({
    admission: { kind: 'first-n', slots: 2, prefer: { media: ['web'], graceMs: minutes(1) } },
  })
  for (const offer of (await house.offers(conversation)).slice(0, 4))
    await house.answer(offer, `answer of ${offer.person}`)
  house.clock.pass(minutes(1))
  const before = await everything()
  let deaths = 0
  while (await stepAndDie(1 + deaths * 9)) {
    deaths += 1
    expect(await everything()).toEqual(before)
    if (deaths > 60) throw new Error('it never gets through')
  }
  expect(deaths).toBeGreaterThan(5)
  expect(await house.rows(`select state, count(*)::int as count from offer group by state order by state`)).toEqual([
    { state: 'admitted', count: 2 },
    { state: 'late', count: 2 },
    { state: 'withdrawn', count: 2 },
  ])
  expect(await house.rows('select 1 from message')).toHaveLength(5)
  expect(await step()).toBe(0)
})

test('one ticket whose step fails holds up no other', async () => {
  await ask({
    hunt: {
      waves: [
        { afterMs: 0, most: 1 },
        { afterMs: minutes(1), most: 1 },
      ],
    },
  })
  const other = await house.visitor()
  await house.node.road.say(house.say(other.person, { conversation: other.conversation }, 'another question'))
  await sql`update ticket set admission = '{"kind":"first-n","slots":0}' where ticket_id = (select min(ticket_id::text)::uuid from ticket)`.execute(
    house.node.db.workers,
  )
  await house.rows('update conversation set structure = structure + 1')
  house.clock.pass(minutes(1))
  await step()
  expect(warnings).toEqual(['a step of a hunt failed and is repeated'])
  const waves = await house.rows<{ wave: number }>('select wave from ticket order by ticket_id')
  expect(waves.map(({ wave }) => wave)).toEqual([1, 2])
})
