import { newId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeAttachments } from '../../attachments/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { accepted } from '../../test-house.fixture.ts'
import { tablesHolding } from './tables-holding.fixture.ts'

let rig: OperationRig
beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

/** What somebody is told to be sealed, by kind. */
async function told(person: PersonId) {
  const { views } = await rig.sees(person)
  return {
    conversations: views.filter(({ sealed }) => sealed).length,
    tickets: views.flatMap(({ tickets = [] }) => tickets).filter(({ sealed }) => sealed).length,
    interactions: views.flatMap(({ interactions }) => interactions).flatMap(({ id, sealed }) => (sealed ? [id] : [])),
  }
}

test('a message, an interaction or a ticket that is sealed lies open nowhere, and what stands beside it lies as it did (C9)', async () => {
  const { people } = rig
  const { visitor, conversation, intake, exchanges } = await rig.question('olga', 'otto')
  const [one = '', other = ''] = exchanges
  const seal = (by: PersonId, what: object) => rig.does(by, 'seal', what)
  await rig.does(people.olga, 'set-fields', { what: { interaction: one }, name: 'a nightingale corner' })
  const kestrel = await rig.say(people.olga, { interaction: one }, 'hear the kestrel')
  await rig.say(people.olga, { interaction: one }, 'hear the nightingale')
  await rig.say(people.otto, { interaction: other }, 'hear the wren')

  // One message: who wrote it, and who watches.
  expect(await seal(people.otto, { message: kestrel })).toMatchObject({ refusal: 'not-there' })
  expect(await seal(people.olga, { message: newId() })).toMatchObject({ refusal: 'not-there' })
  expect(await seal(visitor, { message: kestrel })).toMatchObject({ refusal: 'not-allowed' })
  expect(await seal(people.olga, { message: kestrel, interaction: one })).toMatchObject({
    refusal: 'malformed-request',
  })
  const done = { ok: true, result: { conversation, message: kestrel, undoable: false } }
  expect(await seal(people.olga, { message: kestrel })).toMatchObject(done)
  expect(await seal(people.olga, { message: kestrel })).toMatchObject({ refusal: 'wrong-state' })
  expect(await tablesHolding(rig, 'kestrel')).toEqual([])
  expect(await tablesHolding(rig, 'nightingale')).toEqual(['interaction', 'message'])
  expect((await rig.messages(visitor, one)).filter(({ sealed }) => sealed).map(({ text }) => text)).toEqual([
    'hear the kestrel',
  ])

  // One interaction, with its name: whoever manages it, and who watches.
  expect(await seal(people.olga, { interaction: one })).toMatchObject({ refusal: 'not-allowed' })
  expect(await seal(people.otto, { interaction: one })).toMatchObject({ refusal: 'not-there' })
  expect(await seal(people.sue, { interaction: one })).toMatchObject({ ok: true })
  expect(await seal(people.sue, { interaction: one })).toMatchObject({ refusal: 'wrong-state' })
  expect(await told(people.olga)).toEqual({ conversations: 0, tickets: 0, interactions: [one] })
  expect(await told(visitor)).toEqual({ conversations: 0, tickets: 0, interactions: [] })
  await rig.say(visitor, { interaction: one }, 'the nightingale again')
  const opened = await rig.does(people.olga, 'open-backchannel', { from: one, name: 'of nightingales' })
  const behind = opened.ok ? (opened.result.interaction ?? '') : ''
  await rig.say(people.olga, { interaction: behind }, 'between us: a nightingale')
  expect(await seal(people.olga, { interaction: behind })).toMatchObject({ refusal: 'wrong-state' })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  expect(await tablesHolding(rig, 'wren')).toEqual(['message'])

  // The ticket, with what was asked and quoted to others; what is opened in it later, too.
  expect(await tablesHolding(rig, 'the question')).toEqual(['message', 'offer'])
  const ticket = (await rig.sees(people.olga)).views[0]?.tickets?.[0]?.id ?? ''
  expect(await seal(people.olga, { ticket })).toMatchObject({ refusal: 'not-allowed' })
  expect(await seal(people.sue, { ticket })).toMatchObject({ ok: true, result: { ticket } })
  expect(await told(people.otto)).toEqual({ conversations: 0, tickets: 1, interactions: [intake, other] })
  await rig.say(visitor, { conversation }, 'a wren for all')
  expect(await tablesHolding(rig, 'wren')).toEqual([])
  expect(await tablesHolding(rig, 'the question')).toEqual([])
  expect((await rig.sees(visitor)).texts[other]).toEqual(['answer of otto', 'hear the wren', 'a wren for all'])
})

