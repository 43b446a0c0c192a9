import { createHmac, timingSafeEqual } from 'node:crypto'

const referenceBytes = 16
const keyBytes = 36

/**
 * Keys that only who has had a delivery can show: its reference and a signature over it, so that nothing secret is stored and a mail that is
 * sent twice carries the same link. `purpose` keeps the keys of one kind of link from opening another.
 */
export class SignedReference {
  readonly #secret: Buffer
  readonly #purpose: string

  constructor(secret: Buffer, purpose: string) {
    this.#secret = secret
    this.#purpose = purpose
  }

  /** `reference` is a delivery's: 32 hexadecimal digits. */
  keyFor(reference: string): string {
    return Buffer.concat([Buffer.from(reference, 'hex'), this.#sign(reference)]).toString('base64url')
  }

  /** The reference in a key that we made; null for any other. */
  referenceIn(key: string): string | null {
    if (!/^[\w-]{48}$/.test(key)) return null
    const bytes = Buffer.from(key, 'base64url')
    if (bytes.length !== keyBytes) return null
    const reference = bytes.subarray(0, referenceBytes).toString('hex')
    return timingSafeEqual(bytes.subarray(referenceBytes), this.#sign(reference)) ? reference : null
  }

  #sign(reference: string): Buffer {
    return createHmac('sha256', this.#secret)
      .update(`${this.#purpose} ${reference}`)
      .digest()
      .subarray(0, keyBytes - referenceBytes)
  }
}
