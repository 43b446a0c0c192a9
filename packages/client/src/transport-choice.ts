import type { LinkKind } from './link.ts'

const socketAgainMs = [60_000, 300_000, 1_800_000]

/** Sockets, until two of them have failed in a row; then polls, and after ever longer pauses a socket again. */
export class TransportChoice {
  readonly #preferred: 'auto' | LinkKind
  readonly #now: () => number
  #socketFailures = 0
  #pollsSince = 0
  #pollTurns = 0

  constructor(preferred: 'auto' | LinkKind, now: () => number) {
    this.#preferred = preferred
    this.#now = now
  }

  next(): LinkKind {
    if (this.#preferred !== 'auto') return this.#preferred
    if (this.#socketFailures < 2) return 'socket'
    const pause = socketAgainMs[Math.min(this.#pollTurns, socketAgainMs.length - 1)] ?? 0
    return this.#now() - this.#pollsSince < pause ? 'poll' : 'socket'
  }

  welcomed(by: LinkKind): void {
    if (by === 'poll') return
    this.#socketFailures = 0
    this.#pollTurns = 0
  }

  /** A socket that never got as far as the server's own words is taken for blocked; a server's close code is proof that it is not. */
  failed(by: LinkKind): void {
    if (by === 'socket') {
      this.#socketFailures += 1
      if (this.#socketFailures >= 2) this.#pollsSince = this.#now()
      // Where polls fail too, nothing is blocked: the server is away, and sockets are as good as polls.
    } else this.#socketFailures = 0
  }

  /** While polling: is it time to see whether sockets work? One that fails then is enough to come back to polls. */
  triesSocket(): boolean {
    if (this.#preferred !== 'auto' || this.next() === 'poll') return false
    this.#pollTurns += 1
    this.#pollsSince = this.#now()
    this.#socketFailures = 1
    return true
  }
}
