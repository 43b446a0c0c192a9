import { seeded } from '@parley/dev-env/seeded'
import { expect, test } from 'vitest'
import { type Counts, decisionsTried, runHistory } from './run-history.ts'

test('settled 29 C2 in 3,000 random histories on the rules, each person may read exactly what the laws give them, after every step', () => {
  const counts: Counts = new Map()
  for (let seed = 1; seed <= 3000; seed++) {
    try {
      runHistory(seeded(seed), 16, counts)
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error })
    }
  }
  // A kind that is always refused, or never, would show nothing.
  for (const kind of decisionsTried) {
    const { done = 0, refused = 0 } = counts.get(kind) ?? {}
    expect([kind, done > 20, refused > 20 || kind === 'team-change']).toEqual([kind, true, true])
  }
})
