import type { InboundAttachment } from '@parley/channel-sdk'
import type { SipHeaders } from '../parse/sip-message.ts'
import { type ContentType, contentType } from './content-type.ts'
import { decodeContent } from './decode-content.ts'
import { type Disposition, readDisposition } from './disposition.ts'
import { readIsComposing } from './is-composing.ts'
import { splitMultipart } from './multipart.ts'

export type BodyRead =
  | { readonly kind: 'text'; readonly text: string; readonly attachments: readonly InboundAttachment[] }
  | { readonly kind: 'typing'; readonly isTyping: boolean }
  /** Of an earlier message of ours; null when it tells nothing that matters. */
  | { readonly kind: 'report'; readonly disposition: Disposition | null }
  /** Not understood; `encoding` when it is packed in a way that we do not unpack. */
  | { readonly kind: 'refused'; readonly because: 'encoding' | 'type' | 'charset' }

/** What goes into Accept. */
export const acceptedTypes =
  'text/plain, multipart/mixed, multipart/alternative, message/cpim, message/imdn+xml, application/im-iscomposing+xml'

/** The body of a MESSAGE (RFC 3428 §7). */
export function readBody(headers: SipHeaders, body: Uint8Array): BodyRead {
  const decoded = decodeContent(headers.get('content-encoding') ?? [], body, mostUnpacked)
  if (!decoded) return { kind: 'refused', because: 'encoding' }
  return readPart(contentType(headers.get('content-type')?.[0]), headers, decoded, 0)
}

// As much as may come unpacked, by default: more in less is an attack.
const mostUnpacked = 100_000

function readPart(type: ContentType | null, headers: SipHeaders, body: Uint8Array, depth: number): BodyRead {
  if (!type || depth > 3) return { kind: 'refused', because: 'type' }
  if (type.name === 'text/plain') return readText(type, headers, body)
  if (type.name === 'application/im-iscomposing+xml') return { kind: 'typing', isTyping: readIsComposing(body) }
  if (type.name === 'message/imdn+xml') return { kind: 'report', disposition: readDisposition(body) }
  if (type.name === 'message/cpim') return readCpim(body, depth)
  if (type.name.startsWith('multipart/')) return readMultipart(type, body, depth)
  return { kind: 'refused', because: 'type' }
}

function readText(type: ContentType, headers: SipHeaders, body: Uint8Array): BodyRead {
  const bytes = transferDecoded(headers, body)
  try {
    const text = new TextDecoder(type.params.get('charset') ?? 'utf-8').decode(bytes)
    return { kind: 'text', text: text.replace(/\r\n?/g, '\n').replace(unwanted, ''), attachments: [] }
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'refused', because: 'charset' }
    throw error
  }
}

// Nothing that a person types, and PostgreSQL keeps no NUL.
const unwanted = /[^\P{Cc}\n\t]/gu

/** The first text is what is said; everything else comes beside it. */
function readMultipart(type: ContentType, body: Uint8Array, depth: number): BodyRead {
  const boundary = type.params.get('boundary')
  const parts = boundary ? splitMultipart(body, boundary) : null
  if (!parts) return { kind: 'refused', because: 'type' }
  let text: string | null = null
  const attachments: InboundAttachment[] = []
  for (const [index, part] of parts.entries()) {
    const partType = contentType(part.headers.get('content-type')?.[0])
    const read: BodyRead | null = text === null ? readPart(partType, part.headers, part.body, depth + 1) : null
    if (read?.kind === 'text') {
      text = read.text
      attachments.push(...read.attachments)
    } else if (type.name !== 'multipart/alternative' && partType) {
      attachments.push({
        name: part.fileName ?? `part-${index + 1}`,
        type: partType.name,
        bytes: transferDecoded(part.headers, part.body),
        inline: false,
      })
    }
  }
  return text === null ? { kind: 'refused', because: 'type' } : { kind: 'text', text, attachments }
}

/** RFC 3862: headers of the message, an empty line, headers of its content, an empty line, the content. */
function readCpim(body: Uint8Array, depth: number): BodyRead {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const outer = bytes.indexOf('\r\n\r\n')
  const [inner] = outer === -1 ? [] : [splitHead(bytes.subarray(outer + 4))]
  if (!inner) return { kind: 'refused', because: 'type' }
  return readPart(contentType(inner.headers.get('content-type')?.[0]), inner.headers, inner.body, depth + 1)
}

function splitHead(bytes: Buffer) {
  return splitMultipart(Buffer.concat([Buffer.from('--x\r\n'), bytes, Buffer.from('\r\n--x--')]), 'x')?.[0]
}

function transferDecoded(headers: SipHeaders, body: Uint8Array): Uint8Array {
  const encoding = headers.get('content-transfer-encoding')?.[0]?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(Buffer.from(body).toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return body
  const text = Buffer.from(body)
    .toString('latin1')
    .replace(/=\r?\n/g, '')
  const plain = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}
