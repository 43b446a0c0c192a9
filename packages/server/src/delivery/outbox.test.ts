import type { Outcome } from '@parley/channel-sdk'
import { waitFor } from '@parley/dev-env'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  aResponder,
  type House,
  type OutboxRig,
  openExchange,
  openHouse,
  report,
  ScriptedChannel,
  startOutbox,
} from '../test-house.fixture.ts'
import { resend } from './resend.ts'

const bo = ['bo@people.test', 'bo@work.test', 'bo@home.test']
const [first = '', second = '', third = ''] = bo

let house: House
let mail: ScriptedChannel
let rig: OutboxRig | null = null

beforeEach(async () => {
  house = await openHouse({ responders: [aResponder('bo', bo)] })
  mail = new ScriptedChannel()
})
afterEach(async () => {
  await rig?.outbox.stop()
  rig = null
  await house.close()
})

interface State {
  text: string
  state: string
  reason: string | null
  attempts: number
  to: string
  maybe_twice: boolean
}

const states = () =>
  house.rows<State>(
    `select m.body as text, d.state, d.reason, d.attempts, a.value as to, d.maybe_twice
     from delivery d join message m on m.message_id = d.message_id join address a on a.address_id = d.address_id
     where m.body <> 'the answer' order by d.sequence`,
  )
const settled = () =>
  waitFor(
    'every delivery to have been tried',
    async () =>
      (await house.rows(`select 1 from delivery where state = 'sending'`)).length === 0 &&
      (await house.rows(`select 1 from lane where due_at <= $1`, [house.clock.now()])).length === 0,
  )

test('A18 what is said to one person goes out in the order in which it was said', async () => {
  const { says } = await openExchange(house)
  rig = await startOutbox(house, mail)
  for (let n = 1; n <= 12; n += 1) {
    await says(`word ${n}`)
    rig.outbox.wake()
  }
  await settled()
  expect(mail.said(first).filter((text) => text.startsWith('word'))).toEqual(
    Array.from({ length: 12 }, (_, n) => `word ${n + 1}`),
  )
})

test('A18 what the peer cannot take now waits longer each time, holds back what follows, and then goes out in order', async () => {
  const { says } = await openExchange(house)
  let isBusy = true
  mail.outcome = () => (isBusy ? { status: 'retry', reason: 'greylisted' } : { status: 'sent' })
  await says('one')
  await says('two')
  rig = await startOutbox(house, mail)
  await settled()
  expect(await states()).toMatchObject([
    { text: 'one', state: 'queued', reason: 'greylisted', attempts: 1 },
    { text: 'two', state: 'queued', attempts: 0 },
  ])
  const waits: number[] = []
  for (let attempt = 2; attempt <= 4; attempt += 1) {
    const [row] = await house.rows<{ wait: number }>(
      `select extract(epoch from due_at - $1)::int as wait from delivery where attempts > 0 and state = 'queued'`,
      [house.clock.now()],
    )
    waits.push(row?.wait ?? 0)
    house.clock.pass((row?.wait ?? 0) * 1000 - 1)
    rig.outbox.wake()
    expect(mail.given.filter(({ content }) => JSON.stringify(content).includes('"one"'))).toHaveLength(attempt - 1)
    house.clock.pass(1)
    isBusy = attempt < 4
    rig.outbox.wake()
    await waitFor(`attempt ${attempt}`, () => mail.said(first).filter((text) => text === 'one').length === attempt)
    await settled()
  }
  expect(waits).toEqual([60, 120, 240])
  await settled()
  expect(mail.said(first).slice(-2)).toEqual(['one', 'two'])
  expect((await states()).map(({ state }) => state)).toEqual(['sent', 'sent'])
})

