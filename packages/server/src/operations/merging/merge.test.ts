import { newId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { accepted, storyOf } from '../../test-house.fixture.ts'
import { listOperations } from './list-operations.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

/** Everything that everyone of these reads, by interaction. */
async function readings(people: readonly PersonId[]) {
  return Promise.all(people.map(async (person) => (await rig.sees(person)).texts))
}

test('what belonged to one conversation belongs to the other; nobody reads more or less by it, and its old id leads on (C4)', async () => {
  const { people } = rig
  const { olga, otto, bo } = people
  const a = await rig.question('olga')
  const b = await rig.question('olga', 'bo')
  const everyone = [a.visitor, b.visitor, olga, otto, bo]
  const before = await readings(everyone)
  const merged = await rig.does(olga, 'merge', {
    into: { conversation: a.conversation },
    from: { conversation: b.conversation },
  })
  expect(merged).toMatchObject({ ok: true, result: { conversation: a.conversation, undoable: true } })
  expect(await readings(everyone)).toEqual(before)
  for (const person of [b.visitor, bo]) {
    expect((await rig.sees(person)).views.map(({ id }) => id)).toEqual([a.conversation])
  }
  // Whoever holds the old id goes on where it leads: to those whom they reached before, and to nobody else.
  await rig.say(b.visitor, { conversation: b.conversation }, 'to the old id')
  const after = await readings(everyone)
  expect(after[0]).toEqual(before[0])
  expect(after[4]?.[b.exchanges[1] ?? '']).toEqual([...(before[4]?.[b.exchanges[1] ?? ''] ?? []), 'to the old id'])
  expect(after[2]?.[b.exchanges[0] ?? '']?.at(-1)).toBe('to the old id')
  expect(after[2]?.[a.exchanges[0] ?? '']).toEqual(before[2]?.[a.exchanges[0] ?? ''])
})

test('undone, everything is where it was, with what was said there since (C4)', async () => {
  const { olga, sue } = rig.people
  const a = await rig.question('olga')
  const b = await rig.question('olga')
  const input = { into: { conversation: a.conversation }, from: { conversation: b.conversation } }
  const merged = await rig.does(olga, 'merge', input)
  if (!merged.ok) throw new Error(merged.refusal)
  await rig.say(b.visitor, { conversation: b.conversation }, 'since')
  expect(await rig.does(sue, 'undo', { operation: merged.result.operation })).toMatchObject({ ok: true })
  const { views, texts } = await rig.sees(b.visitor)
  expect(views.map(({ id, state }) => ({ id, state }))).toEqual([{ id: b.conversation, state: 'open' }])
  expect(texts[b.exchanges[0] ?? '']).toEqual(['answer of olga', 'since'])
  expect((await storyOf(rig.house, b.conversation as never)).map(({ text }) => text)).toContain('since')
  expect((await storyOf(rig.house, a.conversation as never)).map(({ text }) => text)).not.toContain('since')
  await rig.say(b.visitor, { conversation: b.conversation }, 'and on')
  expect((await rig.sees(olga)).texts[b.exchanges[0] ?? '']).toEqual(['answer of olga', 'since', 'and on'])
  // Merged again it is another operation; the first cannot be undone twice.
  expect(await rig.does(olga, 'undo', { operation: merged.result.operation })).toMatchObject({
    refusal: 'nothing-to-undo',
  })
  expect(await rig.does(olga, 'merge', input)).toMatchObject({ ok: true })
})

test('who has no part in one of the two, who may not, and what does not go together are told apart as they may be', async () => {
  const { olga, otto, bo, sue, ada } = rig.people
  const a = await rig.question('olga', 'bo')
  const b = await rig.question('olga', 'bo')
  const foreign = await rig.question('otto')
  const [one = '', other = ''] = a.exchanges
  const merge = (who: PersonId, into: object, from: object, more = {}) =>
    rig.does(who, 'merge', { into, from, ...more })
  const A = { conversation: a.conversation }
  const B = { conversation: b.conversation }
  const refused: [PersonId, object, object, string][] = [
    [otto, A, B, 'not-there'],
    [olga, A, { conversation: foreign.conversation }, 'not-there'],
    [olga, { conversation: foreign.conversation }, A, 'not-there'],
    [olga, A, { conversation: newId() }, 'not-there'],
    [bo, A, B, 'not-allowed'],
    [bo, A, { conversation: foreign.conversation }, 'not-there'],
    [a.visitor, A, A, 'not-allowed'],
    [olga, A, A, 'wrong-state'],
    [olga, A, { interaction: one }, 'malformed-request'],
    [olga, { interaction: one }, { interaction: b.exchanges[0] ?? '' }, 'not-together'],
    [olga, { interaction: one }, { interaction: a.intake }, 'not-together'],
    [sue, { interaction: one }, { interaction: one }, 'wrong-state'],
    // Two who ask do not come into one exchange, and what one part of it is hidden from is not there for them.
    [olga, { interaction: one }, { interaction: other }, 'not-there'],
  ]
  for (const [who, into, from, refusal] of refused) {
    expect
      .soft(await merge(who, into, from), JSON.stringify({ into, from, refusal }))
      .toMatchObject({ ok: false, refusal })
  }
  expect(await merge(ada, A, B)).toMatchObject({ ok: true })
  expect(await merge(olga, A, B)).toMatchObject({ refusal: 'wrong-state' })
  expect(await merge(olga, B, A)).toMatchObject({ refusal: 'wrong-state' })
  const twoAskers = await merge(sue, { interaction: one }, { interaction: b.exchanges[0] ?? '' })
  expect(twoAskers).toMatchObject({ refusal: 'not-together' })
})

test('a closed conversation is merged into one that goes on and takes no more; one that goes on is not merged into a closed one', async () => {
  const { olga } = rig.people
  const a = await rig.question('olga')
  const b = await rig.question('olga')
  await rig.does(olga, 'close', { what: { conversation: b.conversation } })
  const [A, B] = [{ conversation: a.conversation }, { conversation: b.conversation }]
  expect(await rig.does(olga, 'merge', { into: B, from: A })).toMatchObject({ refusal: 'conversation-closed' })
  const merged = await rig.does(olga, 'merge', { into: A, from: B })
  if (!merged.ok) throw new Error(merged.refusal)
  await expect(rig.say(b.visitor, { interaction: b.exchanges[0] ?? '' }, 'late')).rejects.toThrow('interaction-closed')
  accepted(await rig.house.node.road.say(rig.house.say(a.visitor, { conversation: a.conversation as never }, 'on')))
  expect(await rig.does(olga, 'undo', { operation: merged.result.operation })).toMatchObject({ ok: true })
  expect(await rig.does(olga, 'reopen', { what: B })).toMatchObject({ ok: true })
  expect((await rig.sees(b.visitor)).views[0]).toMatchObject({ id: b.conversation, state: 'open' })
})

test('an interaction goes on in another: who is in it comes along from there on, and its relay addresses lead there (C4)', async () => {
  const { olga, bo, sue } = rig.people
  const { conversation, visitor, exchanges } = await rig.question('olga', 'bo')
  const [into = '', from = ''] = exchanges
  await rig.say(olga, { interaction: into }, 'before')
  const merged = await rig.does(sue, 'merge', { into: { interaction: into }, from: { interaction: from } })
  if (!merged.ok) throw new Error(merged.refusal)
  await rig.say(olga, { interaction: into }, 'after')
  expect((await rig.sees(bo)).texts[into]).toEqual(['after'])
  expect((await rig.sees(bo)).texts[from]).toEqual(['answer of bo'])
  await expect(rig.say(bo, { interaction: from }, 'closed')).rejects.toThrow('interaction-closed')
  expect(await rig.does(sue, 'reopen', { what: { interaction: from } })).toMatchObject({ refusal: 'wrong-state' })
  await rig.does(sue, 'undo', { operation: merged.result.operation })
  await rig.say(olga, { interaction: into }, 'undone')
  await rig.say(bo, { interaction: from }, 'open again')
  expect((await rig.sees(bo)).texts[into]).toEqual(['after'])
  await rig.say(visitor, { conversation }, 'to both')
  expect((await rig.sees(bo)).texts[from]).toEqual(['answer of bo', 'open again', 'to both'])
})

test('the interactions of one ticket belong to another, which stays, and go back when it is undone (C4)', async () => {
  const { olga } = rig.people
  const a = await rig.question('olga')
  const b = await rig.question('olga')
  await rig.does(olga, 'merge', { into: { conversation: a.conversation }, from: { conversation: b.conversation } })
  const tickets = await rig.house.rows<{ id: string }>(
    'select ticket_id as id from ticket where conversation_id = $1 order by created_at',
    [a.conversation],
  )
  const [into, from] = tickets.map(({ id }) => ({ ticket: id }))
  const before = await readings([a.visitor, b.visitor, olga])
  const merged = await rig.does(olga, 'merge', { into, from })
  if (!merged.ok) throw new Error(merged.refusal)
  const states = () =>
    rig.house.rows('select ticket_id as id, state from ticket where conversation_id = $1 order by created_at', [
      a.conversation,
    ])
  expect(await states()).toEqual([
    { id: into?.ticket, state: 'open' },
    { id: from?.ticket, state: 'closed' },
  ])
  expect(await readings([a.visitor, b.visitor, olga])).toEqual(before)
  await rig.say(b.visitor, { interaction: b.exchanges[0] ?? '' }, 'goes on')
  expect(await rig.does(olga, 'merge', { into, from })).toMatchObject({ refusal: 'wrong-state' })
  await rig.does(olga, 'undo', { operation: merged.result.operation })
  expect(await states()).toMatchObject([{ state: 'open' }, { state: 'open' }])
})

test('what was done is listed, the latest first: all of it to who watches over it, to others what they did themselves', async () => {
  const { olga, otto, sue } = rig.people
  const a = await rig.question('olga', 'otto')
  const b = await rig.question('olga')
  const [A, B] = [{ conversation: a.conversation }, { conversation: b.conversation }]
  const merged = await rig.does(olga, 'merge', { into: A, from: B })
  if (!merged.ok) throw new Error(merged.refusal)
  await rig.does(sue, 'close', { what: { interaction: a.exchanges[1] } })
  await rig.does(sue, 'undo', { operation: merged.result.operation })
  const { account } = rig.house.account
  const lists = async (person: PersonId, role: 'operator' | 'supervisor', conversation = a.conversation) => {
    const listed = await rig.house.node.db.read(account, (db) =>
      listOperations(db, { account, person, role }, conversation),
    )
    return listed?.map(({ name, by, you, undoable, undone }) => ({ name, by, you, undoable, undone })) ?? null
  }
  const [undo, close, merge] = [
    { name: 'undo', by: 'alias of sue', you: true, undoable: false, undone: false },
    { name: 'close', by: 'alias of sue', you: true, undoable: true, undone: false },
    { name: 'merge', by: 'alias of olga', you: false, undoable: false, undone: true },
  ]
  expect(await lists(sue, 'supervisor')).toEqual([undo, close, merge])
  expect(await lists(olga, 'operator')).toEqual([{ ...merge, you: true }])
  expect(await lists(otto, 'operator')).toEqual([])
  expect(await lists(otto, 'operator', b.conversation)).toBeNull()
})

test('what somebody did in a conversation that was merged is listed where they still know what it was done to, and nowhere else', async () => {
  const { olga, otto, sue } = rig.people
  const a = await rig.question('otto', 'olga')
  const b = await rig.question('olga')
  const [of = ''] = b.exchanges
  const { account } = rig.house.account
  const listed = async (person: PersonId) => {
    const who = { account, person, role: 'operator' } as const
    const done = await rig.house.node.db.read(account, (db) => listOperations(db, who, a.conversation))
    return done?.map(({ name }) => name)
  }
  const named = (person: PersonId) =>
    rig.does(person, 'set-fields', { what: { interaction: of }, name: `by ${person}` })
  await rig.does(sue, 'grant', { interaction: of, person: otto, history: 'all' })
  expect(await named(otto)).toMatchObject({ ok: true })
  expect(await named(olga)).toMatchObject({ ok: true })
  await rig.does(sue, 'revoke', { interaction: of, person: otto })
  await rig.does(sue, 'merge', { into: { conversation: a.conversation }, from: { conversation: b.conversation } })
  expect(await listed(otto)).toEqual([])
  expect(await listed(olga)).toEqual(['set-fields'])
  // However often it went on in another.
  const c = await rig.question('olga')
  await rig.does(sue, 'merge', { into: { conversation: c.conversation }, from: { conversation: a.conversation } })
  expect(await listed(olga)).toEqual(['set-fields'])
})
