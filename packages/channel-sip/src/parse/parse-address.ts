import { parseParams } from './parse-params.ts'
import { parseUri } from './parse-uri.ts'
import type { NameAddress, ParseResult } from './sip-message.ts'
import { endOfQuoted, unquote } from './tokens.ts'

/** `"Bo" <sip:bo@example.org>;tag=1`, `sip:bo@example.org;tag=1` (RFC 3261 §20.10). */
export function parseAddress(text: string): ParseResult<NameAddress> {
  const open = text[0] === '"' ? behindDisplay(text) : text.indexOf('<')
  if (open === null) return { ok: false, because: 'a display name that does not end' }
  return open === -1 ? parseBare(text) : parseBracketed(text, open)
}

/** Where the `<` behind a quoted display name stands; null when the name does not end or something else follows. */
function behindDisplay(text: string): number | null {
  const end = endOfQuoted(text, 0)
  if (end === -1) return null
  const gap = text.slice(end).search(/\S/)
  return gap !== -1 && text[end + gap] === '<' ? end + gap : null
}

function parseBracketed(text: string, open: number): ParseResult<NameAddress> {
  const close = text.indexOf('>', open)
  const before = text.slice(0, open).trim()
  if (close === -1) return { ok: false, because: 'an address without its closing bracket' }
  if (before !== '' && before[0] !== '"' && !displayTokens.test(before)) {
    return { ok: false, because: 'a display name that needs quotes' }
  }
  const uri = parseUri(text.slice(open + 1, close))
  if (!uri.ok) return uri
  const params = parseParams(text.slice(close + 1))
  if (!params.ok) return params
  const display = before[0] === '"' ? unquote(before) : before
  return { ok: true, value: { display, uri: uri.value, params: params.value } }
}

function parseBare(text: string): ParseResult<NameAddress> {
  const semicolon = text.indexOf(';')
  const spec = (semicolon === -1 ? text : text.slice(0, semicolon)).trimEnd()
  // Without brackets nobody could tell what belongs to the URI (RFC 3261 §20.10).
  if (/[,?]/.test(spec)) return { ok: false, because: 'an address that needs angle brackets' }
  const uri = parseUri(spec)
  if (!uri.ok) return uri
  const params = parseParams(semicolon === -1 ? '' : text.slice(semicolon))
  return params.ok ? { ok: true, value: { display: '', uri: uri.value, params: params.value } } : params
}

const displayTokens = /^[A-Za-z0-9\-.!%*_+`'~ \t]+$/
