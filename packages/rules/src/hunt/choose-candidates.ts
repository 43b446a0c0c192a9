import type { HuntPolicy } from './hunt-policy.ts'
import { drawSample, type Rankable, type RankParts, rankCandidates } from './rank-candidates.ts'

/** Somebody who wants such a question, with what decides whether they are asked now. */
export interface HuntCandidate extends Rankable {
  /** How many questions they were asked in the last hour, and want to be at most; null: any number. */
  readonly askedThisHour: number
  readonly perHour: number | null
}

/** Why somebody who wants such a question is not asked now. */
export type NotAskedBecause = 'at-capacity' | 'enough-this-hour' | 'beyond-the-bound'

export type CandidateVerdict =
  | {
      readonly person: string
      readonly asked: true
      readonly because: 'matches' | 'drawn' | 'among-the-best'
      /** Where ranking decided. */
      readonly parts?: RankParts
    }
  | { readonly person: string; readonly asked: false; readonly because: NotAskedBecause; readonly parts?: RankParts }

/** Who of those that want such a question is asked now, at most `room` of them, and why each is or is not. Those who are asked come first, in order. */
export function chooseCandidates(
  candidates: readonly HuntCandidate[],
  how: { readonly reach: HuntPolicy['reach']; readonly room: number },
  random: () => number,
): readonly CandidateVerdict[] {
  const verdicts: CandidateVerdict[] = []
  const free: HuntCandidate[] = []
  for (const candidate of candidates) {
    const because = limitOf(candidate)
    if (because) verdicts.push({ person: candidate.person, asked: false, because })
    else free.push(candidate)
  }
  return [...order(free, how, random), ...verdicts]
}

/** Their own limits: how many conversations at once, and how many questions in an hour. */
export function limitOf({ open, capacity, askedThisHour, perHour }: HuntCandidate): NotAskedBecause | null {
  if (capacity !== null && open >= capacity) return 'at-capacity'
  return perHour !== null && askedThisHour >= perHour ? 'enough-this-hour' : null
}

function order(
  free: readonly HuntCandidate[],
  { reach, room }: { reach: HuntPolicy['reach']; room: number },
  random: () => number,
): CandidateVerdict[] {
  if (reach === 'best') {
    return rankCandidates(free, random).map(({ person, parts }, place) =>
      place < room
        ? { person, asked: true, because: 'among-the-best', parts }
        : { person, asked: false, because: 'beyond-the-bound', parts },
    )
  }
  // Who is asked at once and who in a later wave, or not at all, is left to chance: nobody is always the last.
  const drawn = drawSample(free, free.length, random)
  const because = reach === 'all' ? 'matches' : 'drawn'
  return drawn.map(({ person }, place) =>
    place < room ? { person, asked: true, because } : { person, asked: false, because: 'beyond-the-bound' },
  )
}
