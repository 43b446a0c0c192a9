import { expect, test } from 'vitest'
import { mayRead } from '../point-of-view.ts'
import { applyChanges } from './apply-changes.ts'
import {
  acceptInvitation,
  addPeople,
  asksOn,
  historyInPositions,
  leaveInteraction,
  mayBringInto,
  openBackchannel,
  removeFrom,
} from './backchannel.ts'
import type { Change } from './changes.ts'
import { observe } from './observe.ts'
import { here, type Shape } from './shape.ts'
import { splitInteractions } from './split.ts'
import type { Who } from './standing-at.ts'
import { whisper } from './whisper.ts'

let made = 0
const newId = () => `new-${++made}`

const olga: Who = { person: 'olga', role: 'operator' }
const otto: Who = { person: 'otto', role: 'operator' }
const bo: Who = { person: 'bo', role: 'responder' }
const sue: Who = { person: 'sue', role: 'supervisor' }
const visitor: Who = { person: 'visitor', role: null }

/** A visitor with an exchange with Olga and Bo in which nine things were said; Olga has the first three not. */
function aShape(): Shape {
  const place = (id: string, interaction: string, person: string, role: 'initiator' | 'responder') => ({
    ...{ id, interaction, person, role },
    ...{ manages: false, left: false },
  })
  const right = (id: string, interaction: string, person: string, from: number) => ({
    ...{ id, interaction, person, from, to: null, basis: 'member' as const, by: null },
  })
  const rights = [
    right('r1', 'intake', 'visitor', 1),
    right('r2', 'exchange', 'visitor', 1),
    right('r3', 'exchange', 'olga', 4),
    right('r4', 'exchange', 'bo', 1),
  ]
  const one = { ticket: 'ticket', state: 'open', mergedInto: null, purpose: 'talk', withdrawn: [] } as const
  return {
    conversation: 'conversation',
    kind: 'outside',
    visitor: 'visitor',
    state: 'open',
    tickets: [{ id: 'ticket', intake: 'intake', state: 'open', parent: null, mergedInto: null }],
    interactions: new Map([
      ['intake', { ...one, id: 'intake', parent: null, kind: 'intake' }],
      ['exchange', { ...one, id: 'exchange', parent: 'intake', kind: 'exchange' }],
    ]),
    participants: [
      place('p1', 'intake', 'visitor', 'initiator'),
      place('p2', 'exchange', 'visitor', 'initiator'),
      place('p3', 'exchange', 'olga', 'responder'),
      place('p4', 'exchange', 'bo', 'responder'),
    ],
    rights,
    spans: new Map(rights.map((each) => [each.person, rights.filter(({ person }) => person === each.person)])),
    lastPositions: new Map([
      ['intake', 2],
      ['exchange', 9],
    ]),
  }
}

function then(shape: Shape, done: { ok: boolean; changes?: readonly Change[] }): Shape {
  if (!done.ok || !done.changes) throw new Error(`refused: ${JSON.stringify(done)}`)
  const [after] = applyChanges([shape], done.changes)
  if (!after) throw new Error('the conversation has gone')
  return after
}

const reads = (shape: Shape, person: string, interaction: string) => mayRead(shape.spans.get(person) ?? [], interaction)
const isIn = (shape: Shape, interaction: string) => here(shape, interaction).map(({ person }) => person)

function opens(by: Who, from = 'exchange') {
  const before = aShape()
  const done = openBackchannel(before, { by, from, name: null, category: null }, newId)
  if (!done.ok) throw new Error(done.refusal)
  return { shape: then(before, done), interaction: done.interaction }
}

test.each([
  ['an operator who answers there', olga, null],
  ['a responder who answers there', bo, null],
  ['a supervisor, who need not be there', sue, null],
  ['an operator who has no part in it', otto, 'not-there'],
  ['the visitor', visitor, 'not-allowed'],
  ['somebody from elsewhere', { person: 'nobody', role: null }, 'not-there'],
] as const)('a backchannel is opened by %s: %s (C3)', (_, by, refusal) => {
  const done = openBackchannel(aShape(), { by, from: 'exchange', name: null, category: null }, newId)
  expect(done.ok ? null : done.refusal).toBe(refusal)
})

