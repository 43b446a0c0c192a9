/**
 * A host name as it is compared and asked for: lower case, in its ASCII form (RFC 5891), without a dot at its end. Null for what is none,
 * and for IP addresses: who lets strangers name one lets them reach into the network behind.
 */
export function domainKey(typed: string): string | null {
  if (!/^[^\s/\\@:?#%[\]]{1,253}$/u.test(typed)) return null
  const host = URL.parse(`http://${typed.replace(/\.$/, '')}`)?.hostname ?? ''
  return label.test(host) && !/(?:^|\.)\d+$/.test(host) ? host : null
}

const label = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/
