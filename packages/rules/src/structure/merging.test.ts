import { describe, expect, test } from 'vitest'
import { mayRead } from '../point-of-view.ts'
import { applyChanges } from './apply-changes.ts'
import { buildsOn } from './builds-on.ts'
import type { Change } from './changes.ts'
import { copy } from './copy.ts'
import { mergeConversations } from './merge-conversations.ts'
import { mergeInteractions } from './merge-interactions.ts'
import { mergeTickets } from './merge-tickets.ts'
import type { InteractionShape, PlaceShape, Right, Shape } from './shape.ts'
import { splitInteractions, splitMessages } from './split.ts'
import { undoOperation } from './undo-operation.ts'

let count = 0
const newId = () => `new-${++count}`

/** A conversation of a visitor with a ticket, its intake, and for each responder an exchange of so many messages. */
function conversation(name: string, exchanges: Record<string, number>, more: Partial<Shape> = {}): Shape {
  const visitor = `visitor ${name}`
  const ids = ['intake', ...Object.keys(exchanges)].map((id) => `${name} ${id}`)
  const interactions = ids.map((id, index): InteractionShape => {
    const kind = index === 0 ? 'intake' : 'exchange'
    return {
      ...{ id, ticket: `${name} ticket`, parent: null, kind, purpose: 'talk', state: 'open' },
      ...{ mergedInto: null, withdrawn: [] },
    }
  })
  const inside = ids.flatMap((id, index) => {
    const responder = Object.keys(exchanges)[index - 1]
    return [{ id, person: visitor, role: 'initiator' as const }].concat(
      responder ? [{ id, person: responder, role: 'responder' as never }] : [],
    )
  })
  const participants = inside.map(
    ({ id, person, role }): PlaceShape => ({
      ...{ id: `${person} in ${id}`, interaction: id, person, role, manages: false, left: false },
    }),
  )
  const rights = inside.map(
    ({ id, person }): Right => ({
      ...{ id: `right of ${person} in ${id}`, interaction: id, person, from: 1, to: null, basis: 'member', by: null },
    }),
  )
  const base: Shape = {
    ...{ conversation: name, kind: 'outside', visitor, state: 'open', participants, rights, spans: new Map() },
    tickets: [{ id: `${name} ticket`, intake: `${name} intake`, state: 'open', parent: null, mergedInto: null }],
    interactions: new Map(interactions.map((one) => [one.id, one])),
    lastPositions: new Map(ids.map((id, index) => [id, Object.values(exchanges)[index - 1] ?? 1])),
    ...more,
  }
  // Spans are what the rights come to.
  return applyChanges([base], [])[0] as Shape
}

/** What everyone may read of everything that was said, wherever it stands. */
function readings(shapes: readonly Shape[]): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const shape of shapes) {
    for (const [person, spans] of shape.spans) {
      for (const [id, last] of shape.lastPositions) {
        for (const { from, to } of mayRead(spans, id)) {
          for (let position = from; position <= Math.min(to ?? last, last); position++) {
            found[person] = [...(found[person] ?? []), `${id} ${position}`].sort()
          }
        }
      }
    }
  }
  return found
}

const changesOf = (decided: { ok: true; changes: Change[] } | { ok: false; refusal: string }): Change[] => {
  if (!decided.ok) throw new Error(decided.refusal)
  return decided.changes
}

const a = conversation('A', { olga: 3, bo: 2 })
const b = conversation('B', { olga: 4 })

