import { expect, test } from 'vitest'
import { grant } from './grant.ts'
import type { InteractionShape, PlaceShape, Shape } from './shape.ts'

const exchange: InteractionShape = {
  id: 'i',
  ticket: 't',
  parent: null,
  kind: 'exchange',
  purpose: 'talk',
  state: 'open',
  mergedInto: null,
  withdrawn: [],
}

const manager: PlaceShape = {
  id: 'p',
  interaction: 'i',
  person: 'olga',
  role: 'responder',
  manages: true,
  left: false,
}

/** Ten were said. Olga manages it and reads from the fourth on. */
const shape: Shape = {
  conversation: 'c',
  kind: 'outside',
  visitor: 'v',
  state: 'open',
  tickets: [],
  interactions: new Map([['i', exchange]]),
  participants: [manager],
  rights: [{ id: 'r', person: 'olga', interaction: 'i', from: 4, to: null, basis: 'member', by: null }],
  spans: new Map([['olga', [{ interaction: 'i', from: 4, to: null, basis: 'member' as const }]]]),
  lastPositions: new Map([['i', 10]]),
}

const olga = { person: 'olga', role: 'operator' } as const
const ada = { person: 'ada', role: 'administrator' } as const

test.each([
  ['from now on', olga, undefined, [[11, null]]],
  ['all, as far as its giver reads it', olga, 'all', [[4, null]]],
  ['a part, in its giver’s numbers', olga, { from: 2, to: 3 }, [[5, 6]]],
  ['up to a number that is still to come: what stands there', olga, { from: 7, to: 90 }, [[10, 10]]],
  ['by an administrator who does not read it, in the numbers of the whole', ada, { from: 2, to: 3 }, [[2, 3]]],
  ['by an administrator, up to what is still to come', ada, { from: 9, to: 90 }, [[9, 10]]],
  ['by an administrator, from some place on', ada, { from: 9 }, [[9, null]]],
] as const)('C2: %s', (_, by, part, expected) => {
  const decided = grant(shape, { interaction: 'i', person: 'kim', by, part }, () => 'n')
  const given = decided.ok
    ? decided.changes.map((change) => (change.kind === 'give' ? [change.from, change.to] : []))
    : []
  expect(given).toEqual(expected)
})

test.each([
  ['what is still to come only', ada, { from: 40, to: 50 }],
  ['a number that its giver does not have', olga, { from: 0, to: 3 }],
])('C2: nothing is given of %s', (_, by, part) => {
  expect(grant(shape, { interaction: 'i', person: 'kim', by, part }, () => 'n')).toEqual({
    ok: false,
    refusal: 'not-allowed',
  })
})

test('who grants what somebody else has granted already does not learn of it', () => {
  const granted = { id: 'g', person: 'otto', interaction: 'i', from: 4, to: null, basis: 'grant', by: 'ada' } as const
  const known: Shape = { ...shape, rights: [...shape.rights, granted] }
  const wanted = { interaction: 'i', person: 'otto', part: { from: 1 } }
  expect(grant(known, { ...wanted, by: olga }, () => 'x')).toMatchObject({ ok: true })
  expect(grant(known, { ...wanted, part: { from: 4 }, by: ada }, () => 'x')).toMatchObject({ refusal: 'wrong-state' })
  const own: Shape = { ...shape, rights: [...shape.rights, { ...granted, by: 'olga' }] }
  expect(grant(own, { ...wanted, by: olga }, () => 'x')).toMatchObject({ refusal: 'wrong-state' })
})
