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
const bitsOf = (slots: Iterable<number>, words: number): Bits => {
  const bits: Bits = new Uint32Array(words)
  for (const slot of slots) bits[slot >>> 5] = (bits[slot >>> 5] ?? 0) | (1 << (slot & 31))
  return bits
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
      set.takeFrom(bits)
      expect(countBits(bits)).toBe(0)
    }),
    seed,
  )
})

test('of those who are bound only those who have one of the kept wishes stay, and nobody else is touched', () => {
  const anyShares = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(anySteps, anyShares, (steps, shares) => {
      const bound = [...new Set(slotsAfter(steps))]
      const words = wordsFor((bound.at(-1) ?? 0) + 40)
      const kept = shares.map((share) => bound.filter((slot) => slot % 10 <= share))
      const everyone = Array.from({ length: words * 32 }, (_, slot) => slot)
      const target = bitsOf(everyone, words)
      const scratch: Bits = new Uint32Array(words)
      setOf(bound).keepOnly(kept.map(setOf), target, scratch)
      const gone = new Set(bound.filter((slot) => !kept.some((slots) => slots.includes(slot))))
      expect(target).toEqual(
        bitsOf(
          everyone.filter((slot) => !gone.has(slot)),
          words,
        ),
      )
      expect(countBits(scratch)).toBe(0)
    }),
    { ...seed, numRuns: 60 },
  )
})
