import { seeded, waitFor } from '@parley/dev-env'
import { days } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { receive } from '../channels/index.ts'
import { LinesChannel } from '../lines-channel.fixture.ts'
import {
  aMail,
  anOwnAddress,
  everythingSaid,
  noticesTo,
  reachedOver,
  receiving,
  spoken,
  takes,
  takesOver,
} from '../receive-rig.fixture.ts'
import { aResponder, type House, openHouse, startOutbox } from '../test-house.fixture.ts'

const number = '+4759440001'
const ana = '+4740612345'
const bo = '+4740612346'
const helpAddress = 'help@fjord.test'

let house: House
afterEach(() => house.close())

/** A site that anyone may write to by number and by mail, with Bo to answer there by mail. */
async function aSite(options: Parameters<typeof openHouse>[0] = {}) {
  house = await openHouse(options)
  await anOwnAddress(house, 'sms', number, 'both')
  await anOwnAddress(house, 'email', helpAddress, 'public')
  await anOwnAddress(house, 'xmpp', 'help@chat.test', 'public')
}

const texts = (from: string, text: string, more = {}) => takesOver(house, 'sms', { from, to: number, text, ...more })
const conversations = () =>
  house.rows<{ conversation_id: string; visitor_id: string; state: string; language: string }>(
    'select conversation_id, visitor_id, state, language from conversation order by created_at, conversation_id',
  )

test('A15 a text to a site’s number begins a conversation that is hunted like any other, and the answer comes back from there', async () => {
  await aSite()
  expect(await texts(ana, 'Do you rent kayaks?')).toMatchObject({ outcome: 'accepted' })
  const [begun] = await conversations()
  const [offer] = await house.offers(begun?.conversation_id as never)
  if (!offer) throw new Error('nobody was asked')
  expect(await house.answer(offer, 'Yes, we do')).toMatchObject({ outcome: 'admitted' })
  const delivered = await house.rows(
    `select a.value as to, a.state, w.value as from, m.body from delivery d join address a using (account_id, address_id)
     join message m using (account_id, message_id) join relay_address r on r.relay_id = d.relay_id
     join own_address w on w.own_address_id = r.own_address_id where d.medium = 'sms'`,
  )
  expect(delivered).toEqual([{ to: ana, state: 'proven', from: number, body: 'Yes, we do' }])
  // And on it goes, without a tag: there is nothing to tell apart.
  expect(await texts(ana, 'For two?')).toMatchObject({ outcome: 'accepted' })
  expect(await everythingSaid(house)).toMatchObject([
    { by: 'visitor', text: 'Do you rent kayaks?', medium: 'sms' },
    { by: 'responder', text: 'Yes, we do' },
    { by: 'visitor', text: 'For two?' },
  ])
  expect(await conversations()).toHaveLength(1)
  expect(await noticesTo(house, 'started-how')).toHaveLength(1)
})

test('A15 mail, XMPP and SIP begin conversations too, and a mail’s subject is part of what is asked', async () => {
  await aSite()
  await anOwnAddress(house, 'sip', 'sip:help@phones.test', 'public')
  await takes(house, aMail(helpAddress, 'ana@home.test', 'What do they cost?', { title: 'Kayaks' }))
  await takesOver(house, 'xmpp', { from: 'cleo@jabber.test/phone', to: 'help@chat.test', text: 'Is there a ferry?' })
  await takesOver(house, 'sip', { from: 'sip:dag@phones.test', to: 'sip:help@phones.test', text: 'Are you open?' })
  expect(await everythingSaid(house)).toMatchObject([
    { text: 'Kayaks\n\nWhat do they cost?', medium: 'email', unproven: false },
    { text: 'Is there a ferry?', medium: 'xmpp' },
    { text: 'Are you open?', medium: 'sip' },
  ])
  expect(await house.rows('select distinct hunt from ticket')).toEqual([{ hunt: 'looking' }])
  expect(await house.rows(`select value from address where medium in ('xmpp', 'sip') order by value`)).toEqual([
    { value: 'cleo@jabber.test' },
    { value: 'sip:dag@phones.test' },
  ])
})

