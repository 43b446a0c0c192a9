import type { Clock } from '@parley/model'
import type { Health } from './outcome.ts'

type Trouble = Extract<Health, { state: 'degraded' | 'down' }>

/** What is wrong with each part, and since when. The channel is as well as its worst part. */
export class ChannelHealth {
  readonly #clock: Clock
  readonly #troubles = new Map<string, Trouble>()
  readonly #waiting: Set<string>

  /** `parts` have nothing to say until their first contact: so long the channel counts as starting. */
  constructor(clock: Clock, parts: readonly string[]) {
    this.#clock = clock
    this.#waiting = new Set(parts)
  }

  /** `trouble` null: the part works. `since` stays with a trouble for as long as it lasts, whatever its wording. */
  set(part: string, trouble: string | null, state: Trouble['state'] = 'down'): void {
    this.#waiting.delete(part)
    if (trouble === null) {
      this.#troubles.delete(part)
      return
    }
    const since = this.#troubles.get(part)?.since ?? this.#clock.now()
    this.#troubles.set(part, { state, reason: trouble, since })
  }

  now(): Health {
    const troubles = [...this.#troubles]
    if (troubles.length === 0) return this.#waiting.size > 0 ? { state: 'starting' } : { state: 'up' }
    const since = new Date(Math.min(...troubles.map(([, trouble]) => trouble.since.getTime())))
    const reason = troubles.map(([part, trouble]) => `${part}: ${trouble.reason}`).join('; ')
    return { state: troubles.some(([, trouble]) => trouble.state === 'down') ? 'down' : 'degraded', reason, since }
  }
}
