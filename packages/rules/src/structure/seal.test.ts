import { expect, test } from 'vitest'
import { applyChanges } from './apply-changes.ts'
import { openBackchannel } from './backchannel.ts'
import type { Change, Sealable } from './changes.ts'
import { mergeConversations } from './merge-conversations.ts'
import { mergeTickets } from './merge-tickets.ts'
import { type SealedMessage, seal } from './seal.ts'
import type { Encryption, Shape } from './shape.ts'
import { splitInteractions } from './split.ts'
import type { Who } from './standing-at.ts'
import { undoChanges } from './undo-changes.ts'
import { undoOperation } from './undo-operation.ts'

const sue: Who = { person: 'sue', role: 'supervisor' }
const olga: Who = { person: 'olga', role: 'operator' }
const bo: Who = { person: 'bo', role: 'responder' }
const otto: Who = { person: 'otto', role: 'operator' }

type Named = { conversation?: Encryption; ticket?: Encryption; exchange?: Encryption }

/** An intake, an exchange with Bo, and a backchannel of it that Olga manages and Bo is in. */
function aShape({ conversation = 'none', ticket = 'none', exchange = 'none' }: Named = {}): Shape {
  const one = { ticket: 'ticket', state: 'open', mergedInto: null, purpose: 'talk', withdrawn: [] } as const
  const seats = [
    ['intake', 'visitor', 'initiator'],
    ['exchange', 'visitor', 'initiator'],
    ['exchange', 'bo', 'responder'],
    ['behind', 'bo', 'responder'],
    ['behind', 'olga', 'responder'],
  ] as const
  const rights = seats.map(([interaction, person]) => ({
    ...{ id: `${interaction} ${person}`, interaction, person, from: 1, to: null, basis: 'member' as const, by: null },
  }))
  return {
    ...{ conversation: 'conversation', kind: 'outside', visitor: 'visitor', state: 'open', encryption: conversation },
    tickets: [{ id: 'ticket', intake: 'intake', state: 'open', parent: null, mergedInto: null, encryption: ticket }],
    interactions: new Map([
      ['intake', { ...one, id: 'intake', parent: null, kind: 'intake' }],
      ['exchange', { ...one, id: 'exchange', parent: null, kind: 'exchange', encryption: exchange }],
      ['behind', { ...one, id: 'behind', parent: 'exchange', kind: 'backchannel' }],
    ]),
    participants: seats.map(([interaction, person, role]) => ({
      ...{ id: `${interaction} ${person}`, interaction, person, role, manages: person === 'olga', left: false },
    })),
    rights,
    spans: Map.groupBy(rights, ({ person }) => person),
    lastPositions: new Map([['exchange', 3]]),
  }
}

const sealed = (of: object) => ({ kind: 'field', of, field: 'encryption', was: 'none', is: 'sealed' })
const bos: SealedMessage = { author: 'bo', sealed: false, stands: [{ interaction: 'exchange', position: 2 }] }

test.each<[string, Sealable, Who, Named, unknown]>([
  ['a conversation, by who watches', { conversation: 'conversation' }, sue, {}, [{ conversation: 'conversation' }]],
  ['a conversation, by who answers in it', { conversation: 'conversation' }, bo, {}, 'not-allowed'],
  ['a conversation, by who is not in it', { conversation: 'conversation' }, otto, {}, 'not-there'],
  ['a sealed conversation', { conversation: 'conversation' }, sue, { conversation: 'sealed' }, 'wrong-state'],
  [
    'a ticket, with all that is part of it and does not say so yet',
    { ticket: 'ticket' },
    sue,
    { exchange: 'sealed' },
    [{ ticket: 'ticket' }, { interaction: 'intake' }, { interaction: 'behind' }],
  ],
  ['a ticket, by who manages something in it', { ticket: 'ticket' }, olga, {}, 'not-allowed'],
  ['a ticket that is none', { ticket: 'other' }, sue, {}, 'not-there'],
  ['a ticket of a sealed conversation', { ticket: 'ticket' }, sue, { conversation: 'sealed' }, 'wrong-state'],
  ['an interaction, by who manages it', { interaction: 'behind' }, olga, {}, [{ interaction: 'behind' }]],
  ['an interaction, by who is in it', { interaction: 'behind' }, bo, {}, 'not-allowed'],
  ['an interaction, by who is not in it', { interaction: 'exchange' }, olga, {}, 'not-there'],
  ['an interaction of a sealed ticket', { interaction: 'exchange' }, sue, { ticket: 'sealed' }, 'wrong-state'],
  ['a message, by its author', { message: 'm' }, bo, {}, []],
  ['a message, by who watches', { message: 'm' }, sue, {}, []],
  ['a message, by who reads it', { message: 'm' }, { person: 'visitor', role: null }, {}, 'not-allowed'],
  ['a message, by who does not', { message: 'm' }, olga, {}, 'not-there'],
])('C9 sealing %s', (_, of, by, named, expected) => {
  const decided = seal(aShape(named), { of, by, message: bos })
  expect(decided.ok ? decided.changes : decided.refusal).toEqual(
    Array.isArray(expected) ? expected.map(sealed) : expected,
  )
})