test('C7 who has a conversation open on the site goes on in it, over any of their media; when it has closed, another begins', async () => {
  await aSite()
  await texts(ana, 'Do you rent kayaks?')
  await house.rows(
    `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, created_at)
     select account_id, gen_random_uuid(), visitor_id, 'email', 'ana@home.test', 'ana@home.test', 1, 'proven', now() from conversation`,
  )
  await takes(house, aMail(helpAddress, 'Ana@home.test', 'For two, on Sunday'))
  await texts(ana, 'Or on Monday')
  expect(await conversations()).toHaveLength(1)
  await house.rows(`update conversation set state = 'closed', ends_at = now(), structure = structure + 1`)
  await texts(ana, 'And is there a ferry?')
  const all = await conversations()
  expect(all.map(({ state }) => state)).toEqual(['closed', 'open'])
  expect(new Set(all.map(({ visitor_id }) => visitor_id)).size).toBe(1)
  expect((await everythingSaid(house)).map(({ conversation }) => conversation)).toEqual([
    ...[0, 0, 0].map(() => all[0]?.conversation_id),
    all[1]?.conversation_id,
  ])
})

/** As its end is written when somebody closes it now. */
async function close() {
  const now = house.clock.now()
  await house.rows(`update conversation set state = 'closed', ends_at = $1, structure = structure + 1`, [now])
  await house.rows(`update ticket set state = 'closed', ends_at = $1`, [now])
}
const openNow = async () => (await conversations()).map(({ state }) => state)

test('C7 where the site opens again, a text to its number goes on in what was closed, and later begins another', async () => {
  await aSite({ policy: { reopen: { withinDays: 7 } } })
  await texts(ana, 'Do you rent kayaks?')
  await close()
  house.clock.pass(days(6))
  expect(await texts(ana, 'For two?')).toMatchObject({ outcome: 'accepted' })
  expect(await openNow()).toEqual(['open'])
  await close()
  house.clock.pass(days(7))
  expect(await texts(ana, 'Is there a ferry?')).toMatchObject({ outcome: 'accepted' })
  expect(await openNow()).toEqual(['closed', 'open'])
})

test('C7 where the site opens again, a mail to its address and a reply to an answer go on in what was closed', async () => {
  await aSite({ policy: { reopen: { withinDays: 7 } } })
  await takes(house, aMail(helpAddress, 'ana@home.test', 'Do you rent kayaks?'))
  const [begun] = await conversations()
  const [offer] = await house.offers(begun?.conversation_id as never)
  if (!offer) throw new Error('nobody was asked')
  await house.answer(offer, 'Yes, we do')
  await close()
  await takes(house, aMail(helpAddress, 'ana@home.test', 'For two?'))
  expect(await openNow()).toEqual(['open'])
  await close()
  const [relay] = await house.rows<{ token: string }>(
    `select r.token from delivery d join relay_address r on r.relay_id = d.relay_id where d.person_id = $1 and d.kind = 'message'`,
    [begun?.visitor_id],
  )
  await takes(house, aMail(`${relay?.token}@relay.test`, 'ana@home.test', 'On Sunday?'))
  expect(await openNow()).toEqual(['open'])
  expect((await everythingSaid(house)).map(({ text }) => text)).toEqual([
    'Do you rent kayaks?',
    'Yes, we do',
    'For two?',
    'On Sunday?',
  ])
})

test('C7 “new” begins another conversation beside the one that is open, and then it is asked which is meant', async () => {
  await aSite()
  await texts(ana, 'Do you rent kayaks?')
  expect(await texts(ana, 'new')).toEqual({ outcome: 'noted', because: 'begun' })
  await texts(ana, 'Is there a ferry?')
  const [first, second] = await conversations()
  expect(await everythingSaid(house)).toMatchObject([
    { conversation: first?.conversation_id, text: 'Do you rent kayaks?' },
    { conversation: second?.conversation_id, text: 'Is there a ferry?' },
  ])
  await texts(ana, 'New: are you open?')
  expect(await conversations()).toHaveLength(3)
  expect((await everythingSaid(house)).at(-1)).toMatchObject({ text: 'are you open?' })
  expect(await texts(ana, 'On Sunday?')).toEqual({ outcome: 'held' })
  const [asked] = await noticesTo(house, 'which-one')
  expect(asked?.list.split('\n')).toHaveLength(3)
})

