import type { Channel } from '@parley/channel-sdk'
import { waitFor } from '@parley/dev-env'
import { minutes, type PersonId, seconds } from '@parley/model'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eraseAsInstallation } from '../operations/index.ts'
import { listAddresses } from '../people/index.ts'
import { reachClosedWindows, type Target } from '../road/index.ts'
import { accepted, type House, type OutboxRig, openHouse, ScriptedChannel, startOutbox } from '../test-house.fixture.ts'
import { findSubscription, keepSubscription, renewSubscription } from './index.ts'
import { Nudges } from './nudges.ts'

const telephone = { to: '{"endpoint":"https://push.test/1","keys":{}}', key: 'https://push.test/1' }
const laptop = { to: '{"endpoint":"https://push.test/2","keys":{}}', key: 'https://push.test/2' }

let house: House
let rig: OutboxRig
let nudges: Nudges
const there = new Set<PersonId>()
const push = new ScriptedChannel()
const channel: Channel = {
  name: 'push',
  medium: 'push',
  abilities: { addresses: 'none', style: 'lines', attachments: 'links', typing: false, receipts: 'none' },
  repeatsUnknown: true,
  start: async () => undefined,
  stop: async () => undefined,
  send: (delivery) => push.send(delivery),
  health: () => ({ state: 'up' }),
}

beforeEach(async () => {
  there.clear()
  push.given.length = 0
  push.outcome = () => ({ status: 'sent' })
  house = await openHouse()
  const isConnected = (person: PersonId) => there.has(person)
  rig = await startOutbox(house, channel, { isThere: isConnected })
  nudges = new Nudges({
    db: house.node.db,
    clock: house.clock,
    isConnected,
    wake: () => rig.outbox.wake(),
    log: { warn: (facts, message) => rig.warnings.push(`${message} ${JSON.stringify(facts)}`) },
  })
})
afterEach(async () => {
  expect(rig.warnings).toEqual([])
  await nudges.stop()
  await rig.outbox.stop()
  await house.close()
})

/** A visitor on a page of ours, and Bo, who has answered at the desk. */
async function atTheDesk() {
  const { person: visitor, conversation } = await house.visitor()
  await says(visitor, { conversation }, 'Are you open on Sunday?')
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  const answered = await house.answer(offer, 'Yes, from ten to four.', { desk: true })
  if (answered.outcome !== 'admitted') throw new Error(answered.outcome)
  const { interaction } = answered
  await house.rows(`update delivery set state = 'sent'`)
  await house.rows('update participant set delivered = 100000 where interaction_id = $1', [interaction])
  await house.rows(
    'update participant set delivered = (select max(position) from placement where interaction_id = $1)',
    [interaction],
  )
  house.node.published.length = 0
  return { visitor, bo: offer.person, conversation, exchange: { conversation, interaction } }
}

const subscribe = (
  person: PersonId,
  more: { showsWords?: boolean; page?: string | null; on?: typeof telephone } = {},
) =>
  keepSubscription(
    house.node.db,
    {
      account: house.account.account,
      person,
      subscription: more.on ?? telephone,
      name: 'Firefox · Android',
      page: more.page === undefined ? '/l/garden' : more.page,
      showsWords: more.showsWords ?? false,
    },
    house.clock.now(),
  )

async function says(person: PersonId, to: Target, text: string): Promise<void> {
  accepted(await house.node.road.say(house.say(person, to, text)))
}

/** What has been committed since is looked at as the server does it. */
function look() {
  house.clock.pass(seconds(1))
  for (const committed of house.node.published.splice(0)) nudges.committed(committed)
}

const sent = (count: number) => waitFor(`${count} pushes`, async () => push.given.length >= count)
const states = () =>
  house.rows<{ state: string; reason: string | null }>(
    `select d.state, d.reason from delivery d where d.medium = 'push' order by d.sequence`,
  )

