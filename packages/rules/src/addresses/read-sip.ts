import { domainKey } from './domain-key.ts'
import type { ReadAddress } from './read-address.ts'

/**
 * An address of record (RFC 3261 §10): `bo@example.org`, with or without `sip:` or `sips:`, and a port. Passwords, parameters and headers
 * are nobody's address. Compared without its scheme, and without regard to case: strictly the user part has one (§19.1.4), but no two
 * people of a server differ by it.
 */
export function readSip(typed: string): ReadAddress {
  const found = shape.exec(typed.replace(/^<(.*)>$/, '$1'))
  const { scheme = 'sip', user = '', host = '', port } = found?.groups ?? {}
  const domain = domainKey(host)
  if (!found || domain === null || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) {
    return { ok: false, refusal: 'malformed' }
  }
  const isUsualPort = port === undefined || Number(port) === (scheme.toLowerCase() === 'sips' ? 5061 : 5060)
  const where = isUsualPort ? domain : `${domain}:${Number(port)}`
  return { ok: true, value: `${scheme.toLowerCase()}:${user}@${where}`, key: `${user.toLowerCase()}@${where}` }
}

// user = unreserved, escaped and user-unreserved (RFC 3261 §25.1).
const shape =
  /^(?:(?<scheme>sips?):)?(?<user>(?:[\w\-.!~*'()&=+$,;?/]|%[\dA-Fa-f]{2}){1,64})@(?<host>[^\s:@;?<>]{1,255})(?::(?<port>\d{1,5}))?$/iu