test('who opens a backchannel is alone in it and reads it from its first position; nobody’s right in the parent changes (C3)', () => {
  const { shape, interaction } = opens(olga)
  expect(isIn(shape, interaction)).toEqual(['olga'])
  expect(reads(shape, 'olga', interaction)).toEqual([{ from: 1, to: null }])
  for (const person of ['visitor', 'bo']) {
    expect(reads(shape, person, interaction)).toEqual([])
    expect(reads(shape, person, 'exchange')).toEqual(reads(aShape(), person, 'exchange'))
  }
})

test('who asks is in no backchannel of their own exchange, nor in one that was opened from such a one (C3)', () => {
  const first = opens(olga)
  const second = openBackchannel(first.shape, { by: olga, from: first.interaction, name: null, category: null }, newId)
  if (!second.ok) throw new Error(second.refusal)
  const shape = then(first.shape, second)
  expect(asksOn(shape, second.interaction, 'visitor')).toBe(true)
  const adding = { by: olga, interaction: second.interaction, people: ['visitor'], history: 'all' } as const
  expect(addPeople(shape, adding, newId)).toEqual({ ok: false, refusal: 'asks-here' })
  const invited = {
    interaction: second.interaction,
    historyOf: second.interaction,
    history: 'none',
    via: null,
  } as const
  expect(acceptInvitation(shape, { ...invited, by: olga, person: 'visitor' }, newId)).toEqual({
    ok: false,
    refusal: 'asks-here',
  })
})

test('who asks on a ticket that was split off is in no backchannel of its beginning, where they were never (C3 C4)', () => {
  const shape = aShape()
  const splitting = { ticket: 'ticket', name: null, makes: 'second', interactions: ['exchange'] }
  const split = splitInteractions(shape, splitting, newId)
  if (!split.ok) throw new Error(split.refusal)
  const after = then(shape, split)
  const from = after.tickets.find(({ id }) => id === 'second')?.intake ?? ''
  const opened = openBackchannel(after, { by: sue, from, name: null, category: null }, newId)
  if (!opened.ok) throw new Error(opened.refusal)
  const adding = { by: sue, interaction: opened.interaction, people: ['visitor'], history: 'none' } as const
  expect(addPeople(then(after, opened), adding, newId)).toEqual({ ok: false, refusal: 'asks-here' })
})

test('who is added reads from then on; of the parent as much as was given, and no more than its giver reads (C3)', () => {
  const { shape, interaction } = opens(olga)
  const later: Shape = { ...shape, lastPositions: new Map([...shape.lastPositions, [interaction, 5]]) }
  const plain = then(later, addPeople(later, { by: olga, interaction, people: ['otto'], history: 'none' }, newId))
  expect(reads(plain, 'otto', interaction)).toEqual([{ from: 6, to: null }])
  expect(reads(plain, 'otto', 'exchange')).toEqual([])
  const invited = { interaction, person: 'expert', by: olga, history: 'all', historyOf: 'exchange', via: null } as const
  const told = then(later, acceptInvitation(later, invited, newId))
  expect(reads(told, 'expert', 'exchange')).toEqual([{ from: 4, to: 9 }])
  expect(reads(told, 'expert', interaction)).toEqual([{ from: 6, to: null }])
  const bySue = then(later, acceptInvitation(later, { ...invited, by: sue }, newId))
  expect(reads(bySue, 'expert', 'exchange')).toEqual([{ from: 1, to: 9 }])
})

test('a history is counted as its giver counts what they read', () => {
  expect(historyInPositions(aShape(), 'olga', 'exchange', { from: 2 })).toEqual({ from: 5 })
  expect(historyInPositions(aShape(), 'sue', 'exchange', { from: 2 })).toEqual({ from: 2 })
})

