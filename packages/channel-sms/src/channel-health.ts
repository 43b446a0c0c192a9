import type { Health } from '@parley/channel-sdk'
import type { Clock } from '@parley/model'

/** What is wrong, and since when: `since` stays with a trouble for as long as it lasts, whatever its wording. */
export class ChannelHealth {
  readonly #clock: Clock
  #health: Health = { state: 'starting' }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  up(): void {
    this.#health = { state: 'up' }
  }

  standby(): void {
    this.#health = { state: 'standby' }
  }

  trouble(state: 'degraded' | 'down', reason: string): void {
    const since = 'since' in this.#health ? this.#health.since : this.#clock.now()
    this.#health = { state, reason, since }
  }

  now(): Health {
    return this.#health
  }
}
