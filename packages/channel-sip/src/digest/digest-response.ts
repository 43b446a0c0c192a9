import { createHash } from 'node:crypto'

export type DigestAlgorithm = 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess'

export interface DigestInput {
  readonly algorithm: DigestAlgorithm
  readonly username: string
  readonly realm: string
  readonly nonce: string
  readonly method: string
  readonly uri: string
  /** Null as in RFC 2069: neither cnonce nor count. */
  readonly qop: 'auth' | 'auth-int' | null
  /** Eight hexadecimal digits. */
  readonly nc: string
  readonly cnonce: string
  /** What `auth-int` covers. */
  readonly body: Uint8Array
}

/** `response` of RFC 7616 §3.4.1; what it is computed from is either a password or its hash (`secretHash`). */
export function digestResponse(input: DigestInput, secret: { password: string } | { hash: string }): string {
  const { algorithm, nonce, qop, nc, cnonce } = input
  const h = (text: string | Uint8Array) => hash(algorithm, text)
  const own = 'hash' in secret ? secret.hash : secretHash(algorithm, input.username, input.realm, secret.password)
  const a1 = algorithm.endsWith('-sess') ? h(`${own}:${nonce}:${cnonce}`) : own
  const a2 = h(`${input.method}:${input.uri}${qop === 'auth-int' ? `:${h(input.body)}` : ''}`)
  return qop === null ? h(`${a1}:${nonce}:${a2}`) : h(`${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`)
}

/** What a registrar may keep in place of a password. */
function secretHash(algorithm: DigestAlgorithm, username: string, realm: string, password: string): string {
  return hash(algorithm, `${username}:${realm}:${password}`)
}

function hash(algorithm: DigestAlgorithm, text: string | Uint8Array): string {
  return createHash(algorithm.startsWith('MD5') ? 'md5' : 'sha256')
    .update(text)
    .digest('hex')
}

const algorithms: Readonly<Record<string, DigestAlgorithm>> = {
  md5: 'MD5',
  'md5-sess': 'MD5-sess',
  'sha-256': 'SHA-256',
  'sha-256-sess': 'SHA-256-sess',
}

/** Null for one that we do not know; without a name it is MD5 (RFC 7616 §3.3). */
export function algorithmNamed(name: string | null | undefined): DigestAlgorithm | null {
  return algorithms[(name ?? 'MD5').toLowerCase()] ?? null
}
