import { parseParams } from '../parse/parse-params.ts'
import type { SipParams } from '../parse/sip-message.ts'

export interface ContentType {
  /** `text/plain`, in lower case. */
  readonly name: string
  readonly params: SipParams
}

/** Without a header it is plain text (RFC 3428 §7); null for a malformed one. */
export function contentType(header: string | undefined): ContentType | null {
  if (header === undefined) return { name: 'text/plain', params: new Map() }
  const semicolon = header.indexOf(';')
  const name = (semicolon === -1 ? header : header.slice(0, semicolon)).replace(/\s+/g, '').toLowerCase()
  const params = parseParams(semicolon === -1 ? '' : header.slice(semicolon))
  return params.ok && /^[^/]+\/[^/]+$/.test(name) ? { name, params: params.value } : null
}
