import type { ConversationId, PersonId, TicketId } from '@parley/model'
import { minutes, seconds } from '@parley/model'
import type { Criteria, Fact } from '@parley/rules'
import { afterEach, expect, test } from 'vitest'
import type { NewSite } from '../accounts/index.ts'
import { aResponder, type House, type Node, openHouse, ScriptedChannel, startOutbox } from '../test-house.fixture.ts'
import { addFacts } from './add-facts.ts'
import { beginOnEntry } from './begin-hunt.ts'
import { findOfferIn } from './find-offer.ts'
import { listOffers } from './list-offers.ts'
import { takeOfferCommand } from './offer-command.ts'
import { stepHunts } from './step-hunts.ts'
import { wakeHunts } from './wake-hunts.ts'

let house: House
afterEach(() => house.close())

const who = (name: string, criteria: Criteria = {}, more: { capacity?: number } = {}) => ({
  ...aResponder(name),
  criteria,
  ...more,
})

async function ask(
  responders: ReturnType<typeof who>[],
  policy: NonNullable<NewSite['policy']>,
  text: string | null = 'the question',
) {
  house = await openHouse({ responders, policy })
  const { person, conversation } = await house.visitor()
  if (text !== null) await house.node.road.say(house.say(person, { conversation }, text))
  const [ticket] = await house.rows<{ ticket_id: TicketId }>('select ticket_id from ticket')
  if (!ticket) throw new Error('no ticket')
  return { visitor: person, conversation, ticket: ticket.ticket_id }
}

const step = (node: Node = house.node) =>
  stepHunts({
    db: node.db,
    road: node.road,
    clock: house.clock,
    warn: (facts, message) => {
      throw new Error(`${message} ${JSON.stringify(facts)}`)
    },
  })

const nameOf = (person: PersonId) => house.account.responders.find((one) => one.person === person)?.name ?? '?'

async function asked(state = 'open'): Promise<string[]> {
  const rows = await house.rows<{ person_id: PersonId }>('select person_id from offer where state = $1', [state])
  return rows.map(({ person_id }) => nameOf(person_id)).toSorted()
}

const hunt = async () => (await house.rows<{ hunt: string }>('select hunt from ticket'))[0]?.hunt

async function decline(name: string) {
  const offers = await house.rows<{ offer: never; person: PersonId; address: never }>(
    `select o.offer_id as offer, o.person_id as person, a.address_id as address from offer o
     join address a on a.person_id = o.person_id`,
  )
  const offer = offers.find(({ person }) => nameOf(person) === name)
  if (!offer) throw new Error(`${name} was not asked`)
  const via = { medium: 'email', address: offer.address } as const
  const wanted = { account: house.account.account, offer: offer.offer, via, command: { kind: 'decline' } as const }
  await takeOfferCommand(house.node.road, wanted, findOfferIn(house.node.db))
}

const learns = (conversation: ConversationId, ticket: TicketId, ...facts: Fact[]) =>
  house.node.road.inConversation(house.account.account, conversation, (turn) => addFacts(turn, ticket, facts))

async function notices(): Promise<Record<string, string[]>> {
  const rows = await house.rows<{ person_id: PersonId; template: string }>(
    `select person_id, notice->>'template' as template from delivery where kind = 'notice' and state <> 'replaced'`,
  )
  const told: Record<string, string[]> = {}
  for (const { person_id, template } of rows) told[nameOf(person_id)] = [...(told[nameOf(person_id)] ?? []), template]
  return told
}

const tens = Array.from({ length: 10 }, (_, n) => who(`r${n}`))

test('A6 the first wave asks so many, later ones so many more, while nobody answers; then nobody else is asked', async () => {
  const waves = [
    { afterMs: 0, most: 2 },
    { afterMs: minutes(1), most: 3 },
    { afterMs: minutes(2), most: 1 },
  ]
  await ask(tens, { hunt: { waves, most: 6 } })
  expect(await asked()).toHaveLength(2)
  house.clock.pass(seconds(59))
  expect(await step()).toBe(0)
  house.clock.pass(seconds(1))
  await step()
  expect(await asked()).toHaveLength(5)
  house.clock.pass(minutes(2))
  await step()
  expect(await asked()).toHaveLength(6)
  for (let n = 0; n < 5; n += 1) {
    house.clock.pass(minutes(10))
    await step()
  }
  expect(await asked()).toHaveLength(6)
  const offers = await house.rows<{ wave: number }>('select wave from offer order by wave')
  expect(offers.map(({ wave }) => wave)).toEqual([1, 1, 2, 2, 2, 3])
})

