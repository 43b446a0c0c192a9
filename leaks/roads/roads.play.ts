import { seeded } from '@parley/dev-env'
import { afterAll, beforeAll, test } from 'vitest'
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
    for (let seed = first; seed < first + Number(process.env.PARLEY_HISTORIES ?? 3); seed++) {
      try {
        await runRoads(stage, seeded(seed), 5)
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error })
      }
    }
  },
  Number(process.env.PARLEY_TIMEOUT_MS ?? 300_000),
)
