import { quote } from '../parse/tokens.ts'
import { digestParams } from './digest-params.ts'
import { algorithmNamed, type DigestAlgorithm, digestResponse } from './digest-response.ts'

export interface Challenge {
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | null
  readonly algorithm: DigestAlgorithm
  readonly qop: 'auth' | 'auth-int' | null
  /** The secret was right and the nonce too old: asking nobody, try again (RFC 7616 §3.3). */
  readonly isStale: boolean
}

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Of several challenges the first that we can answer (RFC 7616 §3.7: the server puts the best first). */
export function readChallenge(headers: readonly string[]): Challenge | null {
  for (const header of headers) {
    const params = digestParams(header)
    const algorithm = algorithmNamed(params?.get('algorithm'))
    const realm = params?.get('realm')
    const nonce = params?.get('nonce')
    const qop = chooseQop(params?.get('qop'))
    if (!params || !algorithm || realm === undefined || !nonce || qop === undefined) continue
    const opaque = params.get('opaque') ?? null
    return { realm, nonce, opaque, algorithm, qop, isStale: params.get('stale')?.toLowerCase() === 'true' }
  }
  return null
}

function chooseQop(offered: string | undefined): Challenge['qop'] | undefined {
  if (offered === undefined) return null
  const names = offered.split(',').map((name) => name.trim().toLowerCase())
  if (names.includes('auth')) return 'auth'
  return names.includes('auth-int') ? 'auth-int' : undefined
}

/** The value of Authorization or Proxy-Authorization. `count` rises with every use of a nonce. */
export function answerChallenge(
  challenge: Challenge,
  { username, password }: Credentials,
  request: { method: string; uri: string; body: Uint8Array },
  { cnonce, count }: { cnonce: string; count: number },
): string {
  const { realm, nonce, opaque, algorithm, qop } = challenge
  const nc = count.toString(16).padStart(8, '0')
  const response = digestResponse({ ...request, algorithm, username, realm, nonce, qop, nc, cnonce }, { password })
  const parts = [
    `username=${quote(username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(request.uri)}`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(qop ? [`qop=${qop}`, `nc=${nc}`] : []),
    ...(qop || algorithm.endsWith('-sess') ? [`cnonce="${cnonce}"`] : []),
    ...(opaque === null ? [] : [`opaque=${quote(opaque)}`]),
  ]
  return `Digest ${parts.join(', ')}`
}
