import type { SipUri } from '../parse/parse-uri.ts'
import { unescapeUri } from '../parse/parse-uri-params.ts'
import type { SipRequest } from '../parse/sip-message.ts'

/** `user@domain` of ours that a request is for; null when it is for nobody here. `hosts` are the names that lead to us besides the domain. */
export function ourAddress({ uri, to }: SipRequest, domain: string, hosts: readonly string[]): string | null {
  const named = userAt(uri, [domain])
  if (named !== null) return `${named}@${domain}`
  // A proxy that knows us as a contact writes that into the Request-URI (RFC 3261 §16.5); whom it is for stands in To.
  const isForUs = uri.kind === 'sip' && hosts.includes(uri.host)
  const user = isForUs ? (userAt(to.uri, [domain]) ?? userAt(uri, hosts)) : null
  return user === null ? null : `${user}@${domain}`
}

function userAt(uri: SipUri, hosts: readonly string[]): string | null {
  if (uri.kind !== 'sip' || uri.user === null || !hosts.includes(uri.host)) return null
  const user = unescapeUri(uri.user).toLowerCase()
  return user.length <= 128 && /^[^\s@\p{Cc}]+$/u.test(user) ? user : null
}
