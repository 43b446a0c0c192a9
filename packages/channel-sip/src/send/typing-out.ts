import type { OutboundTyping } from '@parley/channel-sdk'

/**
 * Which hints are worth a message (RFC 3994 §3.2): that somebody still types is said once a minute, that they stopped only after they
 * began, and not when what they typed arrives anyway.
 */
export class TypingOut {
  readonly #active = new Map<string, number>()

  /** Is this to be told? `now` in milliseconds. */
  tells({ to, token, isTyping }: OutboundTyping, now: number): boolean {
    const key = `${token} ${to}`
    const since = this.#active.get(key)
    if (!isTyping) return this.#active.delete(key)
    if (since !== undefined && now - since < refreshMs) return false
    if (since === undefined && this.#active.size >= mostRemembered) return false
    this.#active.set(key, now)
    return true
  }

  /** A message has gone there: it says by itself that nobody types any more. */
  sent(to: string, token: string): void {
    this.#active.delete(`${token} ${to}`)
  }

  /** Forgets those of whom nobody said that they stopped. */
  tidy(now: number): void {
    for (const [key, since] of this.#active) if (now - since > 2 * refreshMs) this.#active.delete(key)
  }
}

const refreshMs = 60_000
const mostRemembered = 10_000
