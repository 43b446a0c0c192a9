import { type HuntPolicy, retryMs, waveAfter } from './hunt-policy.ts'

/** A hunt under way, as it stands under the lock. */
export interface HuntState {
  readonly hunt: 'looking' | 'nobody' | 'found'
  /** How many waves there were. */
  readonly wave: number
  /** When more people may be asked; null: never again. */
  readonly askAt: Date | null
  /** When the visitor is told that nobody answers; null: not, or they were. */
  readonly huntUntil: Date | null
  /** Until when those who become free are still asked; null: no longer. */
  readonly waitsUntil: Date | null
  /** Offers that can still be answered, and answers that wait for a better one. */
  readonly open: number
  readonly admitted: number
  readonly slots: number
}

/** What a hunt wants done now. `ask`: more people, as one wave. `tell`: the visitor, that nobody is free. `end`: nobody is looked for any longer. */
export interface HuntStep {
  readonly ask: boolean
  readonly tell: boolean
  readonly end: boolean
}

/** What is due. Answers are counted before: whoever has one is not looked for further, unless more places are to be filled. */
export function huntStep(state: HuntState, now: Date): HuntStep {
  const isServed = state.hunt === 'found' || (state.admitted > 0 && state.slots === Number.POSITIVE_INFINITY)
  const isOver = isServed || state.admitted >= state.slots || isPast(state.waitsUntil, now)
  return {
    ask: !isOver && isPast(state.askAt, now),
    tell: !isServed && state.hunt === 'looking' && state.admitted === 0 && isPast(state.huntUntil, now),
    end: isOver,
  }
}

function isPast(at: Date | null, now: Date): boolean {
  return at !== null && at <= now
}

/**
 * When to look again after a wave that asked so many, `open` of whom may still answer. A wave that reached nobody, with nobody left of those
 * before, is followed at once by the next; beyond the last one whoever becomes free is asked now and then.
 */
export function nextWaveAt(
  policy: HuntPolicy,
  after: { readonly wave: number; readonly open: number; readonly waitsUntil: Date | null },
  now: Date,
): Date | null {
  const afterMs = waveAfter(policy, after.wave)
  if (afterMs !== null) return after.open === 0 ? now : new Date(now.getTime() + afterMs)
  if (after.waitsUntil === null) return null
  const retry = new Date(now.getTime() + retryMs)
  return retry < after.waitsUntil ? retry : null
}
