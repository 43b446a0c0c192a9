import type { SipHeaders } from '../parse/sip-message.ts'
import { contentType } from './content-type.ts'

export interface BodyPart {
  readonly headers: SipHeaders
  readonly body: Uint8Array
  readonly fileName: string | null
}

/** The parts between the boundaries (RFC 2046 §5.1), at most twenty; null when there is none. The last may lack its end. */
export function splitMultipart(body: Uint8Array, boundary: string): BodyPart[] | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const mark = `--${boundary}`
  let at = bytes.indexOf(mark)
  const parts: BodyPart[] = []
  while (at !== -1 && parts.length < 20) {
    const from = at + Buffer.byteLength(mark)
    if (bytes.subarray(from, from + 2).toString() === '--') break
    const next = bytes.indexOf(`\r\n${mark}`, from)
    parts.push(readOne(bytes.subarray(from, next === -1 ? bytes.length : next)))
    at = next === -1 ? -1 : next + 2
  }
  return parts.length > 0 ? parts : null
}

function readOne(bytes: Buffer): BodyPart {
  // The line end behind the boundary belongs to it; a part without headers begins with its empty line.
  const end = bytes.indexOf('\r\n\r\n')
  const head = bytes.subarray(0, end === -1 ? 0 : Math.min(end, 8_192)).toString('utf8')
  const headers = new Map<string, string[]>()
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), [line.slice(colon + 1).trim()])
  }
  const disposition = contentType(`x/${headers.get('content-disposition')?.[0] ?? 'y'}`)
  const fileName = disposition?.params
    .get('filename')
    ?.replace(/[\p{Cc}/\\]/gu, '_')
    .slice(0, 200)
  return { headers, body: bytes.subarray(end === -1 ? 2 : end + 4), fileName: fileName || null }
}
