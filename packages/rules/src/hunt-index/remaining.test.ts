import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Remaining } from './remaining.ts'
import { type Bits, SlotSet, setBit, slotsIn, wordsFor } from './slot-set.ts'

const slots = 6_000
const everyone = Array.from({ length: slots }, (_, slot) => slot)

/** Nobody, some few, every n-th, nearly everybody. */
const anySlots = fc.oneof(
  fc
    .array(fc.integer({ min: 0, max: slots - 1 }), { maxLength: 40 })
    .map((some) => [...new Set(some)].sort((a, b) => a - b)),
  fc
    .tuple(fc.integer({ min: 2, max: 90 }), fc.boolean())
    .map(([step, most]) => everyone.filter((slot) => (slot % step === 0) !== most)),
)
const anyOperation = fc.oneof(
  anySlots.map((keep) => ({ keep })),
  anySlots.map((take) => ({ take })),
  anySlots.map((takeSet) => ({ takeSet })),
  fc.tuple(anySlots, fc.array(fc.integer({ min: 2, max: 200 }), { maxLength: 6 })).map(([bound, steps]) => ({
    bound,
    kept: steps.map((step) => bound.filter((_, n) => n % step === 0)),
  })),
)

const setOf = (some: readonly number[]): SlotSet => {
  const set = new SlotSet()
  for (const slot of some) set.add(slot)
  return set
}
const bitsOf = (some: readonly number[]): Bits => {
  const bits: Bits = new Uint32Array(wordsFor(slots))
  for (const slot of some) setBit(bits, slot)
  return bits
}

test('who is left is who was neither taken nor bound without a kept wish, in any order of the steps, one search after the other', () => {
  const remaining = new Remaining()
  fc.assert(
    fc.property(anySlots, fc.array(anyOperation, { maxLength: 6 }), (start, operations) => {
      remaining.start(bitsOf(start), slots)
      let expected = start
      for (const operation of operations) {
        if ('keep' in operation) {
          remaining.keep(bitsOf(operation.keep))
          const stays = new Set(operation.keep)
          expected = expected.filter((slot) => stays.has(slot))
        } else if ('bound' in operation) {
          remaining.keepOnly(setOf(operation.bound), operation.kept.map(setOf))
          const [bound, kept] = [new Set(operation.bound), new Set(operation.kept.flat())]
          expected = expected.filter((slot) => !bound.has(slot) || kept.has(slot))
        } else {
          const taken = 'take' in operation ? operation.take : operation.takeSet
          if ('take' in operation) remaining.take(bitsOf(taken))
          else remaining.takeSet(setOf(taken))
          const gone = new Set(taken)
          expected = expected.filter((slot) => !gone.has(slot))
        }
      }
      const end = remaining.end()
      expect(Array.isArray(end) ? end : [...slotsIn(end as Bits)]).toEqual(expected)
    }),
    { seed: 20261125, numRuns: 500 },
  )
})
