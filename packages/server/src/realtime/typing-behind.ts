import type { Clock } from '@parley/model'

/** How long a typing notice holds (real-time.ts, `Typing`). */
const holdsMs = 6_000
/** Whoever goes without a word is dropped at the latest by this many others. */
const mostFaces = 50_000

/**
 * Who types behind a face, so that the one they are seen as goes on typing until the last of them stops. Kept in memory only: whoever goes
 * without a word is forgotten when their notice runs out. What other processes tell counts as one more who types.
 */
export class TypingBehind {
  readonly #clock: Clock
  readonly #typing = new Map<string, Map<string, number>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `to`: who is told. Answers whether the face types from now on as it is told: not, where one stops and another goes on. */
  take(face: { interaction: string; participant: string; to: string }, who: string, on: boolean): boolean {
    const key = `${face.to} ${face.interaction} ${face.participant}`
    const now = this.#clock.now().getTime()
    const typing = this.#typing.get(key) ?? new Map<string, number>()
    for (const [one, until] of typing) if (until <= now) typing.delete(one)
    if (on) typing.set(who, now + holdsMs)
    else typing.delete(who)
    if (typing.size === 0) this.#typing.delete(key)
    else this.#typing.set(key, typing)
    const [oldest] = this.#typing.keys()
    if (this.#typing.size > mostFaces && oldest !== undefined) this.#typing.delete(oldest)
    return on || typing.size === 0
  }
}
