import type { SipParams } from './sip-message.ts'

const none: SipParams = new Map()

/** `;name=value;flag` of a URI: no white space, no quotes, escapes allowed. Null when malformed. */
export function parseUriParams(text: string): SipParams | null {
  if (text === '') return none
  const params = new Map<string, string | null>()
  for (const part of text.slice(1).split(';')) {
    if (!shape.test(part)) return null
    const [name = '', value] = part.split('=', 2)
    const key = unescapeUri(name).toLowerCase()
    if (!params.has(key)) params.set(key, value === undefined ? null : unescapeUri(value))
  }
  return params
}

// pname and pvalue: paramchar (RFC 3261 §25.1).
const shape =
  /^(?:[A-Za-z0-9\-_.!~*'()[\]/:&+$]|%[0-9A-Fa-f]{2})+(?:=(?:[A-Za-z0-9\-_.!~*'()[\]/:&+$]|%[0-9A-Fa-f]{2})+)?$/

/** Escapes undone, as UTF-8; what is not UTF-8 stays escaped. */
export function unescapeUri(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