test('C9 a message that is sealed already, and one that is not there', () => {
  const of = { message: 'm' }
  expect(seal(aShape(), { of, by: bo, message: { ...bos, sealed: true } })).toMatchObject({ refusal: 'wrong-state' })
  expect(seal(aShape(), { of, by: sue, message: null })).toMatchObject({ refusal: 'not-there' })
})

test.each<[Named, boolean]>([
  [{ exchange: 'sealed' }, true],
  [{ ticket: 'sealed' }, true],
  [{ conversation: 'sealed' }, true],
  [{}, false],
])('C9 C3 a backchannel begins as what it is opened from: %j', (named, is) => {
  const wanted = { by: bo, from: 'exchange', name: null, category: null }
  const opened = openBackchannel(aShape(named), wanted, () => 'new')
  expect(opened.ok && opened.changes[0]).toMatchObject({ kind: 'open-interaction', ...(is ? { sealed: true } : {}) })
  expect(opened.ok && 'sealed' in (opened.changes[0] ?? {})).toBe(is)
})

test('C9 what is sealed and then opened from in one go is known to be sealed', () => {
  const decided = seal(aShape(), { of: { ticket: 'ticket' }, by: sue, message: null })
  const [after] = decided.ok ? applyChanges([aShape()], decided.changes) : []
  if (!after) throw new Error('a structure was lost')
  const opened = openBackchannel(after, { by: bo, from: 'exchange', name: null, category: null }, () => 'new')
  const [whole] = opened.ok ? applyChanges([after], opened.changes) : []
  expect(whole?.interactions.get('new')?.encryption).toBe('sealed')
  expect(seal(after, { of: { ticket: 'ticket' }, by: sue, message: null })).toMatchObject({ refusal: 'wrong-state' })
})

test('C9 undoing unseals nothing', () => {
  const decided = seal(aShape(), { of: { ticket: 'ticket' }, by: sue, message: null })
  expect(decided.ok && undoChanges(decided.changes, [aShape()], () => 'new')).toEqual([])
})

const encryption: Encryption = 'sealed'
const other = { id: 'other', intake: 'other-intake', state: 'open', parent: null, mergedInto: null } as const
const twoTickets = (named: Named): Shape => {
  const shape = aShape(named)
  return { ...shape, tickets: [...shape.tickets, other] }
}

test('C9 A16 what is part of a sealed ticket stays sealed when the ticket is merged into an open one, though it began there later', () => {
  const decided = mergeTickets(twoTickets({ ticket: 'sealed', exchange: 'sealed' }), { into: 'other', from: 'ticket' })
  const changes = decided.ok ? decided.changes : []
  expect(changes).toContainEqual(sealed({ interaction: 'behind' }))
  expect(changes).not.toContainEqual(sealed({ interaction: 'exchange' }))
})

/** Merged, and that undone: what was moved is where it was. */
function merged(shapes: readonly Shape[], merge: { ok: boolean; changes?: readonly Change[] }): Change[] {
  const { changes = [] } = merge
  const undone = undoOperation(changes, [], applyChanges(shapes, changes), () => 'new')
  return undone.ok ? [...undone.changes] : []
}

test('C9 A16 what came into a sealed ticket by a merge stays sealed when that is undone', () => {
  const shape = twoTickets({})
  const into = { ...shape, tickets: shape.tickets.map((one) => (one.id === 'other' ? { ...one, encryption } : one)) }
  const undone = merged([into], mergeTickets(into, { into: 'other', from: 'ticket' }))
  expect(undone).toContainEqual(sealed({ interaction: 'exchange' }))
})

test('C9 A16 a conversation that goes back from a sealed one stays sealed', () => {
  const one = { ...aShape(), conversation: 'open' }
  const intake = { id: 'i', ticket: 't', kind: 'intake', parent: null, state: 'open', mergedInto: null } as const
  const into: Shape = {
    ...aShape({ conversation: 'sealed' }),
    tickets: [{ ...other, id: 't', intake: 'i' }],
    interactions: new Map([['i', { ...intake, purpose: 'talk', withdrawn: [] }]]),
    ...{ participants: [], rights: [], spans: new Map(), lastPositions: new Map() },
  }
  const both = [into, one]
  const undone = merged(both, mergeConversations(both, { into: 'conversation', from: 'open', same: null }))
  expect(undone).toContainEqual(sealed({ conversation: 'open' }))
})

test('C9 what was split off a sealed ticket stays sealed', () => {
  const split = splitInteractions(
    aShape({ ticket: 'sealed' }),
    { ticket: 'ticket', interactions: ['exchange'], name: null, makes: 'made' },
    () => 'new',
  )
  expect(split.ok && split.changes).toContainEqual(sealed({ interaction: 'behind' }))
})
