import { seeded, waitFor } from '@parley/dev-env'
import { days } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { expire } from '../housekeeping/index.ts'
import { LinesChannel } from '../lines-channel.fixture.ts'
import { anOwnAddress, reachedOver } from '../receive-rig.fixture.ts'
import { aResponder, type House, type OutboxRig, openHouse, report, startOutbox } from '../test-house.fixture.ts'

let house: House
let phones: LinesChannel
let rig: OutboxRig

beforeEach(async () => {
  house = await openHouse({ responders: [aResponder('bo')] })
  await anOwnAddress(house, 'sms', '+4759440001', 'pool')
  await reachedOver(house, 'sms', ['+4740612345'])
  phones = new LinesChannel('sms')
})
afterEach(async () => {
  await rig.outbox.stop()
  await house.close()
})

/** Bo is asked, and the peer takes the question in these parts. */
async function asked(outcome: LinesChannel['outcome'] = () => ({ status: 'sent', providerIds: ['a1', 'a2', 'a3'] })) {
  phones.outcome = outcome
  const visitor = await house.visitor()
  await house.node.road.say(house.say(visitor.person, visitor, 'Are you open?'))
  rig = await startOutbox(house, phones)
  await waitFor('the attempt to end', async () => (await state()) !== 'queued' && (await state()) !== 'sending')
}

const state = async () =>
  (await house.rows<{ state: string }>('select state from delivery order by sequence'))[0]?.state
const tells = (providerId: string, is: 'delivered' | 'read' | 'failed', channel = phones.name) =>
  report(house, { of: { providerId }, state: is, ...(is === 'failed' ? { scope: 'message' as const } : {}) }, channel)

test('A18 what went in parts is delivered when every part is, in whatever order the receipts come', async () => {
  await asked()
  expect(await tells('a3', 'delivered')).toBe('taken')
  expect(await tells('a1', 'delivered')).toBe('taken')
  expect(await tells('a1', 'delivered')).toBe('nothing-new')
  expect(await state()).toBe('sent')
  expect(await tells('a2', 'delivered')).toBe('taken')
  expect(await state()).toBe('delivered')
  for (const part of ['a1', 'a2']) await tells(part, 'read')
  expect(await state()).toBe('delivered')
  await tells('a3', 'read')
  expect(await state()).toBe('read')
})

test('A18 what went in parts has failed when one has, and a late proof of another part changes nothing', async () => {
  await asked()
  await tells('a1', 'delivered')
  expect(await tells('a2', 'failed')).toBe('taken')
  expect(await state()).toBe('failed')
  expect(await tells('a3', 'delivered')).toBe('taken')
  expect(await state()).toBe('failed')
})

test('A18 ids of one peer say nothing about what went over another, and unknown ones change nothing', async () => {
  await asked()
  expect(await tells('a1', 'delivered', 'another gateway')).toBe('unknown')
  expect(await tells('zz', 'delivered')).toBe('unknown')
  expect(await house.rows(`select 1 from provider_reference where state <> 'sent'`)).toEqual([])
})

test('A18 of a peer that uses an id again the newest is meant', async () => {
  await asked(() => ({ status: 'sent', providerIds: ['again'] }))
  house.clock.pass(60_000)
  const visitor = await house.visitor()
  await house.node.road.say(house.say(visitor.person, visitor, 'Another question'))
  rig.outbox.wake()
  await waitFor('both to be sent', async () => phones.given.length === 2)
  await waitFor('both to be kept', async () => (await house.rows('select 1 from provider_reference')).length === 2)
  await tells('again', 'delivered')
  const states = await house.rows<{ state: string }>('select state from delivery order by sequence')
  expect(states.map((row) => row.state)).toEqual(['sent', 'delivered'])
})

test('A18 an SMS of which nobody knows whether it was taken is settled by its receipt', async () => {
  await asked(() => ({ status: 'unknown', reason: 'no answer to the submission' }))
  expect(await state()).toBe('unknown')
  const [{ reference } = { reference: '' }] = phones.given
  expect(await report(house, { of: { reference }, state: 'delivered' }, phones.name)).toBe('taken')
  expect(await state()).toBe('delivered')
})

test.each([21, 22, 23])('A18 receipts of many parts at once count each part once (seed %i)', async (seed) => {
  const ids = Array.from({ length: 8 }, (_, part) => `p${part}`)
  await asked(() => ({ status: 'sent', providerIds: ids }))
  const { next } = seeded(seed)
  const twice = [...ids, ...ids].sort(() => next() - 0.5)
  const answers = await Promise.all(twice.map((id) => tells(id, 'delivered')))
  expect(answers.filter((answer) => answer === 'taken')).toHaveLength(ids.length)
  expect(await state()).toBe('delivered')
})

test('A18 what a peer calls its parts is kept a month and no longer', async () => {
  await asked()
  const sweep = () => expire({ db: house.node.db, clock: house.clock })
  house.clock.pass(days(30) - 1_000)
  expect((await sweep()).reports).toBe(0)
  house.clock.pass(2_000)
  expect((await sweep()).reports).toBe(3)
  expect(await tells('a1', 'delivered')).toBe('unknown')
})
