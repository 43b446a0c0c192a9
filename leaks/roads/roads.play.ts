import { seeded } from '@parley/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outsideRoads } from './outside-roads.ts'
import { RoadsStage } from './roads-stage.ts'
import { runRoads } from './run-roads.ts'

let stage: RoadsStage
beforeAll(async () => {
  stage = await RoadsStage.opens()
}, 120_000)
afterAll(() => stage?.closes())

test(
  'settled 29 33 C2 over every road, with two servers and several people at once, nobody obtains a byte of what they may not read, and what they may read is there once and in order',
  async () => {
    const first = Number(process.env.PARLEY_SEED ?? 1)
    const histories = Number(process.env.PARLEY_HISTORIES ?? 3)
    for (let seed = first; seed < first + histories; seed++) {
      try {
        await runRoads(stage, seeded(seed), 5)
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error })
      }
    }
    // Words of another's went over each road.
    if (histories >= 3) expect([...outsideRoads].filter((road) => !stage.ear.carried.has(road))).toEqual([])
  },
  Number(process.env.PARLEY_TIMEOUT_MS ?? 300_000),
)
