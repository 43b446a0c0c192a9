import { type ConversationId, hours, type InteractionId, minutes, type PersonId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import type { NewSite } from '../accounts/index.ts'
import { readMessages, readViews } from '../conversations/index.ts'
import { spansOf } from '../road/index.ts'
import { accepted, aResponder, type House, type Node, openHouse } from '../test-house.fixture.ts'
import { addFacts } from './add-facts.ts'
import { wakePlaces } from './look-at-places.ts'
import { stepHunts } from './step-hunts.ts'

let house: House
afterEach(() => house.close())

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
const personOf = (name: string) => {
  const found = house.account.responders.find((one) => one.name === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found.person
}

/** A visitor whose question the named responder has taken by mail. */
async function answeredBy(name: string, policy: NonNullable<NewSite['policy']>, names = ['bo', 'cleo', 'dan']) {
  house = await openHouse({ responders: names.map((one) => aResponder(one)), policy })
  const { person, conversation } = await house.visitor()
  const says = async (text: string) => accepted(await house.node.road.say(house.say(person, { conversation }, text)))
  await says('the question')
  await house.rows(`update delivery set state = 'sent'`)
  await answers(conversation, name, 'the answer')
  return { visitor: person, conversation, says }
}

async function answers(conversation: ConversationId, name: string, text: string) {
  const offer = (await house.offers(conversation)).find(({ person }) => nameOf(person) === name)
  if (!offer) throw new Error(`${name} was not asked`)
  const answered = await house.answer(offer, text)
  if (answered.outcome !== 'admitted') throw new Error(`not admitted: ${answered.outcome}`)
  return answered.interaction
}

const open = async () =>
  (await house.rows<{ person_id: PersonId }>(`select person_id from offer where state = 'open'`))
    .map(({ person_id }) => nameOf(person_id))
    .toSorted()

const holders = async () =>
  (
    await house.rows<{ person_id: PersonId }>(
      `select p.person_id from participant p join interaction i on i.interaction_id = p.interaction_id
       where p.role = 'responder' and p.left_at is null and i.kind = 'exchange'`,
    )
  ).map(({ person_id }) => nameOf(person_id))

async function reads(name: string, conversation: ConversationId): Promise<string[]> {
  const { account } = house.account
  const person = personOf(name)
  return house.node.db.read(account, async (reader) => {
    const [found] = await readViews(reader, { account, person, language: 'en', only: conversation, limit: 1 })
    const texts: string[] = []
    for (const { id } of found?.view.interactions ?? []) {
      const interaction = id as InteractionId
      const spans = found ? spansOf(found.structure, person) : []
      const page = await readMessages(reader, { account, person, interaction, spans, cursor: 'end', url: () => '' })
      texts.push(...page.messages.map(({ text }) => text))
    }
    return texts
  })
}

const toCleo = (when: object) => ({
  moves: { rules: [{ name: 'to Cleo', when: [when], to: {} }] },
})

test('A16 a word that a rule of the site listens for ends the first responder’s part and finds the next, with the story so far', async () => {
  const { conversation, says } = await answeredBy('bo', toCleo({ about: 'words', oneOf: ['lawyer*'] }))
  await says('thank you')
  expect(await holders()).toEqual(['bo'])
  await says('I want to talk to a lawyer')
  expect(await holders()).toEqual([])
  expect(await open()).toEqual(['cleo', 'dan'])
  await answers(conversation, 'cleo', 'here I am')
  expect(await holders()).toEqual(['cleo'])
  await says('good')
  expect((await reads('cleo', conversation)).toSorted()).toEqual(
    ['the question', 'the answer', 'thank you', 'I want to talk to a lawyer', 'here I am', 'good'].toSorted(),
  )
  // The first keeps what they could read, gets nothing more, and was told why.
  expect((await reads('bo', conversation)).toSorted()).toEqual(
    ['the question', 'the answer', 'thank you', 'I want to talk to a lawyer'].toSorted(),
  )
  const notices = await house.rows<{ person_id: PersonId; notice: { template: string; params: { reason: string } } }>(
    `select person_id, notice from delivery where notice->>'template' = 'moved-on'`,
  )
  expect(notices.map(({ person_id, notice }) => [nameOf(person_id), notice.params.reason])).toEqual([['bo', 'topic']])
  const [event] = await house.rows<{ facts: object }>(`select facts from event where kind = 'moved'`)
  expect(event?.facts).toEqual({
    reason: 'words',
    rule: 'to Cleo',
    from: [{ person: personOf('bo'), role: 'responder' }],
  })
})

test('A16 the newcomer gets nothing of the story where the site’s policy gives nothing', async () => {
  const { conversation, says } = await answeredBy('bo', {
    history: 'none',
    ...toCleo({ about: 'words', oneOf: ['lawyer'] }),
  })
  await says('a lawyer, please')
  await answers(conversation, 'cleo', 'here I am')
  await says('good')
  expect((await reads('cleo', conversation)).toSorted()).toEqual(['good', 'here I am'])
})

test('A16 a fact that becomes known moves the conversation on, to the people whom the rule names', async () => {
  house = await openHouse({ responders: ['bo', 'cleo', 'dan'].map((one) => aResponder(one)) })
  const cleo = personOf('cleo')
  const when = [{ about: 'answer:size', from: 100 }]
  await house.rows(`update site set policy = policy || $1::jsonb`, [
    JSON.stringify({
      moves: { rules: [{ name: 'large', when, to: { target: { people: [cleo] } } }], silenceMs: null },
    }),
  ])
  const { person, conversation } = await house.visitor()
  accepted(await house.node.road.say(house.say(person, { conversation }, 'the question')))
  await answers(conversation, 'bo', 'the answer')
  const learns = (value: string) =>
    house.node.road.inConversation(house.account.account, conversation, async (turn) => {
      const ticket = turn.structure.tickets[0]
      if (!ticket) throw new Error('no ticket')
      await addFacts(turn, ticket.id, [{ about: 'answer:size', value, source: 'answered' }])
    })
  await learns('20')
  expect(await holders()).toEqual(['bo'])
  await learns('200')
  expect(await holders()).toEqual([])
  expect(await open()).toEqual(['cleo'])
  await answers(conversation, 'cleo', 'here I am')
  // It is where the rule wants it: another such answer moves nothing.
  await learns('300')
  expect(await holders()).toEqual(['cleo'])
})

test('A16 who leaves the visitor without an answer for longer than the site allows loses the place, once, whoever sweeps', async () => {
  const { says } = await answeredBy('bo', { moves: { silenceMs: hours(1) } })
  const nodes = [house.node, house.anotherNode()]
  // Silence is the responder's: while the visitor has said nothing since, nobody is waiting.
  house.clock.pass(hours(3))
  await Promise.all(nodes.map(step))
  expect(await holders()).toEqual(['bo'])
  await says('hello?')
  house.clock.pass(minutes(59))
  await Promise.all(nodes.map(step))
  expect(await holders()).toEqual(['bo'])
  await says('hello??')
  house.clock.pass(minutes(1))
  await Promise.all(nodes.map(step))
  expect(await holders()).toEqual([])
  expect(await open()).toEqual(['cleo', 'dan'])
  expect(await house.rows(`select facts->>'reason' as reason from event where kind = 'moved'`)).toEqual([
    { reason: 'silence' },
  ])
  expect(await house.rows('select admitted, hunt from ticket')).toEqual([{ admitted: 0, hunt: 'looking' }])
})

test('A16 who answers keeps the place', async () => {
  const { conversation, says } = await answeredBy('bo', { moves: { silenceMs: hours(1) } })
  const [place] = await house.rows<{ interaction_id: never; address_id: never }>(
    `select interaction_id, address_id from participant where role = 'responder'`,
  )
  if (!place) throw new Error('nobody has a place')
  for (let n = 0; n < 4; n += 1) {
    await says(`question ${n}`)
    house.clock.pass(minutes(50))
    await step()
    const to = { conversation, interaction: place.interaction_id }
    accepted(await house.node.road.say(house.say(personOf('bo'), to, `answer ${n}`, { address: place.address_id })))
  }
  house.clock.pass(hours(2))
  await step()
  expect(await holders()).toEqual(['bo'])
})

test('A16 who fell silent and answers after all has the place again while it is free; after that they are told that it is taken', async () => {
  const { conversation, says } = await answeredBy('bo', { moves: { silenceMs: hours(1) } })
  await says('hello?')
  house.clock.pass(hours(1))
  await step()
  const [bo] = (await house.offers(conversation)).filter(({ person }) => nameOf(person) === 'bo')
  if (!bo) throw new Error('bo was not asked')
  expect((await house.answer(bo, 'sorry, here I am')).outcome).toBe('admitted')
  expect(await holders()).toEqual(['bo'])
  expect(await open()).toEqual([])
  await says('good')
  expect(await reads('bo', conversation)).toContain('good')
  await says('still there?')
  house.clock.pass(hours(2))
  await step()
  await answers(conversation, 'cleo', 'I take over')
  expect(await house.answer(bo, 'sorry again')).toMatchObject({ outcome: 'not-admitted', because: 'slots-taken' })
  expect(await reads('bo', conversation)).toContain('sorry again')
  expect(await reads('cleo', conversation)).not.toContain('sorry again')
})

test('A16 from whom it has moved on does not get it back by answering; their words are kept and they are told', async () => {
  const { conversation, says } = await answeredBy('bo', toCleo({ about: 'words', oneOf: ['lawyer'] }))
  await says('a lawyer, please')
  const [bo] = (await house.offers(conversation)).filter(({ person }) => nameOf(person) === 'bo')
  if (!bo) throw new Error('bo was not asked')
  expect(await house.answer(bo, 'I know some law')).toMatchObject({ outcome: 'not-admitted', because: 'place-lost' })
  expect(await holders()).toEqual([])
  expect(await reads('bo', conversation)).toContain('I know some law')
  const told = await house.rows(`select 1 from delivery where notice->>'template' = 'place-left'`)
  expect(told).toHaveLength(1)
})

test('A16 whoever stops answering altogether loses their places, and the next are found', async () => {
  const { conversation } = await answeredBy('bo', {})
  const { account } = house.account
  await house.node.db.write(account, async (tx) => {
    await tx.updateTable('responder').set({ state: 'left' }).where('person_id', '=', personOf('bo')).execute()
    await wakePlaces(tx, account, personOf('bo'), house.clock.now())
  })
  await Promise.all([step(), step(house.anotherNode())])
  expect(await holders()).toEqual([])
  expect(await open()).toEqual(['cleo', 'dan'])
  const { visitor } = await visitorOf(conversation)
  const [view] = await house.node.db.read(account, (reader) =>
    readViews(reader, { account, person: visitor, language: 'en', only: conversation, limit: 1 }),
  )
  const left = view?.view.interactions
    .flatMap(({ participants }) => participants)
    .filter(({ state }) => state === 'left')
  expect(left?.map(({ leftBecause }) => leftBecause)).toEqual(['The person who answered is no longer available.'])
  expect(view?.view.hunt).toBe('looking')
})

test('A16 in a shared exchange the others go on, and who takes the free place sees what the site gives', async () => {
  const { conversation, says } = await answeredBy('bo', {
    circle: 'shared',
    admission: { kind: 'first-n', slots: 2 },
    ...toCleo({ about: 'words', oneOf: ['lawyer'] }),
    moves: { silenceMs: hours(1) },
  })
  const shared = await answers(conversation, 'cleo', 'me too')
  await says('and now?')
  house.clock.pass(minutes(30))
  const [cleo] = await house.rows<{ address_id: never }>('select address_id from address where person_id = $1', [
    personOf('cleo'),
  ])
  const to = { conversation, interaction: shared }
  accepted(
    await house.node.road.say(house.say(personOf('cleo'), to, 'one moment', { address: cleo?.address_id as never })),
  )
  house.clock.pass(minutes(31))
  await step()
  expect(await holders()).toEqual(['cleo'])
  expect(await answers(conversation, 'dan', 'I can help')).toBe(shared)
  expect((await reads('dan', conversation)).toSorted()).toEqual(
    ['I can help', 'and now?', 'me too', 'one moment', 'the answer', 'the question'].toSorted(),
  )
})

test('E6 who watches a shared exchange and is found for it answers there, from behind the face of all', async () => {
  const { conversation } = await answeredBy('bo', {
    circle: 'shared',
    face: { name: { en: 'The shop' } },
    admission: { kind: 'first-n', slots: 2 },
  })
  const [{ id: interaction } = { id: '' }] = await house.rows<{ id: string }>(
    "select interaction_id as id from interaction where kind = 'exchange'",
  )
  await house.rows(
    `insert into participant (account_id, participant_id, conversation_id, interaction_id, person_id, role, alias, colour, medium, joined_at)
     select account_id, gen_random_uuid(), conversation_id, interaction_id, $1, 'observer', 'Coach', 1, 'web', now()
     from interaction where interaction_id = $2`,
    [personOf('cleo'), interaction],
  )
  await house.rows('update conversation set structure = structure + 1')
  await answers(conversation, 'cleo', 'me too')
  expect(await house.rows('select role, face from participant where person_id = $1', [personOf('cleo')])).toEqual([
    { role: 'responder', face: 'house' },
  ])
})

test('A16 two rules that send a conversation to and fro do so only so often', async () => {
  const { conversation, says } = await answeredBy('bo', toCleo({ about: 'words', oneOf: ['next'] }), [
    'bo',
    ...Array.from({ length: 12 }, (_, n) => `r${n}`),
  ])
  for (let n = 0; n < 12; n += 1) {
    await says('next')
    const [next] = await open()
    if (!next || (await holders()).length > 0) break
    await answers(conversation, next, 'yes?')
  }
  expect(await house.rows(`select count(*) as count from event where kind = 'moved'`)).toEqual([{ count: 10 }])
  expect(await holders()).toHaveLength(1)
})

async function visitorOf(conversation: ConversationId): Promise<{ visitor: PersonId }> {
  const [row] = await house.rows<{ visitor_id: PersonId }>(
    'select visitor_id from conversation where conversation_id = $1',
    [conversation],
  )
  if (!row) throw new Error('no conversation')
  return { visitor: row.visitor_id }
}
