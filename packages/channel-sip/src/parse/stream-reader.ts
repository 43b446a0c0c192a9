import { parseFields } from './parse-fields.ts'
import { parseHead } from './parse-head.ts'
import { contentLength, longestHead, type Parsed, type RawMessage } from './parse-message.ts'

export type StreamPiece =
  | { readonly kind: 'message'; readonly parsed: Parsed; readonly raw: RawMessage }
  /** An empty line: the peer asks whether we are there (two line ends), or says so (one). */
  | { readonly kind: 'ping' | 'pong' }
  /** Nobody can say where the next message begins: close, after telling the sender when `parsed` can be answered. */
  | { readonly kind: 'broken'; readonly because: string; readonly parsed: Parsed | null }

/** Cuts a stream into messages (RFC 3261 §18.3: Content-Length says where each ends). Holds at most one message. */
export class StreamReader {
  readonly #mostBody: number
  #held: Buffer = Buffer.alloc(0)
  #isBroken = false

  constructor(mostBody: number) {
    this.#mostBody = mostBody
  }

  /** Takes what came, and gives what is whole. After `broken` it gives nothing more. */
  take(chunk: Uint8Array): StreamPiece[] {
    if (this.#isBroken) return []
    this.#held = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk])
    const pieces: StreamPiece[] = []
    for (let piece = this.#next(); piece; piece = this.#next()) {
      pieces.push(piece)
      if (piece.kind === 'broken') {
        this.#isBroken = true
        this.#held = Buffer.alloc(0)
        break
      }
    }
    return pieces
  }

  #next(): StreamPiece | null {
    const held = this.#held
    if (held[0] === 13) return this.#emptyLines(held)
    const end = held.indexOf('\r\n\r\n')
    if (end === -1) {
      return held.length > longestHead ? { kind: 'broken', because: 'a head that does not end', parsed: null } : null
    }
    const head = held.subarray(0, end)
    if (head.length > longestHead) return { kind: 'broken', because: 'a head that does not end', parsed: null }
    const read = parseHead(head.toString('utf8'))
    const headers = read.ok ? read.headers : read.refusal.headers
    const length = contentLength(headers)
    // On a stream a message without Content-Length has no end (RFC 3261 §20.14); empty ones are sent so all the same.
    if (length === null)
      return { kind: 'broken', because: 'no proper Content-Length', parsed: lengthRefused(read, headers) }
    const size = length ?? 0
    if (size > this.#mostBody) return { kind: 'broken', because: 'a body too large', parsed: tooLarge(read, headers) }
    if (held.length < end + 4 + size) return null
    const body = held.subarray(end + 4, end + 4 + size)
    this.#held = held.subarray(end + 4 + size)
    const parsed = read.ok ? parseFields(read.start, read.headers, body) : read
    if (!parsed.ok && parsed.refusal?.because === 'not-sip') {
      return { kind: 'broken', because: 'no SIP', parsed: null }
    }
    return { kind: 'message', parsed, raw: { head, body } }
  }

  #emptyLines(held: Buffer): StreamPiece | null {
    if (held.length >= 2 && held[1] !== 10) return { kind: 'broken', because: 'no SIP', parsed: null }
    if (held.length >= 4 && held[2] === 13 && held[3] === 10) {
      this.#held = held.subarray(4)
      return { kind: 'ping' }
    }
    if (held.length < 2 || held.length === 3) return null
    this.#held = held.subarray(2)
    return { kind: 'pong' }
  }
}

type Head = ReturnType<typeof parseHead>

function lengthRefused(read: Head, headers: ReadonlyMap<string, readonly string[]>): Parsed {
  return refusedAs(read, headers, 'content-length', 'Malformed Content-Length', 400)
}

function tooLarge(read: Head, headers: ReadonlyMap<string, readonly string[]>): Parsed {
  return refusedAs(read, headers, 'too-large', 'Message too large', 413)
}

function refusedAs(
  read: Head,
  headers: ReadonlyMap<string, readonly string[]>,
  because: 'content-length' | 'too-large',
  text: string,
  status: 400 | 413,
): Parsed {
  if (!read.ok) return read
  const method = read.start.kind === 'request' ? read.start.method : null
  return { ok: false, refusal: { because, text, status: method === null ? null : status, headers, method } }
}