describe('E14: being told that words wait', () => {
  test('whoever has no window open is told at once; the lock screen shows no words unless they want it', async () => {
    const { visitor, bo, exchange } = await atTheDesk()
    await subscribe(visitor)
    await says(bo, exchange, 'And on Monday from nine.')
    look()
    await sent(1)
    const [given] = push.given
    expect(given).toMatchObject({ to: telephone.to, relay: null, kind: 'notice', thread: { subject: 'Fjord & Field' } })
    expect(given?.content.blocks).toEqual([
      { kind: 'note', text: 'A new message' },
      { kind: 'link', label: 'Fjord & Field', url: 'http://localhost/l/garden' },
    ])
    expect(JSON.stringify(given)).not.toMatch(/Monday|alias of bo|bo@people/)
  })

  test('with their leave it shows who speaks, by alias, and what is said', async () => {
    const { visitor, bo, conversation, exchange } = await atTheDesk()
    await subscribe(bo, { showsWords: true, page: null })
    await says(visitor, exchange, 'Thank you!')
    look()
    await sent(1)
    expect(push.given[0]?.content.blocks).toMatchObject([
      { kind: 'said', by: 'Visitor', text: 'Thank you!' },
      { kind: 'link', url: `http://localhost/desk/conversations/${conversation}` },
    ])
  })

  test('who is there, has seen it by then, or has no device, is told nothing', async () => {
    const { visitor, bo, exchange } = await atTheDesk()
    await subscribe(visitor)
    there.add(visitor)
    await says(bo, exchange, 'You see this.')
    look()
    there.delete(visitor)
    await says(bo, exchange, 'You have read this in another browser.')
    await house.rows('update participant set delivered = 100000 where person_id = $1', [visitor])
    look()
    await says(visitor, exchange, 'Bo has no device.')
    look()
    await nudgesDone()
    expect(push.given).toEqual([])
    expect(await states()).toEqual([])
  })

  test('whoever comes back before it has gone out is not told any more', async () => {
    const { visitor, bo, exchange } = await atTheDesk()
    await subscribe(visitor)
    await rig.outbox.stop()
    await says(bo, exchange, 'One.')
    look()
    await waitFor('the push to be queued', async () => (await states()).length === 1)
    there.add(visitor)
    rig = await startOutbox(house, channel, { isThere: (person) => there.has(person) })
    await waitFor('the push to be dropped', async () => (await states())[0]?.state === 'replaced')
    expect(await states()).toEqual([{ state: 'replaced', reason: 'seen-already' }])
    expect(push.given).toEqual([])
  })

  test('C9 of words that were erased before it has gone out nobody is told any more, nor looked for again', async () => {
    const { visitor, bo, exchange } = await atTheDesk()
    await subscribe(visitor, { showsWords: true })
    await rig.outbox.stop()
    await says(bo, exchange, 'One.')
    const committed = [...house.node.published]
    look()
    await waitFor('the push to be queued', async () => (await states()).length === 1)
    await house.rows(`update responder set role = 'responder'`)
    const { account } = house.account
    const { node, clock } = house
    const erased = await eraseAsInstallation(
      { ...node, clock, hasKey: async () => true },
      { account, of: { person: bo } },
    )
    expect(erased).toMatchObject({ messages: 2 })
    rig = await startOutbox(house, channel)
    await waitFor('the push to be dropped', async () => (await states())[0]?.state === 'replaced')
    await house.rows('delete from delivery')
    for (const one of committed) nudges.committed(one)
    await nudgesDone()
    expect([push.given, await states()]).toEqual([[], []])
  })

  test('several messages at once are one push, of the newest', async () => {
    const { visitor, bo, exchange } = await atTheDesk()
    await subscribe(visitor, { showsWords: true })
    for (const text of ['One.', 'Two.', 'Three.']) await says(bo, exchange, text)
    look()
    await sent(1)
    await nudgesDone()
    expect(push.said()).toEqual(['Three.'])
    await says(bo, exchange, 'Four.')
    look()
    await sent(2)
    expect(push.said()).toEqual(['Three.', 'Four.'])
  })

  test('every device of theirs is told, a browser that has unsubscribed is forgotten', async () => {
    const { visitor, bo, exchange } = await atTheDesk()
    await subscribe(visitor)
    await subscribe(visitor, { on: laptop })
    push.outcome = ({ to }) =>
      to === laptop.to ? { status: 'rejected', scope: 'address', reason: 'answered 410' } : { status: 'sent' }
    await says(bo, exchange, 'One.')
    look()
    await sent(2)
    const { account } = house.account
    await waitFor(
      'the browser to be forgotten',
      async () => !(await findSubscription(house.node.db, { account, person: visitor, key: laptop.key })),
    )
    expect(await findSubscription(house.node.db, { account, person: visitor, key: telephone.key })).not.toBeNull()
    const [{ medium } = { medium: '' }] = await house.rows<{ medium: string }>(
      'select medium from participant where person_id = $1',
      [visitor],
    )
    expect(medium).toBe('web')
  })

  test('who is asked a question is told on the device, and by mail as ever; at an open desk only by mail', async () => {
    const [bo] = house.account.responders
    if (!bo) throw new Error('nobody is here')
    await subscribe(bo.person, { showsWords: true, page: null })
    const first = await house.visitor()
    await says(first.person, { conversation: first.conversation }, 'Do you sell tulips?')
    rig.outbox.wake()
    await sent(1)
    const [{ offer = '' } = {}] = await house.offers(first.conversation)
    expect(push.given[0]?.content.blocks).toMatchObject([
      { kind: 'said', by: 'Visitor', text: 'Do you sell tulips?' },
      { kind: 'link', url: `http://localhost/desk/questions/${offer}` },
    ])
    there.add(bo.person)
    const second = await house.visitor()
    await says(second.person, { conversation: second.conversation }, 'And roses?')
    rig.outbox.wake()
    await waitFor('the second push to be dropped', async () => (await states())[1]?.state === 'replaced')
    expect(push.given).toHaveLength(1)
    const mails = await house.rows(`select 1 from delivery where kind = 'offer' and medium = 'email'`)
    expect(mails).toHaveLength(2)
  })

  test('what stays unread goes by mail too, but ten minutes later, and nothing is ever answered to a device', async () => {
    const { visitor, bo, exchange } = await atTheDesk()
    await house.rows(`update responder set state = 'active'`)
    await subscribe(bo, { page: null })
    await says(visitor, exchange, 'Still there?')
    look()
    await sent(1)
    await waitFor('the push to count as sent', async () => (await states())[0]?.state === 'sent')
    const reach = () =>
      reachClosedWindows({ db: house.node.db, clock: house.clock, isConnected: () => false }, seconds(45))
    house.clock.pass(minutes(2))
    await reach()
    const mails = () =>
      house.rows(`select 1 from delivery where kind = 'message' and medium = 'email' and state = 'queued'`)
    expect(await mails()).toEqual([])
    house.clock.pass(minutes(10))
    await reach()
    expect(await mails()).toHaveLength(1)
    expect(await house.rows(`select 1 from relay_address where medium = 'push'`)).toEqual([])
  })
})

