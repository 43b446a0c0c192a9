import { type Bits, bitsIn, countBits, slotsIn } from './slot-set.ts'

/** Who matched a request at the moment it was looked up. What becomes of the index afterwards does not change it. */
export class Matches {
  readonly count: number
  readonly #bits: Bits
  readonly #people: readonly string[]

  constructor(bits: Bits, people: readonly string[]) {
    this.#bits = bits
    this.#people = people
    this.count = countBits(bits)
  }

  /** Each of them; who wants only some stops. */
  *[Symbol.iterator](): Iterator<string> {
    for (const slot of slotsIn(this.#bits)) yield this.#people[slot] ?? ''
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
    const chosen: string[] = []
    let passed = 0
    let next = 0
    for (let word = 0; word < this.#bits.length && next < ranks.length; word += 1) {
      let rest = this.#bits[word] ?? 0
      const here = bitsIn(rest)
      for (let rank = passed; next < ranks.length && (ranks[next] ?? 0) < passed + here; rank += 1) {
        if (rank === ranks[next]) {
          chosen.push(this.#people[(word << 5) + 31 - Math.clz32(rest & -rest)] ?? '')
          next += 1
        }
        rest &= rest - 1
      }
      passed += here
    }
    return chosen
  }
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
