import { type Bits, bitsIn, countBits, slotsIn } from './slot-set.ts'

/** Who matched a request at the moment it was looked up. What becomes of the index afterwards does not change it. */
export class Matches {
  readonly count: number
  /** Rising slots, or a bit for each slot where they are many. */
  readonly #slots: readonly number[] | Bits
  readonly #people: readonly string[]

  constructor(slots: readonly number[] | Bits, people: readonly string[]) {
    this.#slots = slots
    this.#people = people
    this.count = isList(slots) ? slots.length : countBits(slots)
  }

  /** Each of them; who wants only some stops. */
  *[Symbol.iterator](): Iterator<string> {
    for (const slot of isList(this.#slots) ? this.#slots : slotsIn(this.#slots)) yield this.#people[slot] ?? ''
  }

  /**
   * At most so many of them, each with the same chance, in no particular order of their own. Costs as much as there are slots and people
   * wanted, not as there are people who match.
   *
   * @param random gives a number from 0 to below 1
   */
  sample(most: number, random: () => number): string[] {
    if (most >= this.count) return [...this]
    const ranks = chooseRanks(most, this.count, random)
    const slots = this.#slots
    const chosen = isList(slots) ? ranks.map((rank) => slots[rank] ?? 0) : slotsAtRanks(slots, ranks)
    return chosen.map((slot) => this.#people[slot] ?? '')
  }
}

const isList = (slots: readonly number[] | Bits): slots is readonly number[] => Array.isArray(slots)

/** The n-th set bits, for rising n. */
function slotsAtRanks(bits: Bits, ranks: readonly number[]): number[] {
  const slots: number[] = []
  let passed = 0
  for (let word = 0; word < bits.length && slots.length < ranks.length; word += 1) {
    let rest = bits[word] ?? 0
    const here = bitsIn(rest)
    for (let rank = passed; (ranks[slots.length] ?? Number.POSITIVE_INFINITY) < passed + here; rank += 1) {
      if (rank === ranks[slots.length]) slots.push((word << 5) + 31 - Math.clz32(rest & -rest))
      rest &= rest - 1
    }
    passed += here
  }
  return slots
}

// Floyd's way: each set of so many ranks is equally likely, and none is drawn in vain.
function chooseRanks(most: number, count: number, random: () => number): number[] {
  const ranks = new Set<number>()
  for (let last = count - most; last < count; last += 1) {
    const rank = Math.floor(random() * (last + 1))
    ranks.add(ranks.has(rank) ? last : rank)
  }
  return [...ranks].sort((a, b) => a - b)
}