describe('C4 merging', () => {
  test('conversations: nobody reads more or less, and undoing puts every ticket where it was', () => {
    const changes = changesOf(mergeConversations([a, b], { into: 'A', from: 'B', same: null }))
    const merged = applyChanges([a, b], changes)
    expect(readings(merged)).toEqual(readings([a, b]))
    expect(merged.map(({ tickets }) => tickets.length)).toEqual([2, 0])
    const undone = applyChanges(merged, changesOf(undoOperation(changes, [], merged, newId)))
    expect(undone.map(({ state, tickets }) => ({ state, tickets }))).toEqual(
      [a, b].map(({ state, tickets }) => ({ state, tickets })),
    )
    expect(readings(undone)).toEqual(readings([a, b]))
  })

  test('one person: who may read what either could; two again, each reads their own', () => {
    const changes = changesOf(mergeConversations([a, b], { into: 'A', from: 'B', same: {} }))
    const merged = applyChanges([a, b], changes)
    const before = readings([a, b])
    const both = [...(before['visitor A'] ?? []), ...(before['visitor B'] ?? [])].sort()
    expect(readings(merged)['visitor A']).toEqual(both)
    expect(readings(merged)['visitor B']).toBeUndefined()
    const undone = applyChanges(merged, changesOf(undoOperation(changes, [], merged, newId)))
    expect(readings(undone)).toEqual(before)
    expect(undone.map(({ visitor }) => visitor)).toEqual(['visitor A', 'visitor B'])
  })

  test.each([
    ['into itself', [a], { into: 'A', from: 'A' }, 'wrong-state'],
    ['what was merged before', [a, { ...b, tickets: [] }], { into: 'A', from: 'B' }, 'wrong-state'],
    ['an own space', [a, { ...b, kind: 'own' as const }], { into: 'A', from: 'B' }, 'not-together'],
    [
      'own spaces of two people',
      [a, b].map((one) => ({ ...one, kind: 'own' as const })),
      { into: 'A', from: 'B' },
      'not-together',
    ],
    [
      'what goes on into what has ended',
      [{ ...a, state: 'closed' as const }, b],
      { into: 'A', from: 'B' },
      'conversation-closed',
    ],
  ])('conversations: %s is refused', (_, shapes, two, refusal) => {
    expect(mergeConversations(shapes, { ...two, same: null })).toEqual({ ok: false, refusal })
  })

  test('interactions: who is in one joins the other from there on, and their addresses lead there', () => {
    const changes = changesOf(mergeInteractions(a, { into: 'A olga', from: 'A bo', by: 'sue' }, newId))
    const [merged] = applyChanges([a], changes)
    if (!merged) throw new Error('nothing was merged')
    const before = readings([a])
    expect(readings([merged])).toEqual(before)
    expect(mayRead(merged.spans.get('bo') ?? [], 'A olga')).toEqual([{ from: 4, to: null }])
    expect(merged.interactions.get('A bo')).toMatchObject({ state: 'closed', mergedInto: 'A olga' })
    expect(changes.filter(({ kind }) => kind === 'redirect')).toHaveLength(2)
    const undone = applyChanges([merged], changesOf(undoOperation(changes, [], [merged], newId)))
    expect(readings(undone)).toEqual(before)
    expect(undone[0]?.interactions.get('A bo')).toMatchObject({ state: 'open', mergedInto: null })
  })

  test.each([
    ['two of which one is what the ticket opened with', 'A olga', 'A intake', 'not-together'],
    ['one into itself', 'A olga', 'A olga', 'wrong-state'],
    ['two in which different people ask', 'A olga', 'B olga', 'not-together'],
  ])('interactions: %s are refused', (_, into, from, refusal) => {
    const [both] = applyChanges([a, b], changesOf(mergeConversations([a, b], { into: 'A', from: 'B', same: null })))
    expect(mergeInteractions(both as Shape, { into, from, by: 'sue' }, newId)).toEqual({ ok: false, refusal })
  })

  test('interactions of a ticket that is closed are not merged, and nothing is copied into them', () => {
    const [both] = applyChanges([a, b], changesOf(mergeConversations([a, b], { into: 'A', from: 'B', same: {} })))
    const closed = changesOf({
      ok: true,
      changes: [{ kind: 'state', of: { ticket: 'B ticket' }, was: 'open', is: 'closed' }],
    })
    const [shape] = applyChanges([both as Shape], closed)
    if (!shape) throw new Error('a structure was lost')
    const merge = (into: string, from: string) => mergeInteractions(shape, { into, from, by: 'sue' }, newId)
    expect(merge('A olga', 'B olga')).toEqual({ ok: false, refusal: 'wrong-state' })
    expect(merge('B olga', 'A olga')).toEqual({ ok: false, refusal: 'interaction-closed' })
    const copied = {
      messages: [{ id: 'one', position: 1 }],
      readable: [{ from: 1, to: null }],
      standing: new Set<string>(),
    }
    expect(copy(shape, { to: 'B olga', ...copied, by: 'olga' })).toEqual({ ok: false, refusal: 'interaction-closed' })
    expect(copy(shape, { to: 'A olga', ...copied, by: 'olga' })).toMatchObject({ ok: true })
  })

  test('tickets: what belonged to one belongs to the other, which is closed, and goes back', () => {
    const [both] = applyChanges([a, b], changesOf(mergeConversations([a, b], { into: 'A', from: 'B', same: null })))
    const changes = changesOf(mergeTickets(both as Shape, { into: 'A ticket', from: 'B ticket' }))
    const merged = applyChanges([both as Shape], changes)
    expect(new Set([...(merged[0]?.interactions.values() ?? [])].map(({ ticket }) => ticket))).toEqual(
      new Set(['A ticket']),
    )
    expect(mergeTickets(merged[0] as Shape, { into: 'A ticket', from: 'B ticket' })).toMatchObject({
      refusal: 'wrong-state',
    })
    const [undone] = applyChanges(merged, changesOf(undoOperation(changes, [], merged, newId)))
    expect(undone?.tickets).toEqual(both?.tickets)
    expect(readings([undone as Shape])).toEqual(readings([both as Shape]))
  })
})