test('A6 no wider wave follows once somebody has answered', async () => {
  const { conversation } = await ask(tens, {
    hunt: {
      waves: [
        { afterMs: 0, most: 2 },
        { afterMs: minutes(1), most: 8 },
      ],
    },
  })
  const [first] = await house.offers(conversation)
  if (!first) throw new Error('nobody was asked')
  expect((await house.answer(first, 'an answer')).outcome).toBe('admitted')
  house.clock.pass(minutes(5))
  await step()
  expect(await house.offers(conversation)).toHaveLength(2)
})

test('A6 when everybody who was asked has declined, the next wave comes at once, and after the last one the visitor is told', async () => {
  await ask([who('bo'), who('cleo')], {
    hunt: {
      waves: [
        { afterMs: 0, most: 1 },
        { afterMs: minutes(10), most: 1 },
      ],
    },
  })
  const [first] = await asked()
  if (!first) throw new Error('nobody was asked')
  await decline(first)
  const [second] = await asked()
  expect([first, second].toSorted()).toEqual(['bo', 'cleo'])
  expect(await hunt()).toBe('looking')
  await decline(second ?? '')
  expect(await hunt()).toBe('nobody')
})

test('A6 C5 nobody of a wave can be reached: the next wave does not wait for them', async () => {
  await ask([who('bo'), who('cleo')], {
    hunt: {
      waves: [
        { afterMs: 0, most: 1 },
        { afterMs: minutes(10), most: 1 },
      ],
    },
  })
  const [first] = await asked()
  const mail = new ScriptedChannel()
  mail.outcome = ({ to }) =>
    to.startsWith(first ?? '')
      ? { status: 'rejected', scope: 'address', reason: 'no-such-address' }
      : { status: 'sent' }
  const rig = await startOutbox(house, mail)
  try {
    await expect.poll(async () => (await house.rows(`select 1 from delivery where state = 'failed'`)).length).toBe(1)
    await step()
    expect(await asked()).toEqual(['bo', 'cleo'])
    expect(await hunt()).toBe('looking')
  } finally {
    await rig.outbox.stop()
  }
})

test('A6 two processes that find the same wave due ask each person once', async () => {
  await ask(tens, {
    hunt: {
      waves: [
        { afterMs: 0, most: 2 },
        { afterMs: minutes(1), most: 3 },
        { afterMs: minutes(1), most: 5 },
      ],
    },
  })
  const nodes = [house.node, house.anotherNode(), house.anotherNode()]
  house.clock.pass(minutes(1))
  await Promise.all(nodes.map((node) => step(node)))
  expect(await asked()).toHaveLength(5)
  house.clock.pass(minutes(1))
  await Promise.all(nodes.map((node) => step(node)))
  expect(await asked()).toHaveLength(10)
  const deliveries = await house.rows(`select 1 from delivery where kind = 'offer'`)
  expect(deliveries).toHaveLength(10)
})

test('A10 what nobody answers in time expires, each is told once, and whoever answers then is too late', async () => {
  const { conversation } = await ask([who('bo'), who('cleo')], { hunt: { offerLastsMs: minutes(5) } })
  const mail = new ScriptedChannel()
  const rig = await startOutbox(house, mail)
  try {
    await expect.poll(() => mail.given.length).toBe(2)
    house.clock.pass(minutes(5))
    await Promise.all([step(), step(house.anotherNode())])
    expect(await asked('expired')).toEqual(['bo', 'cleo'])
    expect(await notices()).toEqual({ bo: ['question-expired'], cleo: ['question-expired'] })
    expect(await hunt()).toBe('nobody')
    const [offer] = await house.offers(conversation)
    if (!offer) throw new Error('nobody was asked')
    expect(await house.answer(offer, 'after all')).toMatchObject({ outcome: 'not-admitted', because: 'too-late' })
  } finally {
    await rig.outbox.stop()
  }
})

test('A6 nobody answers in the time that the site gives: the visitor is told, and who answers later is still let in', async () => {
  const { conversation } = await ask([who('bo')], { hunt: { patienceMs: minutes(3) } })
  house.clock.pass(minutes(2))
  await step()
  expect(await hunt()).toBe('looking')
  house.clock.pass(minutes(1))
  await step()
  expect(await hunt()).toBe('nobody')
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  expect((await house.answer(offer, 'here I am')).outcome).toBe('admitted')
  expect(await hunt()).toBe('found')
})

test('A6 who becomes free while a question waits is asked after all: at once when they say so, else within minutes', async () => {
  await ask([who('bo', { all: [{ about: 'region', oneOf: ['NO'] }] }), who('cleo')], {})
  await house.rows(`update responder set state = 'paused'`)
  const { conversation } = await house.visitor()
  const visitor = await house.rows<{ visitor_id: PersonId }>(
    'select visitor_id from conversation where conversation_id = $1',
    [conversation],
  )
  await house.node.road.say(house.say(visitor[0]?.visitor_id as PersonId, { conversation }, 'anybody?'))
  expect(await house.offers(conversation)).toEqual([])
  const { account } = house.account
  await house.node.db.write(account, async (tx) => {
    await tx.updateTable('responder').set({ state: 'active' }).where('account_id', '=', account).execute()
    await wakeHunts(tx, account, house.clock.now())
  })
  await step()
  expect(await house.offers(conversation)).toHaveLength(2)
})

