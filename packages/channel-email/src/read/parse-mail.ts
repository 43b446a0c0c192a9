import PostalMime from 'postal-mime'
import type { BrokenReason, ParsedMail } from './parsed-mail.ts'

/** What one mail may cost before it is refused unread. */
export type ParseLimits = { bytes: number; nesting: number; headerBytes: number; parts: number }

const defaultParseLimits: ParseLimits = {
  bytes: 40 * 1024 * 1024,
  nesting: 40,
  headerBytes: 1024 * 1024,
  parts: 500,
}

/**
 * Takes bytes apart into headers, text, HTML and parts. Attached mails stay closed (a bounce's original, a forwarded mail):
 * they are somebody else's words and headers. Never throws for what the bytes hold.
 */
export async function parseMail(
  raw: Uint8Array,
  limits: ParseLimits = defaultParseLimits,
): Promise<{ ok: true; mail: ParsedMail } | { ok: false; because: BrokenReason }> {
  if (raw.byteLength === 0) return { ok: false, because: 'empty' }
  if (raw.byteLength > limits.bytes) return { ok: false, because: 'too-large' }
  const parser = new PostalMime({
    forceRfc822Attachments: true,
    maxNestingDepth: limits.nesting,
    maxHeadersSize: limits.headerBytes,
  })
  try {
    const email = await parser.parse(raw)
    if (email.headers.length === 0) return { ok: false, because: 'no-header' }
    return {
      ok: true,
      mail: {
        headers: email.headers.map(({ key, value }) => ({ name: key, value })),
        text: email.text,
        html: email.html,
        parts: email.attachments.slice(0, limits.parts).map((part) => ({
          name: part.filename,
          type: part.mimeType || 'application/octet-stream',
          disposition: part.disposition,
          contentId: part.contentId?.replace(/^<|>$/g, '') ?? null,
          isRelated: part.related ?? false,
          bytes: bytesOf(part.content),
        })),
      },
    }
  } catch (error) {
    // The parser has no error codes; its two limits are told apart by their words, and everything else is a mail it cannot read.
    const message = error instanceof Error ? error.message : ''
    if (/nesting depth/i.test(message)) return { ok: false, because: 'too-deep' }
    if (/header/i.test(message)) return { ok: false, because: 'header-too-large' }
    return { ok: false, because: 'unreadable' }
  }
}

function bytesOf(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}
