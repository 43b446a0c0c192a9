import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bits, countBits, SlotSet, slotsIn, wordsFor } from './slot-set.ts'

// Steps between one slot and the next: runs that are worth bits, and leaps that make a list the smaller of the two again.
const anySteps = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 200 }) },
    { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 20_000 }) },
  ),
  { minLength: 1, maxLength: 400, size: 'max' },
)
const slotsAfter = (steps: readonly number[]): number[] => {
  let slot = 0
  return steps.map((step) => {
    slot += step
    return slot
  })
}
const setOf = (slots: Iterable<number>): SlotSet => {
  const set = new SlotSet()
  for (const slot of slots) set.add(slot)
  return set
}
const seed = { seed: 20261124, numRuns: 400 }

test('a set of slots holds what was added, in any form that it takes', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const expected = [...new Set(slotsAfter(steps))]
      const set = setOf(slotsAfter(steps))
      const words = wordsFor((expected.at(-1) ?? 0) + 1)
      const bits: Bits = new Uint32Array(words)
      set.addTo(bits)
      expect([...set]).toEqual(expected)
      expect([...slotsIn(bits)]).toEqual(expected)
      expect([set.count, countBits(bits)]).toEqual([expected.length, expected.length])
      expect(expected.concat(0, 7, 4_000).map((slot) => set.has(slot))).toEqual(
        expected.concat(0, 7, 4_000).map((slot) => expected.includes(slot)),
      )
      set.takeFrom(bits)
      expect(countBits(bits)).toBe(0)
    }),
    seed,
  )
})