test('A8 what was held can begin a conversation of its own', async () => {
  await aSite()
  await texts(ana, 'Do you rent kayaks?')
  await texts(ana, 'New: are you open?')
  expect(await texts(ana, 'Is there a ferry?')).toEqual({ outcome: 'held' })
  expect(await texts(ana, 'With a car')).toEqual({ outcome: 'held' })
  expect(await texts(ana, 'new')).toMatchObject({ outcome: 'accepted' })
  const third = (await conversations())[2]?.conversation_id
  expect((await everythingSaid(house)).filter(({ conversation }) => conversation === third)).toMatchObject([
    { text: 'Is there a ferry?' },
    { text: 'With a car' },
  ])
  expect(await house.rows('select distinct state from held_item')).toEqual([{ state: 'released' }])
})

test.each([1, 2, 3])('A15 whatever arrives at once from one sender begins one conversation (seed %i)', async (seed) => {
  await aSite()
  const other = house.anotherNode()
  const { pick } = { pick: seeded(seed).next }
  const said = Array.from({ length: 8 }, (_, n) => `line ${n}`)
  // Some of them twice, as networks do, and on either process.
  const arrivals = said.flatMap((text) => (pick() < 0.5 ? [text, text] : [text])).sort(() => pick() - 0.5)
  const outcomes = await Promise.all(
    arrivals.map((text) =>
      takesOver(
        house,
        'sms',
        { from: ana, to: number, text, externalId: text },
        'proven',
        pick() < 0.5 ? house.node : other,
      ),
    ),
  )
  expect(await conversations()).toHaveLength(1)
  expect((await everythingSaid(house)).map(({ text }) => text).sort()).toEqual(said)
  expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(said.length)
  expect(await noticesTo(house, 'started-how')).toHaveLength(1)
})

test('A15 a mail that nobody vouches for begins a conversation, marked, and nothing is sent there but a wish for an answer', async () => {
  await aSite()
  const from = { address: 'ana@home.test', standing: 'unproven', why: 'none' } as const
  await takes(house, aMail(helpAddress, '', 'Do you rent kayaks?', { from }))
  await takes(house, aMail(helpAddress, '', 'For two', { from }))
  const [begun] = await conversations()
  expect(await conversations()).toHaveLength(1)
  expect(await everythingSaid(house)).toMatchObject([{ unproven: true }, { unproven: true }])
  const [offer] = await house.offers(begun?.conversation_id as never)
  if (!offer) throw new Error('nobody was asked')
  await house.answer(offer, 'Yes, we do')
  const sent = () =>
    house.rows(
      `select kind, notice->>'template' as template from delivery d join address a using (account_id, address_id)
       where a.value = 'ana@home.test' order by sequence`,
    )
  expect(await sent()).toEqual([{ kind: 'notice', template: 'started-confirm' }])
  // Whoever answers there reads there.
  const [relay] = await house.rows<{ token: string }>(
    `select token from delivery d join relay_address r using (relay_id) where notice->>'template' = 'started-confirm'`,
  )
  expect(await takes(house, aMail(`${relay?.token}@relay.test`, '', 'It was me', { from }))).toMatchObject({
    outcome: 'accepted',
  })
  expect(await house.rows(`select state from address where value = 'ana@home.test'`)).toEqual([{ state: 'proven' }])
  await house.answer(offer, 'For how many?')
  // What was said to her meanwhile, and what is said to her now.
  expect((await sent()).slice(1)).toEqual([
    { kind: 'message', template: null },
    { kind: 'message', template: null },
  ])
})

test('A15 nobody gets into somebody’s conversation by claiming their address', async () => {
  await aSite()
  await takes(house, aMail(helpAddress, 'ana@home.test', 'Do you rent kayaks?'))
  const claims = (standing: 'unproven' | 'contradicted') =>
    takes(
      house,
      aMail(helpAddress, '', 'Cancel everything', { from: { address: 'ana@home.test', standing, why: 'none' } }),
    )
  expect(await claims('contradicted')).toMatchObject({ outcome: 'refused' })
  await claims('unproven')
  const said = await everythingSaid(house)
  expect(new Set(said.map(({ conversation }) => conversation)).size).toBe(2)
  const all = await conversations()
  expect(new Set(all.map(({ visitor_id }) => visitor_id)).size).toBe(2)
})

