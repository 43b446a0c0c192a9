/**
 * Reads bytes from front to back and never past their end: where they run out, or a text is longer than it may be, it says so by `isShort`
 * and gives nothing from then on. Asked once at the end, instead of after every field.
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0
  isShort: string | null = null

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  uint8(): number {
    return this.#number(1)
  }

  uint16(): number {
    return this.#number(2)
  }

  uint32(): number {
    return this.#number(4)
  }

  skip(count: number): void {
    this.#take(count, 'head')
  }

  bytes(count: number, field: string): Uint8Array {
    return this.#take(count, field)
  }

  /** A C-octet string of at most `most` bytes with its end (§3.1). */
  text(most: number, field: string): string {
    if (this.isShort) return ''
    const end = this.#bytes.subarray(this.#at, this.#at + most).indexOf(0)
    if (end < 0) {
      this.isShort = `${field} does not end`
      return ''
    }
    const text = Buffer.from(this.#take(end, field)).toString('latin1')
    this.#at += 1
    return text
  }

  /** The same where the end may be missing: then all that is left is the text. */
  textOrRest(most: number, field: string): string {
    const rest = this.#bytes.subarray(this.#at)
    if (rest.includes(0) || rest.length > most) return this.text(most, field)
    return Buffer.from(this.#take(rest.length, field)).toString('latin1')
  }

  #number(size: number): number {
    let value = 0
    for (const byte of this.#take(size, 'a number')) value = value * 256 + byte
    return value
  }

  #take(count: number, field: string): Uint8Array {
    if (this.isShort) return new Uint8Array()
    if (count > this.left) {
      this.isShort = `${field} is cut off`
      return new Uint8Array()
    }
    const taken = this.#bytes.subarray(this.#at, this.#at + count)
    this.#at += count
    return taken
  }
}
