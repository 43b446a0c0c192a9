import type { InboundPresence } from '@parley/channel-sdk'
import type { Medium } from '@parley/model'
import { addressKey } from '@parley/rules'

/** Whoever is forgotten counts as reachable, as everybody does of whom nothing is known. */
const mostKnown = 10_000

/**
 * Addresses whose programs have gone, as the media of this process's channels told: a hint, kept in memory. Where somebody has another
 * address, what cannot wait goes there first.
 */
export class Presences {
  readonly #away = new Set<string>()

  taking(medium: Medium): (signal: InboundPresence) => void {
    return ({ address, isThere }) => {
      const key = `${medium} ${addressKey(medium, address)}`
      this.#away.delete(key)
      if (isThere) return
      this.#away.add(key)
      const [longest] = this.#away
      if (this.#away.size > mostKnown && longest !== undefined) this.#away.delete(longest)
    }
  }

  /** Medium and key of each, with a blank between. */
  away(): string[] {
    return [...this.#away]
  }
}
