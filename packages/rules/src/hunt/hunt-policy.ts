/** How a site looks for people. */
export interface HuntPolicy {
  /** When it begins: with the visitor's first words, or as soon as they open the window, on what is known of them by then. */
  readonly begins: 'with-words' | 'on-entry'
  /** Who of those that match: all of them, some drawn by lot, or the best of them by `rankCandidates`. */
  readonly reach: 'all' | 'sample' | 'best'
  /** How many are asked about one question at most, whatever happens. */
  readonly most: number
  /** How many are asked at once, and how many more so long after, while nobody has answered. None: everyone whom `reach` and `most` allow, at once. */
  readonly waves: readonly Wave[]
  /** How long somebody who is asked may take; null: as long as the question is open. */
  readonly offerLastsMs: number | null
  /** After so long without an answer the visitor is told that nobody is free; those who were asked may still answer. null: never. */
  readonly patienceMs: number | null
  /** How long after it began those who become free, or want such questions from now on, are still asked. */
  readonly waitMs: number
  /** What becomes of those who were asked when it turns out that they do not want such a question. */
  readonly noLongerMatching: 'withdraw' | 'keep'
}

export interface Wave {
  /** After the wave before; of the first: after the hunt began. */
  readonly afterMs: number
  readonly most: number
}

/** How many of the matching are looked at to find the best: those beyond are left to chance, so that the ranking of a hunt among millions stays bounded. */
export const poolSize = 500

/** Whether somebody is still looked for when no wave is left: so often, until `waitMs` has passed. */
export const retryMs = 5 * 60_000

/** How many the wave with this number, from 0, may ask when so many were asked before it. */
export function roomInWave(policy: HuntPolicy, wave: number, asked: number): number {
  const left = Math.max(0, policy.most - asked)
  const own = policy.waves[wave]
  // Beyond the last wave whoever has become free meanwhile is asked, as many as the bound of the whole question allows.
  return own ? Math.min(own.most, left) : left
}

/** When the wave with this number, from 0, is due after the one before it; null if there is none. */
export function waveAfter(policy: HuntPolicy, wave: number): number | null {
  return policy.waves[wave]?.afterMs ?? null
}