test('who opened a backchannel seals it, and something can be said, filed or whispered sealed from the start (C9 E6 C7)', async () => {
  const { house, people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const opened = await rig.does(people.olga, 'open-backchannel', { from: exchanges[0], name: 'a robin' })
  const behind = opened.ok ? (opened.result.interaction ?? '') : ''
  await rig.say(people.olga, { interaction: behind }, 'one robin')
  expect(await rig.does(people.olga, 'seal', { interaction: behind })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'robin')).toEqual([])
  const say = house.say(visitor, { conversation }, 'only for you: a siskin')
  accepted(await house.node.road.say({ ...say, encryption: 'sealed' }))
  expect(await tablesHolding(rig, 'siskin')).toEqual([])
  await rig.say(visitor, { conversation }, 'a finch for everyone')
  expect(await tablesHolding(rig, 'finch')).toEqual(['message'])
  const exchange = exchanges[0] ?? ''
  const { account } = house.account
  const { kept } = await house.node.db.write(account, (tx) =>
    storeAttachments(tx, {
      ...{ account, person: people.olga, maxBytes: 1_000, now: house.clock.now() },
      files: [{ name: 'linnet.txt', type: 'text/plain', bytes: Buffer.from('a linnet sings'), inline: false }],
    }),
  )
  const said = {
    text: 'a linnet, on the phone',
    at: house.clock.now().toISOString(),
    by: { name: 'Linnet' },
    over: 'linnet call',
  }
  const filed = { interaction: exchange, said: { ...said, attachments: kept, sealed: true } }
  expect(await rig.does(people.olga, 'file', filed)).toMatchObject({ ok: true })
  const whispered = await rig.does(people.sue, 'whisper', { interaction: exchange, text: 'a wagtail', sealed: true })
  const whispering = whispered.ok ? (whispered.result.interaction ?? '') : ''
  await rig.does(people.sue, 'whisper', { interaction: exchange, text: 'a dunnock', sealed: false })
  expect(await tablesHolding(rig, 'linnet')).toEqual([])
  expect(await tablesHolding(rig, 'wagtail')).toEqual([])
  expect(await tablesHolding(rig, 'dunnock')).toEqual(['message'])
  const open = await house.rows(
    'select 1 from attachment a join blob b using (account_id, blob_id) where not b.own_key',
  )
  expect(open).toEqual([])
  const read = async (interaction: string) =>
    (await rig.messages(people.olga, interaction)).map(({ text, sealed }) => [text, sealed === true])
  expect(await read(exchange)).toEqual([
    ['answer of olga', false],
    ['only for you: a siskin', true],
    ['a finch for everyone', false],
    ['a linnet, on the phone', true],
  ])
  expect(await read(whispering)).toEqual([
    ['a wagtail', true],
    ['a dunnock', false],
  ])
})