test('A15 programs begin nothing, and neither do our own addresses', async () => {
  await aSite()
  const automatic = { kind: 'automatic', why: 'auto-submitted' } as const
  expect(await takes(house, aMail(helpAddress, 'ana@home.test', 'Away', { verdict: automatic }))).toEqual({
    outcome: 'noted',
    because: 'automatic',
  })
  expect(await takes(house, aMail(helpAddress, helpAddress, 'Hello'))).toMatchObject({ because: 'loop' })
  expect(await texts(number, 'Hello')).toMatchObject({ because: 'loop' })
  expect(await texts(ana, '   ')).toMatchObject({ because: 'nothing-in-it' })
  expect(await conversations()).toEqual([])
})

test('A15 a flood of invented senders is bounded, and whoever has a conversation goes on', async () => {
  await aSite()
  await texts(ana, 'Do you rent kayaks?')
  let left = 5
  const parts = { ...receiving(house), mayBegin: () => left-- > 0 }
  const outcomes = []
  for (let n = 0; n < 20; n++) {
    const mail = aMail(number, `+474061${String(n).padStart(4, '0')}`, 'Hello', { channel: 'sms' })
    outcomes.push(await receive(parts, spoken.sms, mail))
  }
  expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(5)
  expect(outcomes.at(-1)).toMatchObject({ outcome: 'refused', because: 'too-many' })
  expect(await receive(parts, spoken.sms, aMail(number, ana, 'For two?', { channel: 'sms' }))).toMatchObject({
    outcome: 'accepted',
  })
  expect(await conversations()).toHaveLength(6)
  // Nor does one sender say without end what nobody could read.
  const full = { ...parts, allows: () => false }
  expect(await receive(full, spoken.sms, aMail(number, ana, 'Hello?', { channel: 'sms' }))).toMatchObject({
    outcome: 'refused',
    because: 'too-many',
  })
})

test('A15 keywords of the address choose the topic, and the language is read from what was written', async () => {
  await aSite()
  const [own] = await house.rows<{ own_address_id: string }>(
    `select own_address_id from own_address where medium = 'sms'`,
  )
  await house.rows(
    `insert into topic (account_id, topic_id, site_id, names, position)
     select account_id, gen_random_uuid(), site_id, '{"en": "Boats"}', 0 from site`,
  )
  await house.rows(
    `insert into own_keyword (account_id, own_address_id, keyword, topic_id)
     select account_id, $1, 'kajak*', topic_id from topic`,
    [own?.own_address_id],
  )
  await texts(ana, 'Guten Tag, vermieten Sie am Wochenende auch Kajaks für zwei Personen?')
  await texts(bo, 'Bonjour, êtes-vous ouverts le dimanche après-midi ?')
  await takesOver(house, 'xmpp', { from: 'cleo@jabber.test', to: 'help@chat.test', text: 'ok?', language: 'pl' })
  const rows = await house.rows(
    `select c.language, p.language as person, t.names->>'en' as topic, c.region,
       (select f->>'value' from jsonb_array_elements(k.facts) f where f->>'about' = 'region') as implied
     from conversation c join ticket k using (account_id, conversation_id) join person p on p.person_id = c.visitor_id
     left join topic t on t.topic_id = k.topic_id order by c.created_at, c.conversation_id`,
  )
  expect(rows).toEqual([
    { language: 'de', person: 'de', topic: 'Boats', region: null, implied: 'NO' },
    { language: 'fr', person: 'fr', topic: null, region: null, implied: 'NO' },
    { language: 'pl', person: 'pl', topic: null, region: null, implied: null },
  ])
})

test('A15 a responder who writes to the site is a visitor of their own, and their answers on that number stay answers', async () => {
  await aSite({ responders: [aResponder('bo'), aResponder('cleo')], policy: { admission: { kind: 'any' } } })
  await reachedOver(house, 'sms', [bo])
  // Nothing is asked of Bo there yet.
  await texts(bo, 'Is the parking lot free?')
  expect(await everythingSaid(house)).toMatchObject([{ by: 'visitor', text: 'Is the parking lot free?' }])
  await house.rows(`update conversation set state = 'closed', ends_at = now(), structure = structure + 1`)
  await house.rows(`update relay_address set state = 'retired', token = null`)
  await texts(ana, 'Do you rent kayaks?')
  expect(await texts(bo, 'Yes, we do')).toMatchObject({ outcome: 'accepted' })
  expect((await everythingSaid(house)).at(-1)).toMatchObject({ by: 'responder', text: 'Yes, we do' })
  expect(await conversations()).toHaveLength(2)
})

