import { ECDH } from 'node:crypto'

/** What a browser gives for a push to reach it (Push API §8). */
export interface Subscription {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

const base64Url = /^[A-Za-z0-9_-]+={0,2}$/

/**
 * A subscription as a browser gave it, or null. The endpoint is an address that a stranger names and that we then call: only https, only the
 * hosts of push services that the operator trusts, no user, no port but theirs.
 */
export function readSubscription(given: unknown, hosts: readonly string[]): Subscription | null {
  if (typeof given !== 'object' || given === null || !('endpoint' in given) || !('keys' in given)) return null
  const { endpoint, keys } = given
  if (typeof endpoint !== 'string' || endpoint.length > 1_000 || typeof keys !== 'object' || keys === null) return null
  if (!('p256dh' in keys) || !('auth' in keys)) return null
  const { p256dh, auth } = keys
  if (typeof p256dh !== 'string' || typeof auth !== 'string') return null
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  if (url?.protocol !== 'https:' || url.username || url.password || !isOneOf(hosts, url)) return null
  if (!isPoint(p256dh) || !base64Url.test(auth) || Buffer.from(auth, 'base64url').length !== 16) return null
  return { endpoint: url.href, keys: { p256dh, auth } }
}

/** `*.example.org` stands for every name below it; a host with a port allows that port. */
function isOneOf(hosts: readonly string[], { hostname, host }: URL): boolean {
  return hosts.some((allowed) => {
    if (allowed.startsWith('*.')) return host === hostname && hostname.endsWith(allowed.slice(1))
    return host === allowed
  })
}

/** A public key has to be a point of the curve, or encrypting for it throws (RFC 8291 §3.1). */
function isPoint(key: string): boolean {
  if (!base64Url.test(key) || key.length > 100) return false
  try {
    ECDH.convertKey(Buffer.from(key, 'base64url'), 'prime256v1')
    return true
  } catch {
    return false
  }
}
