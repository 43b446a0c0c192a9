import { type Parley, startParley } from '@parley/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { playHistory } from './contract-world.fixture.ts'

/** `npm test` takes a sample; the soak sets the full count. */
const histories = Number(process.env.PARLEY_HISTORIES ?? 150)
const first = Number(process.env.PARLEY_SEED ?? 1)
const atOnce = 6

let parley: Parley
beforeAll(async () => {
  parley = await startParley({ account: { name: 'nobody', sites: [], responders: [] } })
})
afterAll(() => parley.stop())

test(
  `A3 A17 whatever is cut at any frame and resumed at any cursor, over sockets or polls, everybody ends with exactly what is theirs to see (${histories} histories)`,
  async () => {
    const findings: string[] = []
    let seed = first
    const worker = async () => {
      while (seed < first + histories && findings.length < 5) {
        const mine = seed
        seed += 1
        findings.push(...(await playHistory(parley, mine)))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    expect(findings).toEqual([])
  },
  60_000 + histories * 1_500,
)

test.each([
  [5380, 'a text repeated after a reload stands before what the page has loaded'],
  [5487, 'three of them, said to one person'],
])('A17 history %i: %s', async (seed) => {
  expect(await playHistory(parley, seed)).toEqual([])
})
