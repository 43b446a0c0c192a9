import type { ConditionVerdict } from '../criteria/judge.ts'

/** What ranks somebody who matches and may be asked. */
export interface Rankable {
  readonly person: string
  /** How their conditions fare, as `judge` says. */
  readonly conditions: readonly ConditionVerdict[]
  /** Earlier conversations with this visitor in which they answered. */
  readonly together: number
  /** Whether they can be reached now, and over a medium that is preferred for this question (any, where none is). */
  readonly reach: 'preferred' | 'other' | 'desk-only'
  readonly open: number
  /** null: as many as they like. */
  readonly capacity: number | null
  /** Of the last 90 days. */
  readonly record: { readonly asked: number; readonly answered: number; readonly medianMs: number | null }
}

/** Each part from 0 to 1, so that somebody can be told what counted. */
export interface RankParts {
  readonly fit: number
  readonly together: number
  readonly medium: number
  readonly free: number
  readonly record: number
}

export interface Ranked {
  readonly person: string
  readonly score: number
  readonly parts: RankParts
}

/** What counts how much: that a question is for somebody counts most, then that they know the visitor; the rest decides between equals. */
const weights: RankParts = { fit: 4, together: 3, free: 2, record: 2, medium: 1 }

/** As many wishes met as make a perfect fit: who asks for more is not better for it. */
const fullFit = 4
/** Who sets no bound of their own is as busy with five conversations as one who does with half of theirs. */
const usualCapacity = 10
/** So quick an answer is half as good as one at once. */
const halfAsGoodMs = 10 * 60_000

/** The best first; who is equal comes in the order of the numbers that `random` draws, from 0 to below 1, one for each. */
export function rankCandidates(candidates: readonly Rankable[], random: () => number): readonly Ranked[] {
  return candidates
    .map((candidate) => ({ ranked: rank(candidate), draw: random() }))
    .sort((a, b) => b.ranked.score - a.ranked.score || a.draw - b.draw)
    .map(({ ranked }) => ranked)
}

function rank(candidate: Rankable): Ranked {
  const { person, conditions, together, reach, open, capacity, record } = candidate
  const met = conditions.filter(({ group, holding }) => group !== 'none' && holding === 'met').length
  const parts: RankParts = {
    fit: Math.min(met, fullFit) / fullFit,
    together: Math.min(together, 2) / 2,
    medium: reach === 'preferred' ? 1 : reach === 'other' ? 0.5 : 0,
    free: Math.max(0, 1 - open / (capacity ?? usualCapacity)),
    record: recordOf(record),
  }
  const names = Object.keys(weights) as (keyof RankParts)[]
  const score = names.reduce((sum, name) => sum + weights[name] * parts[name], 0)
  return { person, score: Math.round(score * 1_000) / 1_000, parts }
}

// One more question, half answered, than there were: so nobody is judged by their first question alone, and who is new stands in the middle.
function recordOf({ asked, answered, medianMs }: Rankable['record']): number {
  const share = (Math.min(answered, asked) + 0.5) / (asked + 1)
  const quick = medianMs === null ? 0.5 : halfAsGoodMs / (halfAsGoodMs + Math.max(0, medianMs))
  return 0.7 * share + 0.3 * quick
}

/** So many of them, each equally likely, in the order in which they were drawn (Fisher–Yates). */
export function drawSample<T>(all: readonly T[], count: number, random: () => number): readonly T[] {
  const pool = [...all]
  for (let drawn = 0; drawn < Math.min(count, pool.length); drawn += 1) {
    const other = drawn + Math.floor(random() * (pool.length - drawn))
    const [a, b] = [pool[drawn], pool[other]]
    if (a !== undefined && b !== undefined) [pool[drawn], pool[other]] = [b, a]
  }
  return pool.slice(0, count)
}