test('sealed words stay so wherever they are placed in their conversation, and leave it only for where everything is sealed; open ones are sealed where they come to (C9 C4)', async () => {
  const { people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga', 'otto')
  const [from = '', to = ''] = exchanges
  const elsewhere = await rig.question('olga')
  await rig.does(people.ada, 'grant', { interaction: to, person: people.olga, from: 1 })
  await rig.does(people.ada, 'add', { interaction: to, people: [people.olga] })
  const sealed = await rig.say(people.olga, { interaction: from }, 'a bullfinch')
  await rig.does(people.olga, 'seal', { message: sealed })
  const copy = (message: string, into: string) => rig.does(people.olga, 'copy', { messages: [message], from, to: into })
  expect(await copy(sealed, elsewhere.exchanges[0] ?? '')).toMatchObject({ refusal: 'sealed' })
  expect(await copy(sealed, to)).toMatchObject({ ok: true })
  expect((await rig.messages(people.otto, to)).at(-1)).toMatchObject({
    text: 'a bullfinch',
    sealed: true,
    copied: true,
  })
  expect(await tablesHolding(rig, 'bullfinch')).toEqual([])

  const open = await rig.say(people.olga, { interaction: from }, 'a goldcrest')
  expect(await rig.does(people.sue, 'seal', { interaction: to })).toMatchObject({ ok: true })
  expect(await copy(open, to)).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'goldcrest')).toEqual([])
  expect((await rig.sees(visitor)).texts[from]).toContain('a goldcrest')

  // What would go on in the open is not merged; what has come from elsewhere is sealed with the rest.
  expect(await rig.does(people.sue, 'merge', { into: { interaction: from }, from: { interaction: to } })).toMatchObject(
    {
      refusal: 'sealed',
    },
  )
  const far = await rig.say(people.olga, { interaction: elsewhere.exchanges[0] ?? '' }, 'a far dipper')
  const brought = { messages: [far], from: elsewhere.exchanges[0], to: from }
  expect(await rig.does(people.olga, 'copy', brought)).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'dipper')).toEqual(['message'])
  expect(await rig.does(people.sue, 'seal', { conversation })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'dipper')).toEqual([])
  expect((await rig.sees(people.olga)).texts[elsewhere.exchanges[0] ?? '']).toContain('a far dipper')
})

test('an exchange keeps what its ticket named wherever it is moved, and what comes to a sealed ticket is sealed (C9 C4)', async () => {
  const { people } = rig
  const { exchanges } = await rig.question('olga', 'otto')
  const [first = '', second = ''] = exchanges
  const ticketOf = async (interaction: string) => {
    const query = 'select ticket_id as id from interaction where interaction_id = $1'
    return (await rig.house.rows<{ id: string }>(query, [interaction]))[0]?.id ?? ''
  }
  const whole = await ticketOf(first)
  const splitOff = (interaction: string) =>
    rig.does(people.sue, 'split', { ticket: whole, interactions: [interaction] })
  const mergeBack = async (interaction: string) =>
    rig.does(people.sue, 'merge', { into: { ticket: whole }, from: { ticket: await ticketOf(interaction) } })
  expect(await splitOff(second)).toMatchObject({ ok: true })
  expect(await rig.does(people.sue, 'seal', { ticket: await ticketOf(second) })).toMatchObject({ ok: true })
  expect(await mergeBack(second)).toMatchObject({ ok: true })
  await rig.say(people.otto, { interaction: second }, 'a fieldfare, moved')
  expect(await tablesHolding(rig, 'fieldfare')).toEqual([])

  expect(await splitOff(first)).toMatchObject({ ok: true })
  await rig.say(people.olga, { interaction: first }, 'a redwing, open')
  expect(await rig.does(people.sue, 'seal', { ticket: whole })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'redwing')).toEqual(['message'])
  expect(await mergeBack(first)).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'redwing')).toEqual([])
})

/** Of which conversations' keys something is sealed in any row. */
async function sealedFor(conversation: string): Promise<string[]> {
  return tablesHolding(rig, `u0001sealed1.c.${conversation}`)
}

test('undone, a merge with what is sealed leaves each with its own key: erasing one takes all of its own, and the other is read (C9 C4)', async () => {
  const { people } = rig
  const kept = await rig.question('olga')
  const back = await rig.question('olga')
  await rig.does(people.sue, 'set-fields', { what: { conversation: back.conversation }, name: 'about a linnet' })
  await rig.does(people.sue, 'seal', { conversation: kept.conversation })
  await rig.say(kept.visitor, { conversation: kept.conversation }, 'a sealed heron')
  await rig.say(back.visitor, { conversation: back.conversation }, 'an open linnet')
  const both = { into: { conversation: kept.conversation }, from: { conversation: back.conversation } }
  const merged = await rig.does(people.sue, 'merge', both)
  await rig.say(back.visitor, { interaction: back.exchanges[0] ?? '' }, 'a linnet meanwhile')
  expect(await tablesHolding(rig, 'linnet')).toEqual([])
  const undone = { operation: merged.ok ? merged.result.operation : '' }
  expect(await rig.does(people.sue, 'undo', undone)).toMatchObject({ ok: true })
  // What was sealed stays so, and lies under no key but its own.
  expect(await tablesHolding(rig, 'linnet')).toEqual([])
  const [row] = await rig.house.rows<{ count: number }>(
    `select count(*)::int as count from message where conversation_id = $1 and body not like $2`,
    [back.conversation, `_sealed1.c.${back.conversation}.%`],
  )
  expect(row?.count).toBe(0)
  expect(await rig.does(people.ada, 'erase', { conversation: kept.conversation })).toMatchObject({ ok: true })
  expect(await sealedFor(kept.conversation)).toEqual([])
  const read = (await rig.sees(people.olga)).texts[back.exchanges[0] ?? '']
  expect(read).toEqual(['answer of olga', 'an open linnet', 'a linnet meanwhile'])
  expect((await rig.sees(people.olga)).views.map(({ name, sealed }) => [name, sealed])).toEqual([
    ['about a linnet', true],
  ])
  expect(await rig.does(people.ada, 'erase', { conversation: back.conversation })).toMatchObject({ ok: true })
  expect(await sealedFor(back.conversation)).toEqual([])
})

