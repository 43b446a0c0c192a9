/** How long to leave an SMSC alone that has too much to do: doubled with every further complaint, back to nothing with the first thing it takes. */
export class BackOff {
  readonly #firstMs: number
  readonly #longestMs: number
  #waitMs = 0
  #until = 0

  constructor({ firstMs, longestMs }: { firstMs: number; longestMs: number }) {
    this.#firstMs = firstMs
    this.#longestMs = longestMs
  }

  /** Milliseconds that are left of it; 0 when it may be asked again. */
  left(now: Date): number {
    return Math.max(0, this.#until - now.getTime())
  }

  complained(now: Date): void {
    // Several answers to what was on its way together are one complaint.
    if (this.left(now) > 0) return
    this.#waitMs = Math.min(Math.max(this.#firstMs, this.#waitMs * 2), this.#longestMs)
    this.#until = now.getTime() + this.#waitMs
  }

  took(now: Date): void {
    if (this.left(now) === 0) this.#waitMs = 0
  }
}
