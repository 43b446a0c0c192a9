import { randomBytes } from 'node:crypto'

export type Passing = 'passed' | 'lost'

/**
 * XEP-0114 knows no acknowledgement: bytes given to a socket are not yet with the server. But a server takes the stanzas of one stream in
 * order (RFC 6120 §10.1), so that a query from us to ourselves comes back only after all that was written before it. What came before
 * that echo was taken, and its refusals by the server's own users came before it too.
 *
 * One echo is under way at a time; what is written meanwhile waits together for the next.
 */
export class Echoes {
  readonly #send: (id: string) => void
  readonly #name = randomBytes(9).toString('base64url')
  #count = 0
  #underWay: { id: string; since: number; waiting: ((passing: Passing) => void)[] } | null = null
  #next: ((passing: Passing) => void)[] = []

  constructor(send: (id: string) => void) {
    this.#send = send
  }

  /** Resolves when everything written so far has passed through the server, or the stream was lost before that showed. */
  passed(): Promise<Passing> {
    return new Promise((resolve) => {
      this.#next.push(resolve)
      if (!this.#underWay) queueMicrotask(() => this.#begin())
    })
  }

  waitsLongerThan(ms: number): boolean {
    return this.#underWay !== null && performance.now() - this.#underWay.since > ms
  }

  isOne(id: string): boolean {
    return id === this.#underWay?.id
  }

  returned(): void {
    const waiting = this.#underWay?.waiting ?? []
    this.#underWay = null
    for (const resolve of waiting) resolve('passed')
    this.#begin()
  }

  lost(): void {
    const waiting = [...(this.#underWay?.waiting ?? []), ...this.#next]
    this.#underWay = null
    this.#next = []
    for (const resolve of waiting) resolve('lost')
  }

  #begin(): void {
    if (this.#underWay || this.#next.length === 0) return
    const id = `echo-${this.#name}-${++this.#count}`
    this.#underWay = { id, since: performance.now(), waiting: this.#next }
    this.#next = []
    this.#send(id)
  }
}
