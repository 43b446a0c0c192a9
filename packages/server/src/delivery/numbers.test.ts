import { seeded, waitFor } from '@parley/dev-env'
import { afterEach, expect, test } from 'vitest'
import { LinesChannel } from '../lines-channel.fixture.ts'
import { anOwnAddress, reachedOver } from '../receive-rig.fixture.ts'
import {
  aResponder,
  type House,
  type OutboxRig,
  openHouse,
  ScriptedChannel,
  startOutbox,
} from '../test-house.fixture.ts'
import { findPooledRelays } from './own-addresses.ts'

const bo = '+4740612345'
const cy = '+4740612346'
const numbers = ['+4759440001', '+4759440002', '+4759440003']

let house: House
let rig: OutboxRig | null = null
afterEach(async () => {
  await rig?.outbox.stop()
  rig = null
  await house.close()
})

/** People who are reached by SMS, and so many numbers of ours. */
async function onThePhone(count: number, people = [bo]): Promise<LinesChannel> {
  const responders = people.map((_, index) => aResponder(`p${index}`))
  house = await openHouse({ responders, policy: { admission: { kind: 'any' } } })
  for (const number of numbers.slice(0, count)) await anOwnAddress(house, 'sms', number, 'pool')
  await reachedOver(house, 'sms', people)
  return new LinesChannel('sms')
}

async function ask(question: string) {
  const visitor = await house.visitor()
  const said = await house.node.road.say(house.say(visitor.person, visitor, question))
  expect(said.ok).toBe(true)
  return visitor
}

const sentAll = (channel: { given: unknown[] }, count: number) =>
  waitFor('everything to be sent', async () => channel.given.length >= count)

interface Place {
  own: string
  peer: string
  tag: string
}

const places = () =>
  house.rows<Place>(
    `select w.value as own, r.peer_key as peer, r.tag from relay_address r join own_address w using (account_id, own_address_id)
     where r.state = 'active' order by r.relay_id`,
  )

test('A8 while numbers last, each question comes to one person from a number of its own, without a tag', async () => {
  const phones = await onThePhone(3)
  for (const question of ['One?', 'Two?', 'Three?']) await ask(question)
  expect(new Set((await places()).map(({ own }) => own))).toEqual(new Set(numbers))
  rig = await startOutbox(house, phones)
  await sentAll(phones, 3)
  expect(
    phones
      .read()
      .map(({ from }) => from ?? '')
      .sort(),
  ).toEqual(numbers)
  for (const { text } of phones.read())
    expect(text).toMatch(/^Visitor asks:\n(One|Two|Three)\?\nTo answer, just reply\./)
})

test('A8 two people have the same number for two questions, and neither needs a tag', async () => {
  const phones = await onThePhone(1, [bo, cy])
  await ask('One?')
  rig = await startOutbox(house, phones)
  await sentAll(phones, 2)
  expect(phones.read().every(({ from, text }) => from === numbers[0] && text.startsWith('Visitor asks:'))).toBe(true)
})

test('A8 when the numbers are used up, each text on a shared one begins with the tag of its question', async () => {
  const phones = await onThePhone(1)
  await ask('One?')
  await ask('Two?')
  rig = await startOutbox(house, phones)
  await sentAll(phones, 2)
  const tags = (await places()).map(({ tag }) => tag)
  expect(new Set(tags).size).toBe(2)
  const begins = phones.read().map(({ text }) => text.split('\n')[0] ?? '')
  expect(begins.sort()).toEqual(tags.map((tag) => `${tag}: Visitor asks:`).sort())
})

test('A8 a number whose question has long ended is free again, and a late answer is not taken for another', async () => {
  await onThePhone(2)
  const first = await ask('One?')
  await house.rows(`update offer set state = 'expired', updated_at = $1`, [house.clock.now()])
  await house.rows(`update conversation set state = 'closed', ends_at = $2 where conversation_id = $1`, [
    first.conversation,
    house.clock.now(),
  ])
  const found = async () => findPooledRelays(house.node.db, numbers[0] ?? '', 'sms', bo, house.clock.now())
  expect((await found()).map(({ isInUse }) => isInUse)).toEqual([true])
  await ask('Two?')
  expect((await places()).map(({ own }) => own)).toEqual(numbers.slice(0, 2))
  house.clock.pass(25 * 3_600_000)
  expect((await found()).map(({ isInUse }) => isInUse)).toEqual([false])
  await ask('Three?')
  expect((await places()).at(-1)?.own).toBe(numbers[0])
})