test('A18 a mail whose outcome is unknown goes out once more under the same reference and marked, and not a third time', async () => {
  const { says } = await openExchange(house)
  mail.outcome = () => ({ status: 'unknown', reason: 'connection lost after the body' })
  await says('perhaps')
  rig = await startOutbox(house, mail)
  await settled()
  house.clock.pass(60_000)
  rig.outbox.wake()
  await waitFor('the repetition', () => mail.given.length === 2)
  await settled()
  house.clock.pass(24 * 3_600_000)
  rig.outbox.wake()
  await settled()
  expect(mail.given.map(({ maybeTwice }) => maybeTwice)).toEqual([false, true])
  expect(mail.given[1]?.reference).toBe(mail.given[0]?.reference)
  expect(await states()).toMatchObject([{ text: 'perhaps', state: 'unknown', attempts: 2 }])
})

test('A18 an address that refuses for good: everything unsent goes on to the next one, in order, and later words follow', async () => {
  const { says, responder } = await openExchange(house)
  mail.outcome = ({ to }) =>
    to === first ? { status: 'rejected', scope: 'address', reason: 'no-such-address' } : { status: 'sent' }
  for (const text of ['one', 'two', 'three']) await says(text)
  rig = await startOutbox(house, mail)
  await waitFor('the last', () => mail.said(second).includes('three'))
  await says('four')
  rig.outbox.wake()
  await waitFor('what followed', () => mail.said(second).includes('four'))
  await settled()
  expect(mail.said(first)).toEqual(['one'])
  expect(mail.said(second).filter((text) => /^(one|two|three|four)$/.test(text))).toEqual([
    'one',
    'two',
    'three',
    'four',
  ])
  const [address] = await house.rows<{ state: string }>(
    `select state from address where person_id = $1 and value = $2`,
    [responder, first],
  )
  expect(address?.state).toBe('failing')
})

test('A18 one mail that an address cannot carry goes elsewhere alone; the rest stays', async () => {
  const { says } = await openExchange(house)
  mail.outcome = ({ to, content }) =>
    to === first && JSON.stringify(content.blocks[0]).includes('huge')
      ? { status: 'rejected', scope: 'message', reason: 'too-large' }
      : { status: 'sent' }
  for (const text of ['before', 'huge', 'after']) await says(text)
  rig = await startOutbox(house, mail)
  await waitFor('all three', () => mail.said(second).length > 0 && mail.said(first).includes('after'))
  await says('later')
  rig.outbox.wake()
  await waitFor('the later one', () => mail.said(first).includes('later'))
  await settled()
  expect((await states()).filter(({ state }) => state === 'sent').map(({ text, to }) => [text, to])).toEqual([
    ['before', first],
    ['after', first],
    ['huge', second],
    ['later', first],
  ])
})

test('A18 what no address of a person can carry is tried once at each, and then stands as failed', async () => {
  const { says } = await openExchange(house)
  mail.outcome = () => ({ status: 'rejected', scope: 'message', reason: 'too-large' })
  await says('huge')
  rig = await startOutbox(house, mail)
  await waitFor('the last address', async () => (await states()).at(-1)?.state === 'failed')
  await settled()
  expect(mail.given.map(({ to }) => to)).toEqual([first, second, third])
  expect((await states()).map(({ state }) => state)).toEqual(['replaced', 'replaced', 'failed'])
})

test('A18 without any address left the words wait for the window, and a resend sends', async () => {
  const { says, visitor, responder } = await openExchange(house)
  mail.outcome = () => ({ status: 'rejected', scope: 'address', reason: 'no-such-address' })
  await says('anybody?')
  rig = await startOutbox(house, mail)
  await waitFor('the last address', async () => (await states()).at(-1)?.state === 'failed')
  await settled()
  const media = await house.rows(`select medium from participant where person_id = $1 and left_at is null`, [responder])
  expect(media).toEqual([{ medium: 'web' }])

  mail.outcome = () => ({ status: 'sent' })
  const [failed] = await house.rows<{ delivery_id: never }>(
    `select delivery_id from delivery where state = 'failed' and kind = 'message'`,
  )
  const wanted = { account: house.account.account, person: visitor, delivery: failed?.delivery_id as never }
  expect(await house.node.db.write(house.account.account, (tx) => resend(tx, wanted, house.clock.now()))).toMatchObject(
    { ok: true },
  )
  rig.outbox.wake()
  await waitFor('the resend', async () => (await states()).at(-1)?.state === 'sent')
  const again = await house.node.db.write(house.account.account, (tx) => resend(tx, wanted, house.clock.now()))
  expect(again).toEqual({ ok: false, because: 'under-way' })
})

