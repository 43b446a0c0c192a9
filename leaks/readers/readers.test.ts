import { seeded } from '@parley/dev-env'
import { expect, test } from 'vitest'
import type { World } from '../model/world.ts'
import { ReadersHouse } from './readers-house.ts'
import { type Counts, runReaders } from './run-readers.ts'

const first = Number(process.env.PARLEY_SEED ?? 1)
const end = first + Number(process.env.PARLEY_HISTORIES ?? 24)
/** Each in a house of its own: while the database works for one of them, another goes on. */
const atOnce = 3
/** What people have grows with every history, and reading it takes as long: then they move to another house. */
const inOneHouse = 10
/** What houses tell of their fields to who asks and to who only answers. */
const tells: readonly World['tells'][] = [
  { visitor: [], responder: [] },
  { visitor: ['category', 'folder'], responder: ['name', 'tags', 'tickets'] },
]
/** What is found is mended one after the other: so many are enough. */
const most = 40

test(
  'settled 29 C2 in random histories on PostgreSQL, everyone reads exactly what the laws give them, numbered without gaps, under names that are theirs to know; searches and lists go by what one reads; what is hidden makes no byte and no statement differ (C9 sealed and erased)',
  async () => {
    const counts: Counts = new Map()
    const began = performance.now()
    let next = first
    const findings: string[] = []
    const goOn = async () => {
      while (next < end && findings.length < most) {
        const from = next
        // A seed is tried in the same kind of house wherever it begins.
        const block = Math.floor(from / inOneHouse)
        next = Math.min(end, (block + 1) * inOneHouse)
        const until = next
        const house = await ReadersHouse.opens(tells[block % tells.length])
        try {
          for (let seed = from; seed < until && findings.length < most; seed++) {
            await runReaders(house, seeded(seed), { steps: 10, counts }).catch((error) => {
              findings.push(`seed ${seed}: ${error instanceof Error ? error.stack : error}`)
              console.error(`leaks-readers: ${findings.at(-1)}`)
            })
            tell(seed, began)
          }
        } finally {
          await house.rig.close()
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, goOn))
    expect(findings).toEqual([])
    expect(next).toBe(end)
    if (end - first >= 24) expect(counts.size).toBeGreaterThan(10)
  },
  Number(process.env.PARLEY_TIMEOUT_MS ?? 300_000),
)

/** A soak says now and then how far it has come. */
function tell(seed: number, began: number): void {
  const done = seed - first + 1
  if (done % 1000 !== 0) return
  const rate = done / ((performance.now() - began) / 1000)
  console.log(`leaks-readers: ${done} of ${end - first}, ${rate.toFixed(1)}/s`)
}