test('accepted twice changes nothing; after the end it is refused (C3)', () => {
  const { shape, interaction } = opens(olga)
  const invited = { interaction, person: 'otto', by: olga, history: 'none', historyOf: interaction, via: null } as const
  const once = then(shape, acceptInvitation(shape, invited, newId))
  expect(acceptInvitation(once, invited, newId)).toMatchObject({ ok: true, changes: [] })
  const closed = then(shape, { ok: true, changes: [{ kind: 'state', of: { interaction }, was: 'open', is: 'closed' }] })
  expect(acceptInvitation(closed, invited, newId)).toEqual({ ok: false, refusal: 'interaction-closed' })
  expect(acceptInvitation({ ...shape, state: 'closed' }, invited, newId)).toEqual({
    ok: false,
    refusal: 'conversation-closed',
  })
})

test('in a ticket that is closed nobody is brought in, asked in, whispered to or talked with apart (C3)', () => {
  const { shape, interaction } = opens(olga)
  const closed = { ...shape, tickets: shape.tickets.map((ticket) => ({ ...ticket, state: 'closed' as const })) }
  const refused = { ok: false, refusal: 'interaction-closed' }
  const invited = { interaction, person: 'otto', by: olga, history: 'none', historyOf: interaction, via: null } as const
  expect(acceptInvitation(closed, invited, newId)).toEqual(refused)
  expect(mayBringInto(closed, olga, interaction, 'invite')).toEqual(refused)
  expect(addPeople(closed, { by: olga, interaction, people: ['otto'], history: 'none' }, newId)).toEqual(refused)
  expect(whisper(closed, { by: sue, parent: 'exchange' }, newId)).toEqual(refused)
  expect(openBackchannel(closed, { by: olga, from: 'exchange', name: null, category: null }, newId)).toEqual(refused)
})

test('who leaves or is removed keeps what they read, and gets nothing that is said after; only who manages it removes (C3)', () => {
  const { shape, interaction } = opens(olga)
  const both = then(shape, addPeople(shape, { by: olga, interaction, people: ['otto'], history: 'none' }, newId))
  const said: Shape = { ...both, lastPositions: new Map([...both.lastPositions, [interaction, 3]]) }
  const seat = here(said, interaction).find(({ person }) => person === 'otto')?.id ?? ''
  expect(removeFrom(said, otto, here(said, interaction)[0]?.id ?? '')).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(removeFrom(said, visitor, seat)).toEqual({ ok: false, refusal: 'not-there' })
  for (const done of [removeFrom(said, olga, seat), leaveInteraction(said, otto, interaction)]) {
    const after = then(said, done)
    expect(isIn(after, interaction)).toEqual(['olga'])
    expect(reads(after, 'otto', interaction)).toEqual([{ from: 1, to: 3 }])
  }
  expect(leaveInteraction(said, visitor, interaction)).toEqual({ ok: false, refusal: 'not-there' })
  expect(leaveInteraction(said, visitor, 'exchange')).toEqual({ ok: false, refusal: 'not-allowed' })
})

test('a whisper is heard by everyone who answers there now, and by nobody who asks; there is one place for each who whispers (E6)', () => {
  const first = whisper(aShape(), { by: sue, parent: 'exchange' }, newId)
  if (!first.ok) throw new Error(first.refusal)
  const shape = then(aShape(), first)
  expect(isIn(shape, first.interaction).sort()).toEqual(['bo', 'olga', 'sue'])
  expect(shape.interactions.get(first.interaction)).toMatchObject({ purpose: 'whisper', parent: 'exchange' })
  expect(whisper(shape, { by: sue, parent: 'exchange' }, newId)).toMatchObject({
    ok: true,
    interaction: first.interaction,
    changes: [],
  })
  const byOlga = whisper(shape, { by: olga, parent: 'exchange' }, newId)
  expect(byOlga.ok && byOlga.interaction).not.toBe(first.interaction)
  expect(byOlga.ok && isIn(then(shape, byOlga), byOlga.interaction).sort()).toEqual(['bo', 'olga'])
})