test('A18 reports: delivered after sent is kept, a bounce after sent goes to the next address, a strange one changes nothing', async () => {
  const { says } = await openExchange(house)
  await says('one')
  await says('two')
  rig = await startOutbox(house, mail)
  await waitFor('both', () => mail.given.length === 2)
  await settled()
  const [one, two] = mail.given
  expect(await report(house, { of: { reference: one?.reference ?? '' }, state: 'delivered' })).toBe('taken')
  expect(await report(house, { of: { reference: one?.reference ?? '' }, state: 'delivered' })).toBe('nothing-new')
  expect(await report(house, { of: { reference: 'f'.repeat(32) }, state: 'failed', scope: 'address' })).toBe('unknown')
  expect(
    await report(house, { of: { reference: two?.reference ?? '' }, state: 'failed', scope: 'address', reason: 'full' }),
  ).toBe('taken')
  expect(
    await report(house, { of: { reference: two?.reference ?? '' }, state: 'failed', scope: 'address', reason: 'full' }),
  ).toBe('nothing-new')
  rig.outbox.wake()
  await waitFor('the next address', () => mail.said(second).includes('two'))
  await settled()
  expect(await states()).toMatchObject([
    { text: 'one', state: 'delivered' },
    { text: 'two', state: 'replaced', reason: 'full', to: first },
    { text: 'two', state: 'sent', to: second },
  ])
})

test('A18 a bounce that overtakes the answer to the attempt itself is not undone by it', async () => {
  const { says } = await openExchange(house)
  mail.outcome = async ({ reference, to }) => {
    if (to === first) await report(house, { of: { reference }, state: 'failed', scope: 'address', reason: 'bounced' })
    return { status: 'sent' }
  }
  await says('one')
  rig = await startOutbox(house, mail)
  await waitFor('the next address', () => mail.said(second).includes('one'))
  await settled()
  expect(await states()).toMatchObject([
    { state: 'replaced', reason: 'bounced', to: first },
    { state: 'sent', to: second },
  ])
})

test('A18 two processes on one database never send the same thing twice, and keep the order of each person', async () => {
  const others = [house.anotherNode(), house.anotherNode()]
  const exchanges = [await openExchange(house), await openExchange(house), await openExchange(house)]
  mail.outcome = async () => {
    await new Promise((resolve) => setTimeout(resolve, 3))
    return { status: 'sent' }
  }
  const rigs = await Promise.all(others.map((node) => startOutbox(house, mail, { node })))
  try {
    for (let n = 1; n <= 20; n += 1) {
      await Promise.all(exchanges.map(({ says }, who) => says(`${who}: ${n}`)))
      for (const { outbox } of rigs) outbox.wake()
    }
    await waitFor('all of it', () => mail.said(first).length >= 60)
    await settled()
  } finally {
    for (const { outbox } of rigs) await outbox.stop()
  }
  expect(new Set(mail.given.map(({ reference }) => reference)).size).toBe(mail.given.length)
  for (const who of [0, 1, 2]) {
    const own = mail.said(first).filter((text) => text.startsWith(`${who}: `))
    expect(own).toEqual(Array.from({ length: 20 }, (_, n) => `${who}: ${n + 1}`))
  }
})

