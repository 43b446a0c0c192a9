import { createHash } from 'node:crypto'

/** Alone it says which message this is. */
const isIdentity = (mark: string) => mark.startsWith('id ')
const SLOT_MS = 120_000
const HOUR_MS = 3_600_000
/** An answer that was written so shortly before the connection broke may not have arrived. */
const UNCERTAIN_MS = 10_000
const most = 20_000

interface Occurrence {
  id: string
  slot: number
  count: number
  acknowledgedAt: number | null
}

/**
 * Which message this is. SMPP names none: the same words twice may be one message that is brought again, because our answer was lost, or a
 * person who says "yes" twice. It is the same as long as we have not answered for it; and, since another process may have died before it
 * answered, the first of its kind within two minutes has one name everywhere.
 */
export class Occurrences {
  readonly #seen = new Map<string, Occurrence>()
  #connection = 0

  /** The connection that there is now: an answer can only arrive on the one that its message came by. */
  get connection(): number {
    return this.#connection
  }

  /** `about`: everything that is the same when it is the same message. */
  idFor(about: readonly (string | number | null)[], mark: string | null, now: Date): string {
    const print = createHash('sha256')
      .update(JSON.stringify([about, mark]))
      .digest('base64url')
    if (mark && isIdentity(mark)) return print
    const slot = Math.floor(now.getTime() / (mark ? HOUR_MS : SLOT_MS))
    const last = this.#seen.get(print)
    if (last && (last.acknowledgedAt === null || (mark !== null && last.slot === slot))) return last.id
    const count = last?.slot === slot ? last.count + 1 : 0
    const occurrence = { id: `${print}.${slot}.${count}`, slot, count, acknowledgedAt: null }
    this.#seen.delete(print)
    this.#seen.set(print, occurrence)
    if (this.#seen.size > most) {
      const [oldest] = this.#seen.keys()
      if (oldest !== undefined) this.#seen.delete(oldest)
    }
    return occurrence.id
  }

  /** `connection`: the one that it came by. */
  acknowledged(id: string, connection: number, now: Date): void {
    if (connection !== this.#connection) return
    const found = this.#seen.get(id.split('.')[0] ?? '')
    if (found?.id === id) found.acknowledgedAt = now.getTime()
  }

  connectionEnded(now: Date): void {
    this.#connection += 1
    const since = now.getTime() - UNCERTAIN_MS
    for (const occurrence of this.#seen.values()) {
      if (occurrence.acknowledgedAt !== null && occurrence.acknowledgedAt > since) occurrence.acknowledgedAt = null
    }
  }
}
