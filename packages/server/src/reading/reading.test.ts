import { type ConversationId, newId, type PersonId, type TopicId } from '@parley/model'
import type { Fact } from '@parley/rules'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBlob } from '../attachments/index.ts'
import { hearing } from '../concierge/index.ts'
import { CriteriaIndexes } from '../hunting/index.ts'
import { Road } from '../road/index.ts'
import { accepted, aResponder, type House, mailOnly, openHouse } from '../test-house.fixture.ts'
import {
  addExamples,
  ReadingModels,
  readingWords,
  removePattern,
  savePattern,
  saveProduct,
  setKeywords,
  trainWhenWanted,
} from './index.ts'

const taught = {
  delivery: [
    'Where is my parcel?',
    'My order has not arrived',
    'The parcel is late again',
    'Track my delivery please',
    'When will you ship my order',
    'Wo bleibt mein Paket?',
    'Meine Lieferung ist nicht angekommen',
  ],
  billing: [
    'I was charged twice',
    'There is a mistake on my invoice',
    'Can I get a receipt',
    'Refund my payment please',
    'How do I pay the invoice',
    'Die Rechnung stimmt nicht',
    'Ich habe doppelt bezahlt',
  ],
}

let house: House
let road: Road
let delivery: TopicId
let billing: TopicId
const signal = new AbortController().signal

beforeAll(async () => {
  house = await openHouse({ responders: [aResponder('bo')] })
  road = aRoad()
  delivery = await aTopic({ en: 'Delivery', de: 'Lieferung' }, taught.delivery)
  billing = await aTopic({ en: 'Billing', de: 'Rechnung' }, taught.billing)
  await learn()
})
afterAll(() => house.close())

/** As another process has it: with models of its own. */
function aRoad(): Road {
  return new Road({
    db: house.node.db,
    clock: house.clock,
    live: { committed: () => {} },
    beginHunt: readingWords(new ReadingModels(), hearing({ addresses: mailOnly })),
    find: new CriteriaIndexes({ db: house.node.db, clock: house.clock }).find,
    seal: async (tx, account, bytes, now) => writeBlob(tx, account, bytes, now),
  })
}

async function aTopic(names: Record<string, string>, texts: string[]): Promise<TopicId> {
  const topic = newId<TopicId>()
  const { account } = house.account
  const [site, by] = [house.account.sites[0], house.account.responders[0]]
  if (!site || !by) throw new Error('nobody is there')
  await house.node.db.write(account, async (tx) => {
    const row = { account_id: account, topic_id: topic, site_id: site.id, position: 0 }
    await tx
      .insertInto('topic')
      .values({ ...row, names: JSON.stringify(names) })
      .execute()
    await addExamples(tx, { account, by: by.person, topic, texts }, house.clock.now())
  })
  return topic
}

async function learn(): Promise<number> {
  house.clock.pass(11_000)
  return trainWhenWanted({ db: house.node.db, clock: house.clock, signal })
}

async function asks(text: string, by = road) {
  const { person, conversation } = await house.visitor()
  accepted(await by.say(house.say(person, { conversation }, text)))
  return { person, conversation, ...(await ticketOf(conversation)) }
}

async function ticketOf(conversation: ConversationId): Promise<{ topic: string | null; facts: Fact[] }> {
  const [row] = await house.rows<{ topic: string | null; facts: Fact[] }>(
    'select topic_id as topic, facts from ticket where conversation_id = $1',
    [conversation],
  )
  if (!row) throw new Error('no ticket')
  return row
}

const classified = (facts: readonly Fact[], about: string) =>
  facts.filter((fact) => fact.about === about && fact.source === 'classified')

async function forms(conversation: ConversationId) {
  return house.rows<{ id: string; body: string; form: { fields: { name: string; choices: string[] }[] } }>(
    `select message_id as id, body, form from message where conversation_id = $1 and kind = 'ask' order by at`,
    [conversation],
  )
}

async function fills(visit: { person: PersonId; conversation: ConversationId }, topic: string): Promise<void> {
  const [form] = await forms(visit.conversation)
  if (!form) throw new Error('nothing was asked')
  const answers = { topic }
  const say = house.say(visit.person, { conversation: visit.conversation }, topic)
  accepted(await road.say({ ...say, form: { kind: 'answer', of: form.id as never, answers } }))
}

