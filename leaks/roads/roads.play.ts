import { seeded } from '@parley/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outsideRoads } from './outside-roads.ts'
import { RoadsStage } from './roads-stage.ts'
import { runRoads } from './run-roads.ts'
import { tryFromAnotherHouse, tryWithoutPart } from './strangers.ts'

let stage: RoadsStage
beforeAll(async () => {
  stage = await RoadsStage.opens()
}, 120_000)
afterAll(() => stage?.closes())

test(
  'settled 29 33 C2 over every road, with two servers and several people at once, nobody obtains a byte of what they may not read, and what they may read is there once and in order',
  async () => {
    const first = Number(process.env.PARLEY_SEED ?? 1)
    const histories = Number(process.env.PARLEY_HISTORIES ?? 10)
    for (let seed = first; seed < first + histories; seed++) {
      const tried = seed - first
      if (tried > 0 && tried % 50 === 0) console.log(`leaks-roads: ${tried} of ${histories}`)
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

test('C1 who is of another house, at its desk, at a window or as a program, is told of every id what they are told of what never was, and changes nothing', async () => {
  expect((await tryFromAnotherHouse(stage, seeded(7))).size).toBeGreaterThan(80)
})

test('C1 C2 who works in the house and has no part in a conversation is told of all that is in it what they are told of what never was, and changes nothing', async () => {
  expect((await tryWithoutPart(stage)).size).toBeGreaterThan(30)
})
