import { seeded } from '@parley/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReadersHouse } from './readers-house.ts'
import { type Counts, kindsTried, runReaders } from './run-readers.ts'

let house: ReadersHouse
beforeAll(async () => {
  house = await ReadersHouse.opens()
})
afterAll(() => house.rig.close())

test('settled 29 C2 in random histories on PostgreSQL, everyone reads exactly what the laws give them, numbered without gaps, and lists go by what one reads', async () => {
  const counts: Counts = new Map()
  const first = Number(process.env.PARLEY_SEED ?? 1)
  for (let seed = first; seed < first + Number(process.env.PARLEY_HISTORIES ?? 40); seed++) {
    try {
      await runReaders(house, seeded(seed), { steps: 10, counts })
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}`, { cause: error })
    }
  }
  console.log(kindsTried.map((kind) => `${kind} ${counts.get(kind)?.done}+${counts.get(kind)?.refused}`).join(', '))
  expect(counts.size).toBeGreaterThan(10)
})
