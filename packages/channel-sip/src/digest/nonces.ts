import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export type NonceVerdict = 'fresh' | 'expired' | 'forged' | 'replayed'

/**
 * Nonces that need no memory to be known again: the time and a random part, signed. What is remembered is the highest count each was used
 * with, for as long as it lives, so that credentials that somebody overheard cannot be used again (RFC 7616 §5.4).
 */
export class Nonces {
  readonly #key: Buffer
  readonly #lifeMs: number
  readonly #used = new Map<string, { count: number; until: number }>()

  constructor(key: Buffer = randomBytes(32), lifeMs = 300_000) {
    this.#key = key
    this.#lifeMs = lifeMs
  }

  make(now: number): string {
    const stamp = Buffer.alloc(18)
    stamp.writeUIntBE(Math.floor(now), 0, 6)
    randomBytes(12).copy(stamp, 6)
    return Buffer.concat([stamp, this.#sign(stamp)]).toString('base64url')
  }

  /** Judges a nonce, and with `fresh` marks it as used with this count. */
  use(nonce: string, count: number, now: number): NonceVerdict {
    const bytes = Buffer.from(nonce, 'base64url')
    if (bytes.length !== 34 || bytes.toString('base64url') !== nonce) return 'forged'
    const stamp = bytes.subarray(0, 18)
    if (!timingSafeEqual(this.#sign(stamp), bytes.subarray(18))) return 'forged'
    const until = stamp.readUIntBE(0, 6) + this.#lifeMs
    if (now >= until) return 'expired'
    const used = this.#used.get(nonce)
    if (used && count <= used.count) return 'replayed'
    if (!used) this.#forgetSome(now)
    this.#used.set(nonce, { count, until })
    return 'fresh'
  }

  /** In the order in which they were first used, which is nearly that in which they end. */
  #forgetSome(now: number): void {
    for (const [nonce, { until }] of this.#used) {
      if (until > now && this.#used.size < mostRemembered) return
      this.#used.delete(nonce)
    }
  }

  #sign(stamp: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(stamp).digest().subarray(0, 16)
  }
}

// Only who knows a secret gets one remembered (`checkCredentials` looks at the response first).
const mostRemembered = 100_000