describe('reading a question', () => {
  test('D3: first words say topic and language, each with its confidence, before anybody is looked for', async () => {
    const { topic, facts } = await asks('Mein Paket ist immer noch nicht angekommen')
    expect(topic).toBe(delivery)
    expect(classified(facts, 'topic')).toEqual([
      { about: 'topic', value: delivery, source: 'classified', confidence: expect.any(Number) },
    ])
    expect(classified(facts, 'language')).toEqual([expect.objectContaining({ value: 'de' })])
  })

  test('D3: products and numbers of the account’s own lists are known, and a changed list counts at once', async () => {
    const { account } = house.account
    await house.node.db.write(account, async (tx) => {
      await saveProduct(tx, { account, name: 'Wheelbarrow', names: ['Schubkarre'] })
      expect(await savePattern(tx, { account, name: 'order', pattern: 'ORD-#####' })).toEqual({ ok: true })
    })
    const { facts } = await asks('Where is my schubkare, order ord 12345?')
    expect(classified(facts, 'product')).toEqual([expect.objectContaining({ value: 'Wheelbarrow' })])
    expect(classified(facts, 'field:order')).toEqual([expect.objectContaining({ value: 'ORD-12345' })])
    await house.node.db.write(account, (tx) => removePattern(tx, account, 'order'))
    expect(classified((await asks('order ORD-54321')).facts, 'field:order')).toEqual([])
  })

  test('D3: what later words say replaces what earlier ones said', async () => {
    const visit = await asks('Where is my parcel?')
    expect(visit.topic).toBe(delivery)
    const more =
      'No, forget the parcel: there is a mistake on my invoice, I was charged twice, refund my payment please'
    accepted(await road.say(house.say(visit.person, { conversation: visit.conversation }, more)))
    const { facts } = await ticketOf(visit.conversation)
    expect(classified(facts, 'topic').map(({ value }) => value)).not.toContain(delivery)
  })

  test('D3: what is about none of the topics gets none, and nothing is asked', async () => {
    const { topic, facts, conversation } = await asks('zxcv qwerty uiop')
    expect(topic).toBeNull()
    expect(classified(facts, 'topic')).toEqual([])
    expect(await forms(conversation)).toEqual([])
  })

  test('D3: a topic that is not sure is asked about once, and the answer is known for sure', async () => {
    const visit = await asks('my parcel and my invoice')
    const [form, ...more] = await forms(visit.conversation)
    expect(more).toEqual([])
    expect(form?.body).toMatch(/(Delivery|Billing).*(Delivery|Billing)/)
    expect(form?.form.fields[0]?.choices.toSorted()).toEqual(['Billing', 'Delivery', 'Something else'])
    expect(classified(visit.facts, 'topic')).toEqual([])
    await fills(visit, 'Billing')
    const { topic, facts } = await ticketOf(visit.conversation)
    expect(topic).toBe(billing)
    expect(facts).toContainEqual({ about: 'topic', value: billing, source: 'answered' })
    accepted(await road.say(house.say(visit.person, { conversation: visit.conversation }, 'the invoice of my parcel')))
    expect(await forms(visit.conversation)).toHaveLength(1)
  })

  test('D3: who says that it is about something else is not put under either', async () => {
    const visit = await asks('my parcel and my invoice')
    await fills(visit, 'Something else')
    expect((await ticketOf(visit.conversation)).topic).toBeNull()
  })

  test('D3: a topic that the visitor chose is not read from their words', async () => {
    const { person, conversation } = await house.visitor()
    const chosen = JSON.stringify([{ about: 'topic', value: billing, source: 'chosen' }])
    await house.rows('update ticket set topic_id = $1, facts = $2 where conversation_id = $3', [
      billing,
      chosen,
      conversation,
    ])
    accepted(await road.say(house.say(person, { conversation }, 'Where is my parcel?')))
    const { topic, facts } = await ticketOf(conversation)
    expect(topic).toBe(billing)
    expect(classified(facts, 'topic')).toEqual([])
  })
})

describe('learning', () => {
  test('D3: own tickets whose topic the visitor chose are learned from, in the background, and every process reads by it', async () => {
    const other = aRoad()
    expect((await asks('the kettle whistles', other)).topic).toBeNull()
    for (const text of ['my kettle whistles all day', 'kettle whistles at night', 'why does the kettle whistle so']) {
      const { person, conversation } = await house.visitor()
      const chosen = JSON.stringify([{ about: 'topic', value: billing, source: 'chosen' }])
      await house.rows('update ticket set topic_id = $1, facts = $2 where conversation_id = $3', [
        billing,
        chosen,
        conversation,
      ])
      accepted(await road.say(house.say(person, { conversation }, text)))
    }
    expect(await learn()).toBe(0)
    house.clock.pass(25 * 3_600_000)
    expect(await learn()).toBe(1)
    expect((await asks('the kettle whistles', other)).topic).toBe(billing)
    expect((await asks('the kettle whistles')).topic).toBe(billing)
  })

  test('D3: of two processes one learns', async () => {
    const { account } = house.account
    await house.node.db.write(account, (tx) =>
      setKeywords(tx, { account, topic: delivery, keywords: ['courier'] }, house.clock.now()),
    )
    house.clock.pass(11_000)
    const parts = { db: house.node.db, clock: house.clock, signal }
    const learned = await Promise.all([trainWhenWanted(parts), trainWhenWanted(parts)])
    expect(learned.toSorted()).toEqual([0, 1])
    expect((await asks('a courier')).topic).toBe(delivery)
  })

  test('D3: what came while it learned is learned afterwards', async () => {
    const { account } = house.account
    const want = (keyword: string) =>
      house.node.db.write(account, (tx) =>
        setKeywords(tx, { account, topic: billing, keywords: [keyword] }, house.clock.now()),
      )
    await want('voucher')
    house.clock.pass(11_000)
    const learning = trainWhenWanted({ db: house.node.db, clock: house.clock, signal })
    await want('coupon')
    await learning
    expect(await learn()).toBeLessThanOrEqual(1)
    expect((await asks('a coupon')).topic).toBe(billing)
  })

  test('D3: how well topics are told apart is kept with the model', async () => {
    const [row] = await house.rows<{ report: { accuracy: number; topics: unknown[] } }>('select report from reading')
    expect(row?.report.accuracy).toBeGreaterThan(0)
    expect(row?.report.topics).toHaveLength(2)
  })

  test('an account with nothing to learn from keeps working, and why is kept', async () => {
    const { account } = house.account
    await house.rows('delete from reading_example')
    await house.rows(`update ticket set facts = '[]'`)
    await house.node.db.write(account, (tx) =>
      setKeywords(tx, { account, topic: billing, keywords: [] }, house.clock.now()),
    )
    expect(await learn()).toBe(1)
    expect(await house.rows('select refusal, model from reading')).toEqual([{ refusal: 'too-few-topics', model: null }])
    expect((await asks('Where is my parcel?')).topic).toBeNull()
  })
})