test('A15 a site may leave out what it says first', async () => {
  await aSite({ policy: { starting: { tellsHow: false } } })
  await texts(ana, 'Do you rent kayaks?')
  expect(await noticesTo(house)).toEqual([])
})

test('A13 A14 with several people in one conversation, a text goes to the one whose tag is in front, or to ALL; else it is asked', async () => {
  await aSite({ responders: [aResponder('bo'), aResponder('cleo')], policy: { admission: { kind: 'any' } } })
  await texts(ana, 'Do you rent kayaks?')
  const [begun] = await conversations()
  const offers = await house.offers(begun?.conversation_id as never)
  const [first, second] = house.account.responders.map(({ person }) => offers.find((one) => one.person === person))
  if (!first || !second) throw new Error('nobody was asked')
  await house.answer(first, 'Yes, we do')
  // While there is one, there is nothing to tell apart.
  expect(await house.rows('select 1 from relay_address where own_address_id is not null')).toHaveLength(1)
  await texts(ana, 'For two?')
  await house.answer(second, 'We do, too')
  await house.answer(first, 'Yes, for two')
  const tags = await house.rows<{ tag: string; alias: string }>(
    `select r.tag, o.alias from relay_address r join participant p using (account_id, participant_id)
     join participant o on o.interaction_id = p.interaction_id and o.role = 'responder'
     where r.own_address_id is not null order by o.alias`,
  )
  expect(tags.map(({ alias }) => alias)).toEqual(['alias of bo', 'alias of cleo'])
  expect(await texts(ana, 'At what price?')).toEqual({ outcome: 'held' })
  const [asked] = await noticesTo(house, 'which-person')
  expect(asked?.list.split('\n').sort()).toEqual(
    [`${tags[0]?.tag}: alias of bo “Yes, for two”`, `${tags[1]?.tag}: alias of cleo “We do, too”`].sort(),
  )
  await texts(ana, tags[1]?.tag ?? '')
  await texts(ana, `${tags[0]?.tag} Thank you`)
  await texts(ana, 'ALL: see you on Sunday')
  const heard = await house.rows(
    `select m.body, array_agg(o.alias order by o.alias) as by from message m join placement l using (account_id, message_id)
     join participant o on o.interaction_id = l.interaction_id and o.role = 'responder'
     join person v on v.person_id = m.person_id and v.kind = 'visitor' group by m.message_id, m.body order by m.message_id`,
  )
  expect(heard.slice(-3)).toEqual([
    { body: 'At what price?', by: ['alias of cleo'] },
    { body: 'Thank you', by: ['alias of bo'] },
    { body: 'see you on Sunday', by: ['alias of bo', 'alias of cleo'] },
  ])
})

test('A15 what comes back to a phone is the words alone, from the number that was written to, also once it was given up', async () => {
  await aSite()
  await anOwnAddress(house, 'sms', '+4759440002', 'both')
  await texts(ana, 'Do you rent kayaks?')
  const [begun] = await conversations()
  const [offer] = await house.offers(begun?.conversation_id as never)
  if (!offer) throw new Error('nobody was asked')
  await house.answer(offer, 'Yes, we do')
  const phones = new LinesChannel('sms')
  const { outbox } = await startOutbox(house, phones)
  await waitFor('both texts', async () => phones.given.length >= 2)
  await outbox.stop()
  expect(phones.read().sort((a, b) => b.text.localeCompare(a.text))).toEqual([
    { from: number, text: 'You are talking to Fjord & Field. Just reply here to go on.' },
    { from: number, text: 'Yes, we do' },
  ])
  await house.rows(`update own_address set state = 'retired' where value = $1`, [number])
  expect(await texts(ana, 'For two?')).toMatchObject({ outcome: 'accepted' })
  expect((await everythingSaid(house)).at(-1)).toMatchObject({ conversation: begun?.conversation_id, text: 'For two?' })
  // Nobody begins anything there any more.
  expect(await texts(bo, 'Hello?')).toMatchObject({ outcome: 'refused', because: 'unknown-address' })
})