test('who comes meanwhile hears the next whisper and not the ones before; who has gone hears no more (E6)', () => {
  const first = whisper(aShape(), { by: sue, parent: 'exchange' }, newId)
  if (!first.ok) throw new Error(first.refusal)
  let shape = then(aShape(), first)
  shape = { ...shape, lastPositions: new Map([...shape.lastPositions, [first.interaction, 2]]) }
  shape = then(shape, leaveInteraction(shape, bo, 'exchange'))
  shape = then(shape, addPeople(shape, { by: olga, interaction: 'exchange', people: ['otto'], history: 'none' }, newId))
  const second = then(shape, whisper(shape, { by: sue, parent: 'exchange' }, newId))
  expect(isIn(second, first.interaction).sort()).toEqual(['olga', 'otto', 'sue'])
  expect(reads(second, 'otto', first.interaction)).toEqual([{ from: 3, to: null }])
  expect(reads(second, 'bo', first.interaction)).toEqual([{ from: 1, to: 2 }])
})

test.each([
  ['the visitor', visitor, 'exchange', 'not-allowed'],
  ['a responder without the desk', bo, 'exchange', 'not-allowed'],
  ['an operator who has no part in it', otto, 'exchange', 'not-there'],
  ['a supervisor where nobody answers', sue, 'intake', 'no-such-person'],
] as const)('%s cannot whisper (E6)', (_, by, parent, refusal) => {
  expect(whisper(aShape(), { by, parent }, newId)).toEqual({ ok: false, refusal })
})

test('nobody is added to what is kept for whispering but by a whisper (E6)', () => {
  const first = whisper(aShape(), { by: sue, parent: 'exchange' }, newId)
  if (!first.ok) throw new Error(first.refusal)
  const shape = then(aShape(), first)
  const adding = { by: sue, interaction: first.interaction, people: ['otto'], history: 'none' } as const
  expect(addPeople(shape, adding, newId)).toEqual({ ok: false, refusal: 'wrong-state' })
})

test('a coach’s seat reads from now on or from the beginning, and is for who watches over the account (E6)', () => {
  const fromNow = observe(aShape(), { by: sue, interaction: 'exchange', all: false }, newId)
  expect(reads(then(aShape(), fromNow), 'sue', 'exchange')).toEqual([{ from: 10, to: null }])
  const whole = observe(aShape(), { by: sue, interaction: 'exchange', all: true }, newId)
  const seated = then(aShape(), whole)
  expect(reads(seated, 'sue', 'exchange')).toEqual([{ from: 1, to: null }])
  expect(observe(seated, { by: sue, interaction: 'exchange', all: true }, newId)).toMatchObject({
    refusal: 'wrong-state',
  })
  expect(observe(aShape(), { by: olga, interaction: 'exchange', all: true }, newId)).toMatchObject({
    refusal: 'not-allowed',
  })
  const seat = here(seated, 'exchange').find(({ person }) => person === 'sue')?.id ?? ''
  // Whoever does not watch over the account does not learn by a refusal that somebody sits there.
  const manager = then(seated, {
    ok: true,
    changes: [{ kind: 'field', of: { place: 'p3' }, field: 'manages', was: false, is: true }],
  })
  expect(removeFrom(manager, olga, seat)).toEqual({ ok: false, refusal: 'not-there' })
  expect(removeFrom(manager, olga, 'p4')).toMatchObject({ ok: true })
})

test('who watched and is added then writes; who wrote and watches then does not', () => {
  let shape = then(aShape(), observe(aShape(), { by: sue, interaction: 'exchange', all: true }, newId))
  shape = then(shape, leaveInteraction(shape, sue, 'exchange'))
  shape = then(shape, addPeople(shape, { by: olga, interaction: 'exchange', people: ['sue'], history: 'none' }, newId))
  expect(here(shape, 'exchange').find(({ person }) => person === 'sue')?.role).toBe('responder')
  shape = then(shape, leaveInteraction(shape, sue, 'exchange'))
  shape = then(shape, observe(shape, { by: sue, interaction: 'exchange', all: false }, newId))
  expect(here(shape, 'exchange').find(({ person }) => person === 'sue')?.role).toBe('observer')
})