describe('C4 splitting and copying', () => {
  const readable = [{ from: 1, to: null }]
  const how = { ticket: 'A ticket', name: null, makes: 'N' }

  test('whole interactions go, with what was opened from them', () => {
    const side: InteractionShape = {
      ...{ id: 'side', ticket: 'A ticket', parent: 'A bo', kind: 'backchannel', purpose: 'talk', state: 'open' },
      ...{ mergedInto: null, withdrawn: [] },
    }
    const shape = { ...a, interactions: new Map([...a.interactions, ['side', side]]) }
    const changes = changesOf(splitInteractions(shape, { ...how, interactions: ['A bo'] }, newId))
    const split = applyChanges([shape], changes)
    expect(split[0]?.interactions.get('side')?.ticket).toBe('N')
    expect(readings(split)).toEqual(readings([a]))
    const refused = { ok: false, refusal: 'not-together' }
    expect(splitInteractions(shape, { ...how, interactions: ['side'] }, newId)).toEqual(refused)
    expect(splitInteractions(shape, { ...how, interactions: ['A intake'] }, newId)).toMatchObject({ ok: false })
    const [undone] = applyChanges(split, changesOf(undoOperation(changes, [], split, newId)))
    expect(undone?.interactions.get('side')?.ticket).toBe('A ticket')
  })

  test('messages are placed besides for the asking side and who is named, in their order, and taken back by undoing', () => {
    const messages = [
      { id: 'third', position: 3 },
      { id: 'first', position: 1 },
    ]
    const wanted = { ...how, from: 'A olga', exchange: 'X', messages, people: ['cleo'], by: 'olga', readable }
    const changes = changesOf(splitMessages(a, wanted, newId))
    const split = applyChanges([a], changes)
    expect(changes.flatMap((one) => (one.kind === 'place' ? [`${one.position} ${one.message}`] : []))).toEqual([
      '1 first',
      '2 third',
    ])
    expect(readings(split).cleo).toEqual(['X 1', 'X 2'])
    expect(readings(split)['visitor A']).toEqual(expect.arrayContaining(['X 1', 'X 2']))
    expect(readings(split).olga).toEqual(readings([a]).olga)
    const undone = applyChanges(split, changesOf(undoOperation(changes, [], split, newId)))
    expect(readings(undone)).toEqual(readings([a]))
    expect(undone[0]?.lastPositions.get('X')).toBe(2)
    expect(splitMessages(a, { ...wanted, people: ['visitor A'] }, newId)).toMatchObject({ refusal: 'asks-here' })
    const unread = { ...wanted, readable: [{ from: 1, to: 2 }] }
    expect(splitMessages(a, unread, newId)).toMatchObject({ refusal: 'not-there' })
  })

  test('what stands there is left out, what may not be read is not there, and a position is never given anew', () => {
    const messages = [
      { id: 'two', position: 2 },
      { id: 'one', position: 1 },
    ]
    const wanted = { to: 'A bo', messages, readable, standing: new Set(['one']), by: 'olga' }
    expect(changesOf(copy(a, wanted))).toMatchObject([{ kind: 'place', message: 'two', position: 3 }])
    expect(copy(a, { ...wanted, standing: new Set(['one', 'two']) })).toMatchObject({ refusal: 'wrong-state' })
    expect(copy(a, { ...wanted, readable: [] })).toMatchObject({ refusal: 'not-there' })
    const once = changesOf(copy(a, wanted))
    const copied = applyChanges([a], once)
    const undone = applyChanges(copied, changesOf(undoOperation(once, [], copied, newId)))
    expect(readings(undone)).toEqual(readings([a]))
    expect(changesOf(copy(undone[0] as Shape, wanted))).toMatchObject([{ message: 'two', position: 4 }])
  })
})

