import { parseUriParams } from './parse-uri-params.ts'
import type { ParseResult, SipParams } from './sip-message.ts'

/** An address in a message. Of schemes other than SIP's nothing is known but that they are one. */
export type SipUri = SipAddress | { readonly kind: 'other'; readonly scheme: string; readonly text: string }

export interface SipAddress {
  readonly kind: 'sip'
  readonly scheme: 'sip' | 'sips'
  /** As written, escapes and all; null for a host alone. */
  readonly user: string | null
  /** In lower case; an IPv6 address in its brackets. */
  readonly host: string
  readonly port: number | null
  readonly params: SipParams
  /** What stands behind `?`, unparsed: headers that a URI would plant in a request. */
  readonly headers: string | null
  readonly text: string
}

/** RFC 3261 §19.1 and §25.1. */
export function parseUri(text: string): ParseResult<SipUri> {
  if (/[\s<>"]/.test(text)) return { ok: false, because: 'white space or brackets in a URI' }
  const colon = text.indexOf(':')
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase()
  if (!/^[a-z][a-z0-9+\-.]*$/.test(scheme)) return { ok: false, because: 'a URI has no scheme' }
  if (scheme !== 'sip' && scheme !== 'sips') return { ok: true, value: { kind: 'other', scheme, text } }
  const rest = text.slice(colon + 1)
  const at = rest.indexOf('@')
  const userinfo = at === -1 ? null : rest.slice(0, at)
  const parts = behindUser.exec(at === -1 ? rest : rest.slice(at + 1))
  if (!parts || (userinfo !== null && !isUserinfo(userinfo))) return { ok: false, because: 'a malformed SIP URI' }
  const [, host = '', port, params = '', headers] = parts
  const portNumber = port === undefined ? null : Number(port)
  if (portNumber !== null && (portNumber < 1 || portNumber > 65_535)) return { ok: false, because: 'no such port' }
  const read = parseUriParams(params)
  if (!read) return { ok: false, because: 'malformed parameters of a URI' }
  return {
    ok: true,
    value: {
      kind: 'sip',
      scheme,
      user: userinfo === null ? null : (userinfo.split(':', 1)[0] ?? ''),
      host: host.toLowerCase(),
      port: portNumber,
      params: read,
      headers: headers ?? null,
      text,
    },
  }
}

const hostShape = '\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9](?:[A-Za-z0-9.\\-_]{0,253}[A-Za-z0-9.])?'
const behindUser = new RegExp(`^(${hostShape})(?::(\\d{1,5}))?((?:;[^;?@]*)*)(?:\\?([^?@]*))?$`)

export function isHost(text: string): boolean {
  return wholeHost.test(text)
}
const wholeHost = new RegExp(`^(?:${hostShape})$`)

// unreserved, escaped and user-unreserved; then, behind a colon, a password.
const userinfoShape =
  /^(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/]|%[0-9A-Fa-f]{2})+(?::(?:[A-Za-z0-9\-_.!~*'()&=+$,]|%[0-9A-Fa-f]{2})*)?$/

function isUserinfo(text: string): boolean {
  return userinfoShape.test(text)
}
