import { expect, test } from 'vitest'
import { mayRead } from '../point-of-view.ts'
import { applyChanges, spansOfRights } from './apply-changes.ts'
import type { InteractionShape, PlaceShape, Right, Shape } from './shape.ts'
import { type Transfer, transfer } from './transfer.ts'
import { undoChanges } from './undo-changes.ts'

let ids = 0
const newId = () => `new-${++ids}`

const place = (id: string, interaction: string, role: PlaceShape['role'] = 'responder'): PlaceShape => ({
  ...{ id, interaction, role, person: id.split('@')[0] ?? '', manages: false, left: false },
})
const right = (person: string, interaction: string, from = 1, to: number | null = null): Right => ({
  ...{ id: `${person}@${interaction}`, person, interaction, from, to, basis: 'member', by: null },
})
const interaction = (id: string, kind: InteractionShape['kind']): InteractionShape => ({
  ...{ id, ticket: 'ticket', parent: kind === 'intake' ? null : 'intake', kind, purpose: 'talk', state: 'open' },
  ...{ mergedInto: null, withdrawn: [] },
})

/** Ana asks; Olga answers her, and Bo does apart from her; the concierge has the intake still. */
function aTicket(change: Partial<Shape> = {}): Shape {
  const interactions = [
    interaction('intake', 'intake'),
    interaction('olgas', 'exchange'),
    interaction('bos', 'exchange'),
  ]
  const rights = [
    ...['intake', 'olgas', 'bos'].map((id) => right('ana', id)),
    ...[right('olga', 'olgas'), right('bo', 'bos'), right('script', 'intake')],
  ]
  const byId = new Map(interactions.map((one) => [one.id, one]))
  return {
    ...{ conversation: 'talk', kind: 'outside', visitor: 'ana', state: 'open' },
    tickets: [{ id: 'ticket', intake: 'intake', state: 'open', parent: null, mergedInto: null }],
    interactions: byId,
    participants: [
      place('ana@intake', 'intake', 'initiator'),
      place('script@intake', 'intake', 'virtual'),
      place('ana@olgas', 'olgas', 'initiator'),
      place('olga@olgas', 'olgas'),
      place('ana@bos', 'bos', 'initiator'),
      place('bo@bos', 'bos'),
    ],
    rights,
    spans: spansOfRights(rights, byId),
    lastPositions: new Map([
      ['intake', 2],
      ['olgas', 5],
      ['bos', 3],
    ]),
    ...change,
  }
}

const wanted = (change: Partial<Transfer> = {}): Transfer => ({
  ...{ ticket: 'ticket', by: 'olga', watches: false, to: 'otto', meant: ['otto'], history: 'all', circle: 'private' },
  ...change,
})

function done(shape: Shape, change: Partial<Transfer> = {}) {
  const decided = transfer(shape, wanted(change), newId)
  if (!decided.ok) throw new Error(decided.refusal)
  const [after] = applyChanges([shape], decided.changes)
  if (!after) throw new Error('nothing is left')
  return { ...decided, after, reads: (person: string, id: string) => mayRead(after.spans.get(person) ?? [], id) }
}

test('C5 who gives a ticket away gives their own part: rights end where it stands, and others stay', () => {
  const { from, after, reads } = done(aTicket())
  expect(from.map(({ id }) => id)).toEqual(['olga@olgas', 'script@intake'])
  expect(reads('olga', 'olgas')).toEqual([{ from: 1, to: 5 }])
  expect(reads('bo', 'bos')).toEqual([{ from: 1, to: null }])
  expect([after.interactions.get('olgas')?.state, after.interactions.get('bos')?.state]).toEqual(['closed', 'open'])
})