describe('E14: a subscription', () => {
  test('shows its owner what the browser is called, and no answer holds what it leads to', async () => {
    const { visitor } = await atTheDesk()
    await subscribe(visitor)
    const { account } = house.account
    const shown = await house.node.db.read(account, (reader) => listAddresses(reader, account, visitor))
    expect(shown).toMatchObject([{ medium: 'push', value: 'Firefox · Android', state: 'proven' }])
    expect(JSON.stringify(shown)).not.toContain('push.test')
  })

  test('belongs to whoever subscribed last in that browser, and to nobody else', async () => {
    const { visitor, bo, exchange } = await atTheDesk()
    const { account } = house.account
    await subscribe(bo)
    await subscribe(visitor, { showsWords: true })
    const found = (person: PersonId) => findSubscription(house.node.db, { account, person, key: telephone.key })
    expect(await found(bo)).toBeNull()
    expect(await found(visitor)).toMatchObject({ showsWords: true })
    await says(visitor, exchange, 'For Bo alone')
    look()
    await nudgesDone()
    expect(push.given).toEqual([])
  })

  test('goes on under the endpoint that the push service gave it anew; only the old one can say so', async () => {
    const { visitor } = await atTheDesk()
    const { account } = house.account
    await subscribe(visitor)
    const { db } = house.node
    const now = house.clock.now()
    expect(await renewSubscription(db, 'https://push.test/guessed', laptop, now)).toBe(false)
    expect(await renewSubscription(db, telephone.key, laptop, now)).toBe(true)
    expect(await findSubscription(db, { account, person: visitor, key: telephone.key })).toBeNull()
    expect(await findSubscription(db, { account, person: visitor, key: laptop.key })).not.toBeNull()
  })

  test('is one of ten at most: the one that was renewed longest ago gives way', async () => {
    const { visitor } = await atTheDesk()
    const { account } = house.account
    for (let n = 0; n < 11; n += 1) {
      house.clock.pass(1_000)
      await subscribe(visitor, { on: { to: `{"n":${n}}`, key: `https://push.test/many/${n}` } })
    }
    const found = (n: number) =>
      findSubscription(house.node.db, { account, person: visitor, key: `https://push.test/many/${n}` })
    expect(await found(0)).toBeNull()
    expect(await found(1)).not.toBeNull()
    expect(await found(10)).not.toBeNull()
  })
})

/** What was gathered has been looked at, and sent if it was to be. */
async function nudgesDone(): Promise<void> {
  await nudges.idle()
  rig.outbox.wake()
  await waitFor(
    'the outbox to be idle',
    async () =>
      (await house.rows(`select 1 from delivery where medium = 'push' and state in ('queued', 'sending')`)).length ===
      0,
  )
}
