import { parseFields } from './parse-fields.ts'
import { parseHead, type StartLine } from './parse-head.ts'
import type { ParseRefusal } from './refusal.ts'
import { firstHeader, type SipHeaders, type SipMessage } from './sip-message.ts'

export type Parsed =
  | { readonly ok: true; readonly message: SipMessage }
  | { readonly ok: false; readonly refusal: ParseRefusal }
  /** Empty lines: a sign of life (RFC 5626 §3.5.1). */
  | { readonly ok: false; readonly refusal: null }

/** The head of a message, and its body. What stands in front of and behind the message is not part of either. */
export interface RawMessage {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

/** One datagram. Octets behind the body that Content-Length tells of are not looked at (RFC 3261 §18.3). */
export function parseDatagram(bytes: Uint8Array): Parsed {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let from = 0
  while (raw[from] === 13 || raw[from] === 10) from++
  if (from === raw.length) return { ok: false, refusal: null }
  const end = raw.indexOf('\r\n\r\n', from)
  // A head that does not end is still read, so that its sender can be told.
  const head = raw.subarray(from, end === -1 ? raw.length : end)
  if (head.length > longestHead) return tooLarge
  const read = parseHead(head.toString('utf8'))
  if (!read.ok) return read
  if (end === -1) return refused(read.start, read.headers, 'truncated', 'The empty line behind the headers is missing')
  const behind = raw.subarray(end + 4)
  const length = contentLength(read.headers)
  if ((read.headers.get('content-length')?.length ?? 0) > 1) {
    return refused(read.start, read.headers, 'repeated-header', 'More than one content-length')
  }
  if (length === null) return refused(read.start, read.headers, 'content-length', 'Malformed Content-Length')
  if (length !== undefined && length > behind.length) {
    return refused(read.start, read.headers, 'content-length', 'Content-Length is larger than the message')
  }
  return parseFields(read.start, read.headers, behind.subarray(0, length ?? behind.length))
}

/** In bytes; undefined where the message does not say, null where what it says is no length. */
export function contentLength(headers: SipHeaders): number | undefined | null {
  const text = firstHeader(headers, 'content-length')
  if (text === undefined) return undefined
  return /^\d{1,9}$/.test(text) && (headers.get('content-length')?.length ?? 0) === 1 ? Number(text) : null
}

function refused(start: StartLine, headers: SipHeaders, because: ParseRefusal['because'], text: string): Parsed {
  const method = start.kind === 'request' ? start.method : null
  return { ok: false, refusal: { because, text, status: method === null ? null : 400, headers, method } }
}

/** In bytes. Of what is longer nothing is read. */
export const longestHead = 65_536

const tooLarge: Parsed = {
  ok: false,
  refusal: { because: 'too-large', text: 'The headers are too long', status: null, headers: new Map(), method: null },
}