test.each([11, 12, 13])(
  'A8 however many questions reach people at once, no two places of one person are told apart by nothing (seed %i)',
  async (seed) => {
    const people = [bo, cy, '+4740612347']
    await onThePhone(2, people)
    const { next } = seeded(seed)
    const nodes = [house.node, house.anotherNode()]
    const asked = Array.from({ length: 8 }, async (_, index) => {
      const visitor = await house.visitor()
      const node = nodes[next() < 0.5 ? 0 : 1] ?? house.node
      return node.road.say(house.say(visitor.person, visitor, `question ${index}`))
    })
    const said = await Promise.all(asked)
    expect(said.every(({ ok }) => ok)).toBe(true)
    const made = await places()
    expect(made).toHaveLength(8 * people.length)
    expect(new Set(made.map(({ own, peer, tag }) => `${own} ${peer} ${tag}`)).size).toBe(made.length)
    // And they are spread: four of eight on each of two numbers.
    for (const peer of people) {
      const own = made.filter((place) => place.peer === peer)
      for (const number of numbers.slice(0, 2)) expect(own.filter((place) => place.own === number)).toHaveLength(4)
    }
  },
  60_000,
)

test('A8 what nobody can answer comes from a number that its reader knows', async () => {
  const phones = await onThePhone(2)
  await ask('One?')
  house.clock.pass(1_000)
  await ask('Two?')
  await house.rows(`update delivery set relay_id = null`)
  rig = await startOutbox(house, phones)
  await sentAll(phones, 2)
  expect(phones.given.every(({ relay }) => relay === null)).toBe(true)
  expect(phones.read().every(({ from }) => from === numbers[1])).toBe(true)
})

test('A10 over a medium of lines a message is its words alone: no history, no how-to, no link, no name where only one can speak', async () => {
  const phones = await onThePhone(1)
  const visitor = await ask('Are you open?')
  const [offer] = await house.offers(visitor.conversation)
  if (!offer) throw new Error('nobody was asked')
  expect((await house.answer(offer, 'Yes', {})).outcome).toBe('admitted')
  await house.rows(`update participant set medium = 'sms', address_id = $1 where role = 'responder'`, [offer.address])
  await house.rows(`update delivery set state = 'sent', attempts = 1 where state = 'queued'`)
  await house.rows('update lane set due_at = null')
  await house.rows('update conversation set structure = structure + 1')
  await house.node.road.say(house.say(visitor.person, visitor, 'On Sunday too?'))
  rig = await startOutbox(house, phones)
  await sentAll(phones, 1)
  expect(phones.read()).toEqual([{ from: numbers[0], text: 'On Sunday too?' }])
})

test('A18 C7 who wants nothing more at a number gets it elsewhere, and the number stays good for later', async () => {
  const phones = await onThePhone(1)
  const mail = new ScriptedChannel()
  const visitor = await ask('Are you open?')
  const [offer] = await house.offers(visitor.conversation)
  if (!offer) throw new Error('nobody was asked')
  await house.rows(
    `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, proven_at, created_at)
     select account_id, gen_random_uuid(), person_id, 'email', 'bo@people.test', 'bo@people.test', 1, 'proven', now(), now()
     from address where address_id = $1`,
    [offer.address],
  )
  const optOut = `insert into opt_out (account_id, medium, value_key, since) values ($1, 'sms', $2, now())`
  await house.rows(optOut, [house.account.account, bo])
  rig = await startOutbox(house, [phones, mail])
  await sentAll(mail, 1)
  expect(phones.given).toEqual([])
  expect(mail.given[0]?.to).toBe('bo@people.test')
  const rows = await house.rows('select state, reason from delivery order by sequence')
  expect(rows[0]).toEqual({ state: 'replaced', reason: 'opted-out' })
  const [address] = await house.rows<{ state: string }>('select state from address where address_id = $1', [
    offer.address,
  ])
  expect(address?.state).toBe('proven')
})

test('A18 lanes of a medium whose connection another process has are left to that process', async () => {
  const standing = await onThePhone(1)
  standing.state = { state: 'standby' }
  const there = house.anotherNode()
  const connected = new LinesChannel('sms')
  rig = await startOutbox(house, standing)
  const other = await startOutbox(house, connected, { node: there })
  await ask('Are you open?')
  other.outbox.wake()
  await sentAll(connected, 1)
  expect(standing.given).toEqual([])
  // The other way round: what this process could not send it does as soon as the connection is its own.
  connected.state = { state: 'standby' }
  standing.state = { state: 'up' }
  await ask('And on Sunday?')
  rig.outbox.wake()
  await sentAll(standing, 1)
  expect(connected.given).toHaveLength(1)
  await other.outbox.stop()
})
