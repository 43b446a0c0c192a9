import { timingSafeEqual } from 'node:crypto'
import { quote } from '../parse/tokens.ts'
import { digestParams } from './digest-params.ts'
import { algorithmNamed, type DigestAlgorithm, digestResponse } from './digest-response.ts'
import type { Nonces } from './nonces.ts'

export type CredentialsVerdict =
  | { readonly ok: true; readonly username: string }
  /** `stale`: everything was right but the age of the nonce. */
  | { readonly ok: false; readonly because: 'none' | 'malformed' | 'wrong' | 'stale' | 'replayed' }

export interface DigestRealm {
  readonly realm: string
  readonly nonces: Nonces
  /** The password of somebody; undefined for a stranger. */
  passwordOf(username: string): string | undefined
}

/** Judges the credentials for our realm in `headers` (the values of Authorization). */
export function checkCredentials(
  { realm, nonces, passwordOf }: DigestRealm,
  headers: readonly string[],
  request: { method: string; uri: string; body: Uint8Array },
  now: number,
): CredentialsVerdict {
  const params = headers.map(digestParams).find((read) => read?.get('realm') === realm)
  if (!params) return { ok: false, because: 'none' }
  const algorithm = algorithmNamed(params.get('algorithm'))
  const username = params.get('username')
  const nonce = params.get('nonce')
  const nc = params.get('nc') ?? ''
  const cnonce = params.get('cnonce') ?? ''
  const qop = params.get('qop')
  const response = params.get('response') ?? ''
  if (!algorithm || username === undefined || !nonce || params.get('uri') !== request.uri) {
    return { ok: false, because: 'malformed' }
  }
  // Without a count credentials could be used again and again: we ask for `auth`, and take nothing less.
  if ((qop !== 'auth' && qop !== 'auth-int') || !/^[0-9a-f]{8}$/i.test(nc) || cnonce === '') {
    return { ok: false, because: 'malformed' }
  }
  // A stranger takes as long as somebody with the wrong password.
  const password = passwordOf(username)
  const input = { ...request, algorithm, username, realm, nonce, qop, nc, cnonce } as const
  const expected = Buffer.from(digestResponse(input, { password: password ?? '' }))
  const given = Buffer.from(response.toLowerCase())
  if (given.length !== expected.length || !timingSafeEqual(given, expected) || password === undefined) {
    return { ok: false, because: 'wrong' }
  }
  const standing = nonces.use(nonce, Number.parseInt(nc, 16), now)
  if (standing === 'fresh') return { ok: true, username }
  if (standing === 'forged') return { ok: false, because: 'wrong' }
  return { ok: false, because: standing === 'expired' ? 'stale' : 'replayed' }
}

/** What goes into WWW-Authenticate: the better algorithm first (RFC 7616 §3.7, RFC 8760 §2.4). */
export function challengesOf({ realm, nonces }: Pick<DigestRealm, 'realm' | 'nonces'>, now: number, isStale: boolean) {
  const algorithms: DigestAlgorithm[] = ['SHA-256', 'MD5']
  return algorithms.map(
    (algorithm) =>
      `Digest realm=${quote(realm)}, nonce="${nonces.make(now)}", algorithm=${algorithm}, qop="auth"${isStale ? ', stale=true' : ''}`,
  )
}
