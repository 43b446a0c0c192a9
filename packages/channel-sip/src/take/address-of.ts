import type { SipUri } from '../parse/parse-uri.ts'

/** A person's address as the server knows it: `sip:bo@example.org`, with a port where it is not the usual one. */
export function addressOf(uri: SipUri): string {
  if (uri.kind === 'other') return uri.text.slice(0, 320)
  const { scheme, user, host, port } = uri
  const isUsual = port === null || port === (scheme === 'sips' ? 5061 : 5060)
  return `${scheme}:${user === null ? '' : `${user}@`}${host}${isUsual ? '' : `:${port}`}`.slice(0, 320)
}

/** Two addresses are one person's when they differ in nothing but scheme and case. */
export function addressKey(address: string): string {
  return address.replace(/^sips?:/i, '').toLowerCase()
}