describe('what builds on what', () => {
  const merge = changesOf(mergeInteractions(a, { into: 'A olga', from: 'A bo', by: 'sue' }, newId))
  const joined = merge.find((change) => change.kind === 'join')
  const moves = changesOf(mergeConversations([a, b], { into: 'A', from: 'B', same: null }))
  test.each<[string, Change[], Change[], boolean]>([
    [
      'closing what was merged',
      [{ kind: 'state', of: { interaction: 'A bo' }, was: 'open', is: 'closed' }],
      merge,
      true,
    ],
    [
      'ending a place that it gave',
      [{ kind: 'leave', place: joined?.kind === 'join' ? joined.place : '', because: null }],
      merge,
      true,
    ],
    [
      'leaving what one has been made an observer of',
      [{ kind: 'leave', place: 'there', because: null }],
      [{ kind: 'field', of: { place: 'there' }, field: 'role', was: 'responder', is: 'observer' }],
      true,
    ],
    [
      'answering from a place at which one only watched',
      [
        {
          kind: 'field',
          of: { place: joined?.kind === 'join' ? joined.place : '' },
          field: 'role',
          was: 'observer',
          is: 'responder',
        },
      ],
      merge,
      true,
    ],
    [
      'being called otherwise at a place',
      [
        {
          kind: 'field',
          of: { place: joined?.kind === 'join' ? joined.place : '' },
          field: 'alias',
          was: null,
          is: 'Bo',
        },
      ],
      merge,
      false,
    ],
    ['moving a ticket again', [{ kind: 'move-ticket', ticket: 'B ticket', from: 'A', to: 'C' }], moves, true],
    [
      'copying into what goes on',
      [{ kind: 'place', conversation: 'A', interaction: 'A olga', position: 9, message: 'm', by: 'x' }],
      merge,
      false,
    ],
    [
      'splitting a ticket that was moved, which goes back with it',
      changesOf(splitInteractions(b, { ticket: 'B ticket', name: null, makes: 'N', interactions: ['B olga'] }, newId)),
      moves,
      false,
    ],
    ['a link of two others', [{ kind: 'link', a: { ticket: 'x' }, b: { ticket: 'y' }, by: 'x' }], moves, false],
  ])('%s', (_, later, before, does) => {
    expect(buildsOn(later, before)).toBe(does)
  })
})

