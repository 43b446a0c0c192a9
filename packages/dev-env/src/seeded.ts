export type Seeded = {
  seed: number
  /** Evenly spread in [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  shuffle<T>(list: readonly T[]): T[]
  bytes(length: number): Uint8Array
  /** A generator of its own: what one part of a test draws does not move what another part draws. */
  fork(name: string): Seeded
}

/** Repeatable randomness for tests (mulberry32): the same seed gives the same history on every machine. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    seed,
    next,
    int,
    chance: (probability) => next() < probability,
    pick(from) {
      const index = int(0, from.length - 1)
      if (!(index in from)) throw new Error('nothing to pick from')
      return from[index] as (typeof from)[number]
    },
    shuffle(list) {
      const keyed = list.map((value) => ({ value, key: next() }))
      return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value)
    },
    bytes: (length) => Uint8Array.from({ length }, () => int(0, 255)),
    fork(name) {
      let hash = seed >>> 0
      for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
      return seeded(hash)
    },
  }
}

/** The seed of this run: `PARLEY_SEED` when a failure is to be repeated, else a new one. Print it when a test fails. */
export function seedOfThisRun(): number {
  const given = process.env.PARLEY_SEED
  if (given === undefined || given === '') return (Math.random() * 2 ** 32) >>> 0
  if (!/^\d{1,10}$/.test(given)) throw new Error(`PARLEY_SEED must be a whole number, not "${given}"`)
  return Number(given) >>> 0
}