test('A6 a question that waited long enough is looked for no more', async () => {
  await ask([who('bo')], { hunt: { waitMs: minutes(20) } })
  await house.rows(`update offer set state = 'declined'`)
  await house.rows(`update responder set state = 'paused'`)
  house.clock.pass(minutes(21))
  await step()
  await house.rows(`update responder set state = 'active'`)
  await house.rows('delete from offer')
  house.clock.pass(minutes(60))
  expect(await step()).toBe(0)
  expect(await asked()).toEqual([])
})

test('A5 A6 somebody at capacity, or asked often enough this hour, is passed over, and the reason is kept', async () => {
  house = await openHouse({ responders: [who('bo', {}, { capacity: 1 }), who('cleo'), who('dan')] })
  await house.rows('update responder set per_hour = 1 where alias = $1', ['alias of cleo'])
  const first = await house.visitor()
  await house.node.road.say(house.say(first.person, { conversation: first.conversation }, 'one'))
  const offers = await house.offers(first.conversation)
  const bo = offers.find(({ person }) => nameOf(person) === 'bo')
  if (!bo) throw new Error('bo was not asked')
  await house.answer(bo, 'mine')
  const second = await house.visitor()
  await house.node.road.say(house.say(second.person, { conversation: second.conversation }, 'two'))
  expect((await house.offers(second.conversation)).map(({ person }) => nameOf(person))).toEqual(['dan'])
  const [event] = await house.rows<{ facts: { verdicts: { person: PersonId; because: string }[] } }>(
    `select facts from event where kind = 'hunt-begun' and conversation_id = $1`,
    [second.conversation],
  )
  const because = Object.fromEntries(event?.facts.verdicts.map((one) => [nameOf(one.person), one.because]) ?? [])
  expect(because).toEqual({ bo: 'at-capacity', cleo: 'enough-this-hour', dan: 'matches' })
  house.clock.pass(minutes(61))
  const third = await house.visitor()
  await house.node.road.say(house.say(third.person, { conversation: third.conversation }, 'three'))
  expect((await house.offers(third.conversation)).map(({ person }) => nameOf(person)).toSorted()).toEqual([
    'cleo',
    'dan',
  ])
})

test('A6 the best are those whose wishes fit, who know the visitor, and who answer; the ranking is kept', async () => {
  const wishes = (region: string): Criteria => ({ all: [{ about: 'region', oneOf: [region] }] })
  await ask(
    [who('bo'), who('cleo', wishes('NO')), who('dan', wishes('SE'))],
    { hunt: { reach: 'best', most: 1 } },
    null,
  )
  const { person, conversation } = await house.visitor()
  const ticket = (
    await house.rows<{ ticket_id: TicketId }>('select ticket_id from ticket where conversation_id = $1', [conversation])
  )[0]
  await learns(conversation, ticket?.ticket_id as TicketId, { about: 'region', value: 'NO', source: 'implied' })
  await house.node.road.say(house.say(person, { conversation }, 'hello'))
  const offers = await house.offers(conversation)
  expect(offers.map(({ person: one }) => nameOf(one))).toEqual(['cleo'])
  const [event] = await house.rows<{ facts: { matching: number; verdicts: { parts: { fit: number } }[] } }>(
    `select facts from event where kind = 'hunt-begun' and conversation_id = $1`,
    [conversation],
  )
  expect(event?.facts.matching).toBe(2)
  expect(event?.facts.verdicts.map(({ parts }) => parts.fit)).toEqual([0.25, 0])
})

test('B2 A6 what becomes known widens and narrows a search under way: who does not want it is told kindly, who wants it now is asked', async () => {
  const region = (...oneOf: string[]): Criteria => ({ all: [{ about: 'region', oneOf }] })
  const { conversation, ticket } = await ask(
    [
      who('bo', region('NO')),
      who('cleo', region('SE')),
      who('dan', { all: [{ about: 'answer:size', oneOf: ['large'] }] }),
    ],
    {},
  )
  expect(await asked()).toEqual(['bo', 'cleo', 'dan'])
  await house.rows(`update delivery set state = 'sent'`)
  await learns(conversation, ticket, { about: 'region', value: 'NO', source: 'answered' })
  expect(await asked()).toEqual(['bo', 'dan'])
  await learns(conversation, ticket, { about: 'answer:size', value: 'small', source: 'answered', label: 'Size' })
  expect(await asked()).toEqual(['bo'])
  expect(await notices()).toEqual({ cleo: ['question-changed'], dan: ['question-changed'] })
  // They think again: who was told that it was about something else is asked once more, over the same address.
  await learns(conversation, ticket, { about: 'answer:size', value: 'large', source: 'answered', label: 'Size' })
  expect(await asked()).toEqual(['bo', 'dan'])
  const relays = await house.rows('select 1 from relay_address')
  expect(relays).toHaveLength(3)
})