test('what is told the next of an exchange that is sealed is sealed, too (C9 A16)', async () => {
  const { people } = rig
  const { exchanges } = await rig.question('olga')
  expect(await rig.does(people.sue, 'seal', { interaction: exchanges[0] })).toMatchObject({ ok: true })
  const ticket = (await rig.sees(people.olga)).views[0]?.tickets?.[0]?.id
  const handedOn = { ticket, to: { people: [people.otto] }, note: 'they sing like a nightingale' }
  expect(await rig.does(people.olga, 'transfer', handedOn)).toMatchObject({ ok: true })
  expect(Object.values((await rig.sees(people.otto)).texts).flat()).toContain('they sing like a nightingale')
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
})

test('who goes on from an exchange that is sealed does so sealed: by a hand-over at once, and found after it (C9 A16)', async () => {
  const { people, house } = rig
  const { exchanges, conversation, visitor } = await rig.question('olga')
  const to = { conversation }
  expect(await rig.does(people.sue, 'seal', { interaction: exchanges[0] })).toMatchObject({ ok: true })
  const ticket = (await rig.sees(people.olga)).views[0]?.tickets?.[0]?.id
  const handed = await rig.does(people.sue, 'transfer', { ticket, to: { people: [people.otto] } })
  if (!handed.ok) throw new Error(handed.refusal)
  const goesOnIn = async () => {
    const open = await house.rows<{ id: string; encryption: string }>(
      `select interaction_id as id, encryption from interaction where kind = 'exchange' and state = 'open' and conversation_id = $1`,
      [conversation],
    )
    expect(open).toMatchObject([{ encryption: 'sealed' }])
    return open[0]?.id
  }
  const interaction = await goesOnIn()
  await rig.say(visitor, to, 'a nightingale again')
  expect(Object.values((await rig.sees(people.otto)).texts).flat()).toContain('a nightingale again')

  expect(await rig.does(people.otto, 'leave', { interaction })).toMatchObject({ ok: true })
  const asked = (await house.offers(conversation)).find(({ person }) => person === people.bo)
  if (!asked) throw new Error('nobody is asked')
  const answered = await house.answer(asked, 'here I am, little nightingale', { desk: true })
  expect(answered).toMatchObject({ outcome: 'admitted', interaction: await goesOnIn() })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
})

test('sealed words of who asks beside somebody else are quoted sealed to whoever is asked (C9 C4)', async () => {
  const { house, people } = rig
  const a = await rig.question('olga')
  const b = await rig.question()
  const [into, from] = [{ conversation: a.conversation }, { conversation: b.conversation }]
  expect(await rig.does(people.sue, 'merge', { into, from })).toMatchObject({ ok: true })
  const to = { conversation: a.conversation }
  accepted(await house.node.road.say({ ...house.say(b.visitor, to, 'a nightingale'), encryption: 'sealed' }))
  await rig.say(b.visitor, to, 'anybody?')
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  const kestrel = await rig.say(b.visitor, to, 'or a kestrel')
  expect(await rig.does(b.visitor, 'seal', { message: kestrel })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'kestrel')).toEqual([])
  const [asked] = await house.rows<{ excerpt: string }>(
    `select excerpt from offer where person_id = $1 and state = 'open' and encryption = 'sealed'`,
    [people.bo],
  )
  expect(asked?.excerpt).toContain(`~${b.visitor}`)
})
