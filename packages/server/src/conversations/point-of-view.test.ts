import { randomBytes, randomUUID } from 'node:crypto'
import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import { type ConversationId, type InteractionId, newId, type PersonId, plainly } from '@parley/model'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CreatedAccount, createAccount } from '../accounts/index.ts'
import { Vault } from '../attachments/index.ts'
import { type Database, openDatabase } from '../db/index.ts'
import { answerOffer, CriteriaIndexes, findOfferIn, hearVisitor } from '../hunting/index.ts'
import { Road, type Say, spansOf } from '../road/index.ts'
import { findSite, type Site } from '../sites/index.ts'
import { enterVisitor } from '../visitors/index.ts'
import { addParticipant, openConversation, readMessages, readViews } from './index.ts'

const vault = new Vault(randomBytes(32))
const clock = { now: () => new Date() }
let fresh: FreshDatabase
let db: Database
let road: Road

beforeEach(async () => {
  fresh = await freshDatabase()
  db = openDatabase({ connectionString: fresh.connectionString })
  road = new Road({
    db,
    clock,
    live: { committed: () => {} },
    beginHunt: hearVisitor,
    find: new CriteriaIndexes({ db, clock }).find,
    seal: (...what) => vault.seal(...what),
  })
})

afterEach(async () => {
  await db.close()
  await fresh.drop()
})

interface World {
  account: CreatedAccount
  site: Site
  visitor: PersonId
  conversation: ConversationId
}

async function begin(policy: object, names = ['Bo', 'Cleo', 'Dag']): Promise<World> {
  const account = await createAccount(
    db,
    {
      name: 'Shop',
      sites: [{ key: `site-${randomUUID()}`, name: 'Shop', domains: ['shop.test'], topics: [], policy }],
      responders: names.map((name) => ({
        name,
        alias: `${name}-alias`,
        language: 'en',
        emails: [`${name}@people.test`],
      })),
    },
    clock.now(),
  )
  const site = await findSite(db, account.sites[0]?.key ?? '')
  if (!site) throw new Error('the site is not there')
  const { person } = await enterVisitor(db, site, { secrets: [], host: null }, 'en', clock.now())
  const opened = await db.write(site.account, (tx) =>
    openConversation(
      tx,
      {
        account: site.account,
        site: site.id,
        visitor: person,
        policy: site.policy,
        language: 'en',
        region: null,
        topic: null,
        metadata: {},
      },
      clock.now(),
    ),
  )
  return { account, site, visitor: person, conversation: opened.conversation }
}

const words = (world: World, person: PersonId, text: string): Omit<Say, 'to'> => ({
  account: world.site.account,
  person,
  via: { medium: 'web', address: null },
  said: plainly(text),
  key: randomBytes(32),
  attachments: [],
  form: null,
  unproven: false,
  rawBlob: null,
  writtenAt: null,
})

const says = (world: World, person: PersonId, text: string, interaction?: InteractionId) =>
  road.say({
    ...words(world, person, text),
    to: { conversation: world.conversation, ...(interaction ? { interaction } : {}) },
  })

async function answers(world: World, name: string, text: string) {
  const person = personCalled(world, name)
  const offer = await db.workers
    .selectFrom('offer')
    .select('offer_id')
    .where('person_id', '=', person)
    .executeTakeFirstOrThrow()
  return answerOffer(
    road,
    { account: world.site.account, offer: offer.offer_id, say: words(world, person, text) },
    findOfferIn(db),
  )
}

