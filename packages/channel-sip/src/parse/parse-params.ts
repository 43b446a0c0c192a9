import type { ParseResult, SipParams } from './sip-message.ts'
import { endOfQuoted, isToken, unquote } from './tokens.ts'

const none: SipParams = new Map()

/** `;name=value;flag`, with white space where SIP allows it; each value a token, a quoted string or a host. */
export function parseParams(text: string): ParseResult<SipParams> {
  let rest = text.trim()
  if (rest === '') return { ok: true, value: none }
  const params = new Map<string, string | null>()
  while (rest !== '') {
    if (rest[0] !== ';') return { ok: false, because: 'something stands between parameters' }
    const parsed = parseOne(rest.slice(1).trimStart())
    if (!parsed.ok) return parsed
    // The first counts: a second of the same name is an attempt to be read in two ways.
    if (!params.has(parsed.value.name)) params.set(parsed.value.name, parsed.value.value)
    rest = parsed.value.rest
  }
  return { ok: true, value: params }
}

interface OneParam {
  name: string
  value: string | null
  rest: string
}

function parseOne(text: string): ParseResult<OneParam> {
  const nameEnd = endOfName(text)
  const name = text.slice(0, nameEnd)
  if (!isToken(name)) return { ok: false, because: 'a parameter has no name' }
  const behind = text.slice(nameEnd).trimStart()
  if (behind[0] !== '=') return { ok: true, value: { name: name.toLowerCase(), value: null, rest: behind } }
  const raw = behind.slice(1).trimStart()
  if (raw[0] === '"') {
    const end = endOfQuoted(raw, 0)
    if (end === -1) return { ok: false, because: 'a quoted string does not end' }
    return one(name, unquote(raw.slice(0, end)), raw.slice(end))
  }
  const end = raw.search(/[\s;]/)
  const value = end === -1 ? raw : raw.slice(0, end)
  if (!plainValue.test(value)) return { ok: false, because: 'a parameter has no proper value' }
  return one(name, value, raw.slice(value.length))
}

function one(name: string, value: string, rest: string): ParseResult<OneParam> {
  return { ok: true, value: { name: name.toLowerCase(), value, rest: rest.trimStart() } }
}

function endOfName(text: string): number {
  const end = text.search(/[\s;=]/)
  return end === -1 ? text.length : end
}

// A token, or a host with its port: `received` carries an IPv6 address without brackets (RFC 3261 §25.1, via-received).
const plainValue = /^[A-Za-z0-9\-.!%*_+`'~:[\]]+$/
