import { headerLength, longestPdu } from './pdu.ts'

/**
 * Cuts a stream into PDUs by the length that each begins with. A length that cannot be true ends it: behind it nothing can be found again,
 * so the connection has to be closed. Never keeps more than one PDU of the longest kind.
 */
export class PduFrames {
  #kept = Buffer.alloc(0)

  /** The PDUs that are whole with these bytes; null when the stream is no SMPP (any more). */
  push(chunk: Uint8Array): Uint8Array[] | null {
    let rest = Buffer.concat([this.#kept, chunk])
    const frames: Uint8Array[] = []
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0)
      if (length < headerLength || length > longestPdu) return null
      if (rest.length < length) break
      frames.push(rest.subarray(0, length))
      rest = rest.subarray(length)
    }
    this.#kept = Buffer.from(rest)
    return frames
  }
}