function personCalled(world: World, name: string): PersonId {
  const found = world.account.responders.find((responder) => responder.name === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found.person
}

/** Everything that a person can read, by interaction: kind, texts and the numbers under which they know them. */
async function sees(world: World, person: PersonId) {
  const account = world.site.account
  return db.read(account, async (reader) => {
    const found = await readViews(reader, { account, person, language: 'en', limit: 10 })
    const seen: { kind: string; people: string[]; texts: string[]; numbers: number[] }[] = []
    for (const { view, structure } of found) {
      for (const interaction of view.interactions) {
        const page = await readMessages(reader, {
          account,
          person,
          interaction: interaction.id as InteractionId,
          spans: spansOf(structure, person),
          cursor: { after: 0 },
          url: () => '',
        })
        seen.push({
          kind: interaction.kind,
          people: interaction.participants.map(({ alias }) => alias.replace(/ \d{4}$/, ' N')).sort(),
          texts: page.messages.map(({ text }) => text),
          numbers: page.messages.map(({ n }) => n),
        })
      }
    }
    return seen
  })
}

test('C1 a conversation holds a ticket, which opens with an intake; who is admitted gets an exchange, who is late a backchannel of their own', async () => {
  const world = await begin({ admission: { kind: 'first' } })
  await says(world, world.visitor, 'Is the path open?')
  expect((await answers(world, 'Bo', 'Yes.')).outcome).toBe('admitted')
  expect((await answers(world, 'Cleo', 'It is!')).outcome).toBe('not-admitted')
  const rows = await db.workers
    .selectFrom('interaction as i')
    .innerJoin('ticket as t', 't.ticket_id', 'i.ticket_id')
    .leftJoin('interaction as p', 'p.interaction_id', 'i.parent_id')
    .select(['i.kind', 'i.state', 'p.kind as parent', 't.state as ticket', 't.admitted'])
    .where('i.conversation_id', '=', world.conversation)
    .orderBy('i.interaction_id')
    .execute()
  expect(rows).toEqual([
    { kind: 'intake', state: 'open', parent: null, ticket: 'open', admitted: 1 },
    { kind: 'exchange', state: 'open', parent: 'intake', ticket: 'open', admitted: 1 },
    { kind: 'backchannel', state: 'closed', parent: 'intake', ticket: 'open', admitted: 1 },
  ])
})

test('A13 C2 in private circles each responder sees what was asked and their own exchange, the visitor sees all', async () => {
  const world = await begin({ admission: { kind: 'any' }, circle: 'private' })
  await says(world, world.visitor, 'Is the path open?')
  await answers(world, 'Bo', 'Bo says yes.')
  await answers(world, 'Cleo', 'Cleo says no.')
  await says(world, world.visitor, 'Which of you is right?')

  expect(await sees(world, personCalled(world, 'Bo'))).toEqual([
    { kind: 'intake', people: ['Visitor N'], texts: ['Is the path open?'], numbers: [1] },
    {
      kind: 'exchange',
      people: ['Bo-alias', 'Visitor N'],
      texts: ['Bo says yes.', 'Which of you is right?'],
      numbers: [1, 2],
    },
  ])
  expect((await sees(world, personCalled(world, 'Cleo'))).at(-1)?.texts).toEqual([
    'Cleo says no.',
    'Which of you is right?',
  ])
  expect((await sees(world, world.visitor)).map(({ texts }) => texts)).toEqual([
    ['Is the path open?'],
    ['Bo says yes.', 'Which of you is right?'],
    ['Cleo says no.', 'Which of you is right?'],
  ])
  expect(await sees(world, personCalled(world, 'Dag'))).toEqual([])
})

test('A13 A14 what the visitor says to one of several reaches that one only', async () => {
  const world = await begin({ admission: { kind: 'any' }, circle: 'private' })
  await says(world, world.visitor, 'Is the path open?')
  const bo = await answers(world, 'Bo', 'Bo says yes.')
  await answers(world, 'Cleo', 'Cleo says no.')
  if (bo.outcome !== 'admitted') throw new Error('Bo was not admitted')
  await says(world, world.visitor, 'Bo, are you sure?', bo.interaction)
  expect((await sees(world, personCalled(world, 'Bo'))).at(-1)?.texts).toEqual(['Bo says yes.', 'Bo, are you sure?'])
  expect((await sees(world, personCalled(world, 'Cleo'))).at(-1)?.texts).toEqual(['Cleo says no.'])
})

test('A13 C2 in a shared circle all see each other from where they joined, and what came before only where the site gives it', async () => {
  const world = await begin({ admission: { kind: 'any' }, circle: 'shared', history: 'none' })
  await says(world, world.visitor, 'Is the path open?')
  await answers(world, 'Bo', 'Bo says yes.')
  await answers(world, 'Cleo', 'Cleo says no.')
  await says(world, world.visitor, 'Thanks both.')
  const bo = await sees(world, personCalled(world, 'Bo'))
  const cleo = await sees(world, personCalled(world, 'Cleo'))
  expect(bo).toEqual([
    {
      kind: 'exchange',
      people: ['Bo-alias', 'Cleo-alias', 'Visitor N'],
      texts: ['Bo says yes.', 'Cleo says no.', 'Thanks both.'],
      numbers: [1, 2, 3],
    },
  ])
  // Dense in her own view: nothing tells that there was a message before hers.
  expect(cleo.map(({ texts, numbers }) => ({ texts, numbers }))).toEqual([
    { texts: ['Cleo says no.', 'Thanks both.'], numbers: [1, 2] },
  ])
})

test('C2 someone who is not in a conversation gets the same answer as for one that is not there', async () => {
  const world = await begin({ admission: { kind: 'first' } })
  await says(world, world.visitor, 'Is the path open?')
  const bo = await answers(world, 'Bo', 'Yes.')
  if (bo.outcome !== 'admitted') throw new Error('Bo was not admitted')
  const stranger = personCalled(world, 'Dag')
  const toTheirs = await says(world, stranger, 'Hello', bo.interaction)
  const toNone = await says(world, stranger, 'Hello', newId<InteractionId>())
  const nowhere = await road.say({
    ...words(world, stranger, 'Hello'),
    to: { conversation: newId<ConversationId>() },
  })
  expect(toTheirs).toEqual({ ok: false, refusal: 'not-there' })
  expect(toNone).toEqual(toTheirs)
  expect(nowhere).toEqual(toTheirs)
  expect((await says(world, world.visitor, 'Hello', bo.interaction)).ok).toBe(true)
})

test('A9 where something was masked, what was really written is kept sealed and nowhere else', async () => {
  const world = await begin({ admission: { kind: 'first' } })
  await says(world, world.visitor, 'Write to me at ana@letters.example')
  const message = await db.workers
    .selectFrom('message')
    .select(['body', 'full_text', 'raw_blob_id'])
    .where('conversation_id', '=', world.conversation)
    .executeTakeFirstOrThrow()
  expect(message.body).toBe('Write to me at •••')
  expect(message.full_text).toBeNull()
  if (!message.raw_blob_id) throw new Error('the original was not kept')
  expect((await vault.open(db, world.site.account, message.raw_blob_id)).toString()).toBe(
    'Write to me at ana@letters.example',
  )
  const { rows } = await sql<{ bytes: Buffer }>`select bytes from blob_chunk`.execute(db.workers)
  expect(Buffer.concat(rows.map(({ bytes }) => bytes)).includes('letters')).toBe(false)
})

test('A14 two visitors without names have different numbers at the desk, each the same for everyone who answers them; they themselves see none', async () => {
  const worlds = [await begin({ admission: { kind: 'any' } }), await begin({ admission: { kind: 'any' } })]
  const numbers: string[][] = []
  for (const world of worlds) {
    await says(world, world.visitor, 'Is the path open?')
    await answers(world, 'Bo', 'Yes.')
    await answers(world, 'Cleo', 'No.')
    const { account } = world.site
    const nameFor = async (person: PersonId) => {
      const found = await db.read(account, (reader) =>
        readViews(reader, { account, person, language: 'de', limit: 10 }),
      )
      const visitors = found.flatMap(({ view }) =>
        view.interactions.flatMap(({ participants }) => participants.filter(({ role }) => role === 'initiator')),
      )
      return [...new Set(visitors.map(({ alias, colour }) => `${alias} ${colour}`))].join()
    }
    numbers.push(await Promise.all(['Bo', 'Cleo'].map((name) => nameFor(personCalled(world, name)))))
    expect(await nameFor(world.visitor)).toBe('Besucher 0')
  }
  for (const [bo, cleo] of numbers) {
    expect(bo).toMatch(/^Besucher [1-9]\d{3} [0-7]$/)
    expect(cleo).toBe(bo)
  }
  expect(numbers[0]?.[0]).not.toBe(numbers[1]?.[0])
})

test('A14 B1 who answers after the concierge has another colour and another name than it, for the visitor too', async () => {
  const world = await begin({ admission: { kind: 'any' } }, ['Bo'])
  const { account } = world.site
  await db.write(account, async (tx) => {
    const ticket = await tx.selectFrom('ticket').select('intake_id').executeTakeFirstOrThrow()
    const script = newId<PersonId>()
    const place = { account, conversation: world.conversation, interaction: ticket.intake_id, person: script, from: 1 }
    const shown = { alias: 'Bo-alias', colour: 0, medium: 'web' as const, address: null }
    await addParticipant(tx, { ...place, ...shown, role: 'virtual' }, clock.now())
    await tx.updateTable('conversation').set({ structure: 2 }).execute()
  })
  await says(world, world.visitor, 'Is the path open?')
  await answers(world, 'Bo', 'Yes.')
  const [found] = await db.read(account, (reader) =>
    readViews(reader, { account, person: world.visitor, language: 'en', limit: 10 }),
  )
  const shown = found?.view.interactions.flatMap(({ participants }) => participants.filter(({ you }) => !you))
  expect(new Set(shown?.map(({ alias }) => alias)).size).toBe(2)
  expect(new Set(shown?.map(({ colour }) => colour)).size).toBe(2)
})
