import { expect, test } from 'vitest'
import { rightsInOwnNumbers } from './rights-in-own-numbers.ts'
import type { Right, Shape } from './shape.ts'

const right = (id: string, from: number, to: number | null, interaction = 'i'): Right => ({
  ...{ id, person: id, interaction, from, to, basis: 'grant', by: null },
})
/** Ten were said. Olga reads the fourth to the sixth, and from the ninth on. */
const own = [right('olga', 4, 6), right('olga', 9, null)]
const rights = [
  right('all', 1, null),
  right('before', 1, 3),
  right('across', 2, 5),
  right('both', 6, 9),
  right('between', 7, 8),
  right('ended', 3, 2),
  right('elsewhere', 1, null, 'j'),
]
const shape = { rights, spans: new Map([['olga', own]]), lastPositions: new Map([['i', 10]]) } as unknown as Shape
const shown = (person: string, role: 'operator' | 'supervisor') =>
  rightsInOwnNumbers(shape, { interaction: 'i', by: { person, role } }).map(({ right: { id }, part }) => [
    id,
    part && [part.from, part.to],
  ])

test('C2 a right is told in the numbers of who looks, and of what they do not read there is no number', () => {
  const expected = [
    ['all', [1, null]],
    ['before', null],
    ['across', [1, 2]],
    ['both', [3, 4]],
    ['between', null],
  ]
  expect(shown('olga', 'operator')).toEqual(expected)
  expect(shown('olga', 'supervisor')).toEqual(expected)
})

test('C2 who watches and reads nothing of it counts the whole; who does neither is told no number', () => {
  expect(shown('sue', 'supervisor')).toContainEqual(['before', [1, 3]])
  expect(shown('otto', 'operator').map(([, part]) => part)).toEqual([null, null, null, null, null])
})