describe('what was split off and then merged', () => {
  const split = (shape: Shape, interaction: string, makes: string) => {
    const how = { ticket: 'B ticket', name: null, makes, interactions: [interaction] }
    return changesOf(splitInteractions(shape, how, newId))
  }
  const merge = (shape: Shape, into: string, from: string) => changesOf(mergeTickets(shape, { into, from }))

  test('what it was split from does not leave it behind in another conversation', () => {
    const moves = changesOf(mergeConversations([a, b], { into: 'A', from: 'B', same: null }))
    const [both] = applyChanges([a, b], moves)
    const apart = split(both as Shape, 'B olga', 'N')
    const [parted] = applyChanges([both as Shape], apart)
    for (const [into, from] of [
      ['A ticket', 'N'],
      ['N', 'A ticket'],
    ] as const) {
      const merged = merge(parted as Shape, into, from)
      const shapes = applyChanges([parted as Shape], merged)
      expect(undoOperation(moves, [apart, merged], shapes, newId)).toEqual({ ok: false, refusal: 'built-on' })
      expect(undoOperation(merged, [], shapes, newId)).toMatchObject({ ok: true })
    }
  })

  test('nothing goes back into a ticket that was merged since', () => {
    const c = conversation('B', { olga: 4, bo: 2 })
    const first = split(c, 'B olga', 'N')
    const [one] = applyChanges([c], first)
    const second = split(one as Shape, 'B bo', 'M')
    const [two] = applyChanges([one as Shape], second)
    const merged = merge(two as Shape, 'M', 'B ticket')
    const shapes = applyChanges([two as Shape], merged)
    expect(undoOperation(first, [second, merged], shapes, newId)).toEqual({ ok: false, refusal: 'built-on' })
    expect(undoOperation(first, [second], [two as Shape], newId)).toMatchObject({ ok: true })
  })
})

test('two conversations do not come apart while an interaction of the one goes on in the other', () => {
  const of = { state: 'open' as const, kind: 'backchannel' as const, purpose: 'talk' as const, parent: null }
  const behind = (shape: Shape): Shape => {
    const id = `${shape.conversation} behind`
    const ticket = `${shape.conversation} ticket`
    const one = { ...of, id, ticket, mergedInto: null, withdrawn: [] }
    return { ...shape, interactions: new Map([...shape.interactions, [id, one]]) }
  }
  const apart = [behind(a), behind(b)]
  const moves = changesOf(mergeConversations(apart, { into: 'A', from: 'B', same: null }))
  const both = applyChanges(apart, moves)
  for (const [into, from] of [
    ['A behind', 'B behind'],
    ['B behind', 'A behind'],
  ] as const) {
    const merged = changesOf(mergeInteractions(both[0] as Shape, { into, from, by: 'sue' }, newId))
    const shapes = applyChanges(both, merged)
    expect(undoOperation(moves, [merged], shapes, newId)).toEqual({ ok: false, refusal: 'built-on' })
    const again = applyChanges(shapes, changesOf(undoOperation(merged, [], shapes, newId)))
    expect(undoOperation(moves, [], again, newId)).toMatchObject({ ok: true })
  }
})

test('C4 C9 who was erased, and has left all of it, is nobody that another visitor turns out to be, on either side', () => {
  const ana = conversation('ana', { bo: 1 })
  const ben = conversation('ben', { cleo: 1 })
  const participants = ben.participants.map((place) => ({ ...place, left: place.left || place.role === 'initiator' }))
  const erased: Shape = { ...ben, participants }
  for (const shapes of [
    [ana, erased],
    [erased, ana],
  ]) {
    const [into, from] = shapes.map((shape) => shape.conversation)
    const named = { into: into ?? '', from: from ?? '' }
    expect(mergeConversations(shapes, { ...named, same: {} })).toEqual({ ok: false, refusal: 'not-together' })
    expect(mergeConversations(shapes, { ...named, same: null })).toMatchObject({ ok: true })
  }
})
