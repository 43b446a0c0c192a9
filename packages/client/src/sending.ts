import type { Refused, SaidFrame } from '@parley/protocol'
import { backOffMs } from './back-off.ts'
import type { Link, Timers } from './link.ts'
import { type Outbox, sayOf } from './outbox.ts'

/** A text that was refused for the moment is tried again so often, then left to the person. */
const maxTries = 6
/** What waits for an answer at a time: whoever comes back with hundreds would be closed for sending too fast, again and again. */
const maxInFlight = 20

/** Sends what the outbox holds, and settles what is answered. */
export class Sending {
  readonly #outbox: Outbox
  readonly #timers: Timers
  readonly #random: () => number
  /** The connection that frames may go over now. */
  readonly #link: () => Link | null
  /** Sent over this connection and not answered. */
  #inFlight = new Set<string>()
  /** After a frame that the server could not understand, one at a time, to find out which. */
  #isCautious = false
  readonly #tries = new Map<string, number>()

  constructor(parts: { outbox: Outbox; timers: Timers; random: () => number; link: () => Link | null }) {
    this.#outbox = parts.outbox
    this.#timers = parts.timers
    this.#random = parts.random
    this.#link = parts.link
  }

  /** A new connection: nothing that was sent over the last one will be answered. */
  begin(): void {
    this.#inFlight = new Set()
  }

  send(): void {
    const link = this.#link()
    if (!link) return
    for (const item of this.#outbox.waiting) {
      if (this.#inFlight.has(item.id)) continue
      if (this.#inFlight.size >= (this.#isCautious ? 1 : maxInFlight)) return
      this.#inFlight.add(item.id)
      link.send({ t: 'say', ...sayOf(item) })
    }
  }

  /** It is durable. `isShown`: it will be seen in the transcript; otherwise nobody waits for it here. Answers what was said, if it is still held. */
  said({ id, message }: SaidFrame, isShown: boolean): string | undefined {
    this.#inFlight.delete(id)
    this.#tries.delete(id)
    const text = this.#outbox.items.find((item) => item.id === id)?.text
    if (isShown) this.#outbox.said(id, message)
    else this.#outbox.drop(id)
    if (this.#outbox.waiting.length === 0) this.#isCautious = false
    return text
  }

  /** Is it refused for good? What is refused for the moment is sent again later. */
  refused(id: string, { reason, text }: Refused): boolean {
    this.#inFlight.delete(id)
    const count = (this.#tries.get(id) ?? 0) + 1
    if ((reason === 'try-again' || reason === 'too-fast') && count < maxTries) {
      this.#tries.set(id, count)
      this.#timers.setTimeout(() => this.send(), backOffMs(count, this.#random()))
      return false
    }
    this.#tries.delete(id)
    this.#outbox.refused(id, reason, text)
    return true
  }

  /** The server could not understand something. Nothing that may have been it is sent again as it is. Answers whether it was found. */
  suspect(): boolean {
    const [only, ...others] = this.#inFlight
    this.#isCautious = only === undefined || others.length > 0
    if (this.#isCautious || only === undefined) return false
    this.#outbox.refused(only, 'malformed', '')
    return true
  }
}
