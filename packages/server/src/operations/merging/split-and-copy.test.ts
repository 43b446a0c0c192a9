import { type InteractionId, newId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { ScriptedChannel, startOutbox } from '../../test-house.fixture.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

const ticketOf = async (conversation: string): Promise<string> => {
  const [row] = await rig.house.rows<{ id: string }>(
    'select ticket_id as id from ticket where conversation_id = $1 order by created_at limit 1',
    [conversation],
  )
  return row?.id ?? ''
}

/** Bo answers from a mailbox: what is said where Bo is goes there. */
async function boByMail(interaction: string) {
  await rig.house.rows(
    `update participant p set medium = 'email', address_id = (select address_id from address a where a.person_id = p.person_id limit 1)
     where person_id = $1 and interaction_id = $2`,
    [rig.people.bo, interaction],
  )
}

test('one matter turns out to be two: messages begin a ticket of their own with other people, and stay where they were (C4)', async () => {
  const { olga, otto, bo, cleo, sue } = rig.people
  const { conversation, visitor, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  const lamp = await rig.say(visitor, { interaction: exchange }, 'the lamp is broken')
  await rig.say(visitor, { interaction: exchange }, 'the chair is fine')
  const bill = await rig.say(visitor, { interaction: exchange }, 'the bill is wrong')
  const before = (await rig.sees(olga)).texts
  const ticket = await ticketOf(conversation)
  const input = { ticket, from: exchange, messages: [bill, lamp], people: [otto, bo], name: 'Bill' }
  const split = await rig.does(olga, 'split', input)
  if (!split.ok) throw new Error(split.refusal)
  const made = split.result.interaction ?? ''
  // In the order in which they were said, for the asking side and the people named, and nobody else.
  for (const person of [visitor, otto, bo]) {
    expect((await rig.sees(person)).texts[made]).toEqual(['the lamp is broken', 'the bill is wrong'])
  }
  expect((await rig.sees(olga)).texts).toEqual(before)
  expect((await rig.sees(cleo)).texts).toEqual({})
  // The author’s name stands over their words, and that they were placed there besides.
  const [first] = await rig.messages(otto, made)
  const view = (await rig.sees(otto)).views[0]?.interactions.find(({ id }) => id === made)
  expect(first).toMatchObject({ copied: true })
  expect(view?.participants.find(({ id }) => id === first?.from)?.role).toBe('initiator')
  await rig.say(otto, { interaction: made }, 'about the bill')
  // Undone, what was placed there is read there no more; what was said there is.
  expect(await rig.does(otto, 'undo', { operation: split.result.operation })).toMatchObject({ refusal: 'not-there' })
  expect(await rig.does(sue, 'undo', { operation: split.result.operation })).toMatchObject({ ok: true })
  expect((await rig.sees(otto)).texts[made]).toEqual(['about the bill'])
  await expect(rig.say(otto, { interaction: made }, 'gone')).rejects.toThrow('not-allowed')
  expect((await rig.sees(olga)).texts).toEqual(before)
})

test('what somebody read only by what was taken back is nothing that they know of any more (C4)', async () => {
  const { olga, otto } = rig.people
  const { conversation, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  const said = await rig.say(olga, { interaction: exchange }, 'the lamp is broken')
  const ticket = await ticketOf(conversation)
  const split = await rig.does(olga, 'split', { ticket, from: exchange, messages: [said], people: [otto] })
  if (!split.ok) throw new Error(split.refusal)
  const interaction = split.result.interaction ?? ''
  expect((await rig.sees(otto)).texts[interaction]).toEqual(['the lamp is broken'])
  expect(await rig.does(olga, 'undo', { operation: split.result.operation })).toMatchObject({ ok: true })
  expect((await rig.sees(otto)).views).toEqual([])
  expect(await rig.does(otto, 'leave', { interaction })).toEqual({ ok: false, refusal: 'not-there' })
})

test('whole interactions go to a ticket of their own, and nobody’s view changes (C4)', async () => {
  const { olga, bo, sue } = rig.people
  const { conversation, visitor, intake, exchanges } = await rig.question('olga', 'bo')
  const [first = '', second = ''] = exchanges
  const ticket = await ticketOf(conversation)
  const before = await Promise.all([visitor, olga, bo].map(async (person) => (await rig.sees(person)).texts))
  const refused: [object, string][] = [
    [{ ticket, interactions: [intake] }, 'wrong-state'],
    [{ ticket, interactions: [newId()] }, 'not-there'],
    [{ ticket: newId(), interactions: [first] }, 'not-there'],
    [{ ticket, interactions: [first], people: [bo] }, 'malformed-request'],
    [{ ticket }, 'malformed-request'],
  ]
  for (const [input, refusal] of refused) expect.soft(await rig.does(sue, 'split', input)).toMatchObject({ refusal })
  expect(await rig.does(olga, 'split', { ticket, interactions: [second] })).toMatchObject({ refusal: 'not-there' })
  expect(await rig.does(bo, 'split', { ticket, interactions: [second] })).toMatchObject({ refusal: 'not-allowed' })
  const split = await rig.does(sue, 'split', { ticket, interactions: [second] })
  if (!split.ok) throw new Error(split.refusal)
  const homes = () =>
    rig.house.rows<{ ticket: string }>('select ticket_id as ticket from interaction where interaction_id = any($1)', [
      [second],
    ])
  expect(await homes()).toEqual([{ ticket: split.result.ticket }])
  expect(await Promise.all([visitor, olga, bo].map(async (person) => (await rig.sees(person)).texts))).toEqual(before)
  await rig.does(sue, 'undo', { operation: split.result.operation })
  expect(await homes()).toEqual([{ ticket }])
})

test('copied messages stand at the end for everyone there, reach mailboxes, and are left out where they stand already (C4)', async () => {
  const { olga, otto, bo, sue } = rig.people
  const { visitor, exchanges } = await rig.question('olga', 'bo')
  const [from = '', to = ''] = exchanges
  await boByMail(to)
  const one = await rig.say(visitor, { interaction: from }, 'one')
  const two = await rig.say(olga, { interaction: from }, 'two')
  // Olga may not write where she is not.
  const input = { messages: [two, one], from, to }
  expect(await rig.does(olga, 'copy', input)).toMatchObject({ refusal: 'not-there' })
  expect(await rig.does(otto, 'copy', input)).toMatchObject({ refusal: 'not-there' })
  const added = await rig.does(sue, 'add', { interaction: to, people: [olga] })
  if (!added.ok) throw new Error(added.refusal)
  const copied = await rig.does(olga, 'copy', input)
  if (!copied.ok) throw new Error(copied.refusal)
  expect(copied.result.messages).toEqual([one, two])
  expect((await rig.sees(bo)).texts[to]?.slice(-2)).toEqual(['one', 'two'])
  expect((await rig.messages(bo, to)).slice(-2)).toMatchObject([{ copied: true }, { copied: true }])
  const mail = new ScriptedChannel()
  const { outbox } = await startOutbox(rig.house, mail)
  await expect
    .poll(() => mail.said('bo@people.test'), { timeout: 30_000 })
    .toEqual(expect.arrayContaining(['one', 'two']))
  await outbox.stop()
  expect(mail.said('bo@people.test').filter((text) => text === 'one')).toHaveLength(1)
  expect(await rig.does(olga, 'copy', input)).toMatchObject({ refusal: 'wrong-state' })
  // The visitor sees one message, whose ticks tell nothing of where else it went.
  const [own] = (await rig.messages(visitor, from)).filter(({ text }) => text === 'one')
  expect(own?.id).toBe(one)
  await rig.does(olga, 'undo', { operation: copied.result.operation })
  expect((await rig.sees(bo)).texts[to]).toEqual(['answer of bo'])
  // Taken back, it may be copied anew, and stands at a position that was never used.
  const again = await rig.does(olga, 'copy', input)
  expect(again).toMatchObject({ ok: true })
  expect((await rig.sees(bo)).texts[to]).toEqual(['answer of bo', 'one', 'two'])
})

test('where its author has no place, a copied message stands under the name of who placed it (C4)', async () => {
  const { olga, bo, sue } = rig.people
  const { visitor, exchanges } = await rig.question('olga', 'bo')
  const [from = '', to = ''] = exchanges
  const said = await rig.say(olga, { interaction: from }, 'only olga said this')
  await rig.does(sue, 'add', { interaction: to, people: [sue] })
  await rig.does(sue, 'grant', { interaction: from, person: sue, history: 'all' })
  const copied = await rig.does(sue, 'copy', { messages: [said], from, to })
  expect(copied).toMatchObject({ ok: true })
  for (const person of [bo, visitor]) {
    const message = (await rig.messages(person, to)).at(-1)
    const view = (await rig.sees(person)).views[0]?.interactions.find(({ id }) => id === to)
    expect(message?.text).toBe('only olga said this')
    expect(view?.participants.find(({ id }) => id === message?.from)?.alias).toBe('alias of sue')
  }
})

test('who placed their own words where they have no place, and then watches there, shows by nothing (C4, law 8)', async () => {
  const { ada, otto } = rig.people
  const { conversation, visitor, exchanges } = await rig.question('otto')
  const from = exchanges[0] ?? ''
  expect(await rig.does(rig.people.sue, 'add', { interaction: from, people: [ada] })).toMatchObject({ ok: true })
  const said = await rig.say(ada, { interaction: from }, 'the lamp is ours')
  const input = { ticket: await ticketOf(conversation), from, messages: [said], people: [otto] }
  const split = await rig.does(ada, 'split', input)
  if (!split.ok) throw new Error(split.refusal)
  const interaction = (split.result.interaction ?? '') as InteractionId
  const read = async () => [await rig.messages(visitor, interaction), await rig.messages(otto, interaction)]
  const before = await read()
  expect(before[0]).toMatchObject([{ from: null, copied: true }])
  expect(await rig.does(ada, 'observe', { interaction })).toMatchObject({ ok: true })
  expect(await read()).toEqual(before)
})

test('linked things point at each other once, until they are unlinked (C4)', async () => {
  const { olga, otto, bo } = rig.people
  const a = await rig.question('olga', 'bo')
  const b = await rig.question('olga', 'bo')
  const [A, B] = [{ conversation: a.conversation }, { conversation: b.conversation }]
  expect(await rig.does(otto, 'link', { a: A, b: B })).toMatchObject({ refusal: 'not-there' })
  expect(await rig.does(bo, 'link', { a: A, b: B })).toMatchObject({ refusal: 'not-allowed' })
  expect(await rig.does(olga, 'link', { a: A, b: A })).toMatchObject({ refusal: 'not-together' })
  expect(await rig.does(olga, 'unlink', { a: A, b: B })).toMatchObject({ refusal: 'wrong-state' })
  const linked = await rig.does(olga, 'link', { a: A, b: B })
  if (!linked.ok) throw new Error(linked.refusal)
  expect((await rig.sees(olga)).views.find(({ id }) => id === a.conversation)?.links).toEqual([
    { of: 'conversation', id: b.conversation, conversation: b.conversation, from: a.conversation },
  ])
  expect(await rig.does(olga, 'link', { a: B, b: A })).toMatchObject({ refusal: 'wrong-state' })
  await rig.does(olga, 'undo', { operation: linked.result.operation })
  expect(await rig.does(olga, 'unlink', { a: B, b: A })).toMatchObject({ refusal: 'wrong-state' })
})

test('what was linked is shown from both ends after it was merged into another, once, and as before when that is undone (C4)', async () => {
  const { olga, ada } = rig.people
  const [a, b, other] = [await rig.question('olga'), await rig.question('olga'), await rig.question('olga')]
  const [A, B, C] = [a, b, other].map(({ conversation }) => ({ conversation }))
  const linksOf = async (conversation: string) =>
    (await rig.sees(olga)).views.find(({ id }) => id === conversation)?.links?.map(({ id, from }) => [from, id])
  await rig.does(olga, 'link', { a: A, b: C })
  await rig.does(olga, 'link', { a: A, b: B })
  await rig.does(olga, 'link', { a: B, b: C })
  const merged = await rig.does(ada, 'merge', { into: B, from: A })
  if (!merged.ok) throw new Error(merged.refusal)
  expect(await linksOf(b.conversation)).toEqual([[b.conversation, other.conversation]])
  expect(await linksOf(other.conversation)).toEqual([[other.conversation, b.conversation]])
  // It is unlinked as it is shown, whatever it was called when it was linked.
  const unlinked = await rig.does(olga, 'unlink', { a: C, b: B })
  if (!unlinked.ok) throw new Error(unlinked.refusal)
  expect(await linksOf(b.conversation)).toBeUndefined()
  await rig.does(olga, 'undo', { operation: unlinked.result.operation })
  expect(await rig.does(ada, 'undo', { operation: merged.result.operation })).toMatchObject({ ok: true })
  expect((await linksOf(a.conversation))?.toSorted()).toEqual(
    [b, other].map(({ conversation }) => [a.conversation, conversation]).toSorted(),
  )
  expect((await linksOf(other.conversation))?.toSorted()).toEqual(
    [a, b].map(({ conversation }) => [other.conversation, conversation]).toSorted(),
  )
})

test('what something later builds on is undone after it; what others did is undone by those who watch over it, and is not there for anybody else', async () => {
  const { olga, otto, bo, sue } = rig.people
  const { exchanges } = await rig.question('olga', 'otto', 'bo')
  const [one = '', other = ''] = exchanges
  const undo = async (person: typeof olga, operation: string) => {
    const undone = await rig.does(person, 'undo', { operation })
    return undone.ok ? 'ok' : undone.refusal
  }
  const first = await rig.does(sue, 'merge', { into: { interaction: one }, from: { interaction: other } })
  if (!first.ok) throw new Error(first.refusal)
  const second = await rig.does(sue, 'merge', { into: { interaction: exchanges[2] ?? '' }, from: { interaction: one } })
  if (!second.ok) throw new Error(second.refusal)
  expect(await undo(sue, first.result.operation)).toBe('built-on')
  expect(await undo(olga, second.result.operation)).toBe('not-there')
  expect(await undo(bo, second.result.operation)).toBe('not-there')
  expect(await undo(otto, newId())).toBe('not-there')
  expect(await undo(sue, second.result.operation)).toBe('ok')
  expect(await undo(sue, second.result.operation)).toBe('nothing-to-undo')
  expect(await undo(sue, first.result.operation)).toBe('ok')
  await rig.say(otto, { interaction: other }, 'open again')
})

test('what was taken back from a ticket is not quoted to whoever is asked about it next (C4)', async () => {
  const { cleo, olga, otto, sue } = rig.people
  const { conversation, visitor, exchanges } = await rig.question('olga')
  const [exchange = ''] = exchanges
  const lamp = await rig.say(visitor, { interaction: exchange }, 'the lamp is broken')
  const bill = await rig.say(visitor, { interaction: exchange }, 'the bill is wrong')
  const ticket = await ticketOf(conversation)
  const split = await rig.does(olga, 'split', { ticket, from: exchange, messages: [bill], people: [olga, otto] })
  if (!split.ok) throw new Error(split.refusal)
  const { ticket: second, interaction: to } = split.result
  const copied = await rig.does(olga, 'copy', { messages: [lamp], from: exchange, to })
  if (!copied.ok) throw new Error(copied.refusal)
  expect(await rig.does(olga, 'undo', { operation: copied.result.operation })).toMatchObject({ ok: true })
  expect(await rig.does(sue, 'transfer', { ticket: second, to: { people: [cleo] } })).toMatchObject({ ok: true })
  const [asked] = await rig.house.rows<{ excerpt: string }>('select excerpt from offer where ticket_id = $1', [second])
  expect(asked?.excerpt).toBe('the bill is wrong')
})

test('a mail about one ticket does not say in its subject what another is about (C3 C4)', async () => {
  const { olga, otto } = rig.people
  const { account, sites } = rig.house.account
  const { conversation, visitor, exchanges } = await rig.question('olga', 'bo')
  const [exchange = '', bos = ''] = exchanges
  const bill = await rig.say(visitor, { interaction: exchange }, 'the bill is wrong')
  const ticket = await ticketOf(conversation)
  const split = await rig.does(olga, 'split', { ticket, from: exchange, messages: [bill], people: [otto] })
  if (!split.ok) throw new Error(split.refusal)
  const billing = newId()
  await rig.house.rows(
    `insert into topic (account_id, topic_id, site_id, position, names) values ($1, $2, $3, 0, '{"en": "Billing"}')`,
    [account, billing, sites[0]?.id],
  )
  await rig.house.rows('update ticket set topic_id = $1 where ticket_id = $2', [billing, split.result.ticket])
  await boByMail(bos)
  await rig.house.rows('update conversation set structure = structure + 1')
  await rig.say(visitor, { interaction: bos }, 'and the lamp?')
  const mail = new ScriptedChannel()
  const { outbox } = await startOutbox(rig.house, mail)
  await expect.poll(() => mail.said('bo@people.test'), { timeout: 30_000 }).toContain('and the lamp?')
  await outbox.stop()
  const subjects = mail.given.filter(({ to }) => to === 'bo@people.test').map(({ thread }) => thread.subject)
  expect(subjects.filter((subject) => subject?.includes('Billing'))).toEqual([])
})