test('A18 the lanes of a process that died are taken over; only what it had begun and not ended is unknown', async () => {
  const { says } = await openExchange(house)
  const dying = house.anotherNode()
  const said = Promise.withResolvers<void>()
  const frozen = Promise.withResolvers<Outcome>()
  mail.outcome = async (_, times) => {
    if (mail.given.length !== 2 || times > 1) return { status: 'sent' }
    said.resolve()
    return frozen.promise
  }
  for (const text of ['one', 'two', 'three']) await says(text)
  const dead = await startOutbox(house, mail, { node: dying })
  await said.promise
  // Its connections end as they do when a process is killed.
  await house.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid in (
       select pid from pg_locks where locktype = 'advisory' and granted) and pid <> pg_backend_pid()`,
  )
  rig = await startOutbox(house, mail)
  await waitFor('the take-over', async () => (await states())[1]?.state === 'queued')
  expect(await states()).toMatchObject([
    { text: 'one', state: 'sent', attempts: 1, maybe_twice: false },
    { text: 'two', state: 'queued', attempts: 1, maybe_twice: true, reason: 'process-ended' },
    { text: 'three', state: 'queued', attempts: 0, maybe_twice: false },
  ])
  house.clock.pass(60_000)
  rig.outbox.wake()
  await waitFor('the rest', () => mail.said(first).includes('three'))
  expect(mail.said(first)).toEqual(['one', 'two', 'two', 'three'])
  expect(mail.given.map(({ maybeTwice }) => maybeTwice)).toEqual([false, false, true, false])

  // It was not dead at all, only out of reach, and now comes back with what it knows.
  await waitFor('the last outcome', async () => (await states())[2]?.state === 'sent')
  const before = await states()
  frozen.resolve({ status: 'retry', reason: 'greylisted' })
  await dead.outbox.stop()
  expect(await states()).toEqual(before)
})

test('A18 a process that lost its lease and lives claims nothing under it, takes a new one, and knows what was sent', async () => {
  const { says } = await openExchange(house)
  const lift = Promise.withResolvers<void>()
  mail.outcome = async () => {
    await lift.promise
    return { status: 'sent' }
  }
  await says('one')
  rig = await startOutbox(house, mail)
  await waitFor('the attempt', () => mail.given.length === 1)
  await cutAll()
  lift.resolve()
  await waitFor('its end', async () => (await states())[0]?.state === 'sent')
  await says('two')
  rig.outbox.wake()
  await waitFor('the next', () => mail.said(first).includes('two'))
  await settled()
  expect(mail.said(first)).toEqual(['one', 'two'])
  expect(await house.rows(`select 1 from lane where leased_by is not null`)).toEqual([])
})

test('A18 the database goes away in the middle and comes back: everything goes out once, without anybody’s help', async () => {
  const { says } = await openExchange(house)
  for (let n = 1; n <= 30; n += 1) await says(`word ${n}`)
  mail.outcome = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return { status: 'sent' }
  }
  rig = await startOutbox(house, mail)
  for (let cut = 1; cut <= 8; cut += 1) {
    await waitFor('some', () => mail.given.length >= cut * 3)
    await cutAll()
  }
  await waitFor('all', async () => (await states()).every(({ state }) => state === 'sent'), { timeoutMs: 20_000 })
  await settled()
  expect(mail.said(first).filter((text) => text.startsWith('word'))).toEqual(
    Array.from({ length: 30 }, (_, n) => `word ${n + 1}`),
  )
})

test('A18 a fault in putting one delivery into words does not hold up the lane', async () => {
  const { says, visitor } = await openExchange(house)
  await says('one')
  await says('two')
  await house.rows(
    `update delivery set kind = 'notice', notice = '{"template":"no-such-words","params":{}}'
     where message_id = (select message_id from message where body = 'one' and person_id = $1) and state = 'queued'`,
    [visitor],
  )
  rig = await startOutbox(house, mail)
  await waitFor('the second', () => mail.said(first).includes('two'))
  await waitFor('the warning', () => rig?.warnings.some((line) => line.includes('put into words')))
})

/** Every connection of the database but the one that asks breaks, as in a restart of PostgreSQL. */
async function cutAll(): Promise<void> {
  await house.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
}