test('B2 where the site says so, those who were asked stay asked whatever becomes known', async () => {
  const { conversation, ticket } = await ask([who('cleo', { all: [{ about: 'region', oneOf: ['SE'] }] })], {
    hunt: { noLongerMatching: 'keep' },
  })
  await learns(conversation, ticket, { about: 'region', value: 'NO', source: 'answered' })
  expect(await asked()).toEqual(['cleo'])
})

test('B2 answers reach those who are asked: the desk at once, mail gathered to one a minute', async () => {
  const { visitor, conversation, ticket } = await ask([who('bo')], {})
  const mail = new ScriptedChannel()
  const rig = await startOutbox(house, mail)
  try {
    await expect.poll(() => mail.given.length).toBe(1)
    await learns(conversation, ticket, { about: 'answer:size', value: 'large', source: 'answered', label: 'Size' })
    await learns(conversation, ticket, { about: 'answer:colour', value: 'green', source: 'answered', label: 'Colour' })
    await house.node.road.say(house.say(visitor, { conversation }, 'and it leaks'))
    const { account } = house.account
    const person = house.account.responders[0]?.person as PersonId
    const offers = () =>
      house.node.db.read(account, (reader) => listOffers(reader, { account, person, language: 'en' }))
    expect((await offers())[0]?.text).toBe('the question\nand it leaks\nSize: large\nColour: green')
    await step()
    house.clock.pass(seconds(61))
    await step()
    rig.outbox.wake()
    await expect
      .poll(() => mail.said())
      .toEqual(['the question', 'the question\nand it leaks\nSize: large\nColour: green'])
    expect(mail.notes('bo@people.test')).toContain('Visitor has added something. This is the question now:')
    house.clock.pass(minutes(5))
    await step()
    expect(await house.rows(`select 1 from delivery where kind = 'offer'`)).toHaveLength(2)
  } finally {
    await rig.outbox.stop()
  }
})

test('A4 people are looked for on what is known before the visitor has written; the first words then narrow the search', async () => {
  const words = (...oneOf: string[]): Criteria => ({ all: [{ about: 'words', oneOf }] })
  const { visitor, conversation } = await ask(
    [who('bo', words('boat')), who('cleo', words('tent*'))],
    { hunt: { begins: 'on-entry' } },
    null,
  )
  await beginOnEntry(house.node.road, house.account.account, conversation)
  expect(await asked()).toEqual(['bo', 'cleo'])
  await house.rows(`update delivery set state = 'sent'`)
  await house.node.road.say(house.say(visitor, { conversation }, 'Are your tents dry?'))
  expect(await asked()).toEqual(['cleo'])
  expect(await notices()).toEqual({ bo: ['question-changed'] })
})

test('A4 the search that was to begin when the visitor came in begins also when that process died before', async () => {
  await ask([who('bo')], { hunt: { begins: 'on-entry' } }, null)
  expect(await asked()).toEqual([])
  await step()
  expect(await asked()).toEqual(['bo'])
})

test('A7 the desk says why somebody was asked, in words', async () => {
  await ask([who('bo', { any: [{ about: 'words', oneOf: ['leak*'] }] }), who('cleo')], {}, 'my boat is leaking')
  const { account } = house.account
  const because = await Promise.all(
    house.account.responders.map(async ({ person }) => {
      const [offer] = await house.node.db.read(account, (reader) =>
        listOffers(reader, { account, person, language: 'en' }),
      )
      return offer?.because
    }),
  )
  expect(because).toEqual(['It fits what you wished for: leak*.', 'You take questions on every topic.'])
})

test('A5 a question goes to the addresses whose hours it is; the desk shows it at any hour', async () => {
  const week = [{ day: 7, from: 480, to: 720 }]
  house = await openHouse({ responders: [aResponder('bo', ['bo@day.test', 'bo@night.test'])] })
  await house.rows(`update address set hours = $1 where value = 'bo@day.test'`, [
    JSON.stringify({ timeZone: 'Europe/Oslo', week }),
  ])
  await house.rows(`update address set hours = $1 where value = 'bo@night.test'`, [
    JSON.stringify({ timeZone: 'America/Anchorage', week }),
  ])
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'hello'))
  const sent = await house.rows<{ value: string }>(
    `select a.value from delivery d join address a on a.address_id = d.address_id where d.kind = 'offer'`,
  )
  expect(sent).toEqual([{ value: 'bo@day.test' }])
})