test('A16 C5 who gets it has an exchange with who asks, and of before what policy gives: the intake and what is over', () => {
  const { interaction: exchange, after, reads } = done(aTicket())
  expect(reads('otto', exchange ?? '')).toEqual([{ from: 1, to: null }])
  expect(reads('ana', exchange ?? '')).toEqual([{ from: 1, to: null }])
  expect(reads('otto', 'intake')).toEqual([{ from: 1, to: 2 }])
  expect(reads('otto', 'olgas')).toEqual([{ from: 1, to: 5 }])
  // What goes on with somebody else is not given.
  expect(reads('otto', 'bos')).toEqual([])
  expect(after.participants.filter(({ interaction: id }) => id === exchange).map(({ person }) => person)).toEqual([
    'ana',
    'otto',
  ])
  const nothing = done(aTicket(), { history: 'none' })
  expect([nothing.reads('otto', 'intake'), nothing.reads('otto', 'olgas')]).toEqual([[], []])
})

test('C5 where all who answer share one exchange it goes on, without the first and with the second', () => {
  const { interaction: exchange, after, reads } = done(aTicket(), { circle: 'shared' })
  expect(exchange).toBe('olgas')
  expect(after.interactions.get('olgas')?.state).toBe('open')
  expect(reads('otto', 'olgas')).toEqual([{ from: 1, to: null }])
  expect(done(aTicket(), { circle: 'shared', history: 'none' }).reads('otto', 'olgas')).toEqual([{ from: 6, to: null }])
})

test('C5 a supervisor without a place takes it from everybody; asked first, nobody has it yet', () => {
  const { from, interaction: exchange, after } = done(aTicket(), { by: 'sue', watches: true, to: null, meant: [] })
  expect(from.map(({ person }) => person).toSorted()).toEqual(['bo', 'olga', 'script'])
  expect(exchange).toBeNull()
  expect(after.participants.filter(({ left, role }) => !left && role !== 'initiator')).toEqual([])
})

test('C4 C5 undone, the first has it again from here on, and the second no more', () => {
  const shape = aTicket()
  const { changes, after, interaction: exchange } = done(shape)
  const later = { ...after, lastPositions: new Map([...after.lastPositions, [exchange ?? '', 4]] as const) }
  const [undone] = applyChanges([later], undoChanges(changes, [later], newId))
  if (!undone) throw new Error('nothing is left')
  const reads = (person: string, id: string) => mayRead(undone.spans.get(person) ?? [], id)
  expect(reads('olga', 'olgas')).toEqual([{ from: 1, to: null }])
  expect(reads('otto', exchange ?? '')).toEqual([{ from: 1, to: 4 }])
  expect([reads('otto', 'intake'), reads('otto', 'olgas')]).toEqual([[], []])
  expect(undone.interactions.get('olgas')?.state).toBe('open')
})

test.each<[string, Partial<Shape>, Partial<Transfer>, string]>([
  ['of no ticket of this conversation', {}, { ticket: 'other' }, 'not-there'],
  ['in a closed conversation', { state: 'closed' }, {}, 'conversation-closed'],
  ['in somebody’s own space', { kind: 'own' }, {}, 'wrong-state'],
  ['by who has no place and does not watch', {}, { by: 'cleo' }, 'not-allowed'],
  ['by who asks', {}, { by: 'ana' }, 'not-allowed'],
  ['to who asks', {}, { to: 'ana', meant: ['ana'] }, 'asks-here'],
  ['to oneself', {}, { to: 'olga', meant: ['olga'] }, 'wrong-state'],
  ['to who has it already', {}, { to: null, meant: ['otto', 'bo'] }, 'wrong-state'],
])('a transfer %s is refused', (_, shape, change, refusal) => {
  expect(transfer(aTicket(shape), wanted(change), newId)).toEqual({ ok: false, refusal })
})

test('who watched a shared exchange gets the ticket at the place that they have there', () => {
  const watching = place('otto@olgas', 'olgas', 'observer')
  const shape = aTicket()
  const decided = transfer(
    { ...shape, participants: [...shape.participants, watching] },
    wanted({ circle: 'shared' }),
    newId,
  )
  expect(decided).toMatchObject({ ok: true, interaction: 'olgas', place: watching.id })
  if (!decided.ok) return
  const [after] = applyChanges([{ ...shape, participants: [...shape.participants, watching] }], decided.changes)
  expect(after?.participants.find(({ id }) => id === watching.id)).toMatchObject({ role: 'responder', left: false })
})
