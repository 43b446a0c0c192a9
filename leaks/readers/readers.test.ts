import { seeded } from '@parley/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReadersHouse } from './readers-house.ts'
import { type Counts, runReaders } from './run-readers.ts'

let house: ReadersHouse
let tried = 0
/** What people have grows with every history, and reading it takes as long. */
const another = async () => {
  await house.rig.close()
  house = await ReadersHouse.opens()
}
beforeAll(
  async () => {
    house = await ReadersHouse.opens()
  },
  Number(process.env.PARLEY_TIMEOUT_MS ?? 300_000),
)
afterAll(() => house.rig.close())

test(
  'settled 29 C2 in random histories on PostgreSQL, everyone reads exactly what the laws give them, numbered without gaps, and lists go by what one reads',
  async () => {
    const counts: Counts = new Map()
    const first = Number(process.env.PARLEY_SEED ?? 1)
    for (let seed = first; seed < first + Number(process.env.PARLEY_HISTORIES ?? 30); seed++) {
      try {
        if (tried % 25 === 24) await another()
        tried++
        await runReaders(house, seeded(seed), { steps: 10, counts })
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}`, { cause: error })
      }
    }
    expect(counts.size).toBeGreaterThan(10)
  },
  Number(process.env.PARLEY_TIMEOUT_MS ?? 300_000),
)
