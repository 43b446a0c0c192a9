import { randomBytes } from 'node:crypto'
import { safeFetch, signWebhook } from '@parley/channel-sdk'
import { seconds } from '@parley/model'

/** What the server knows of the outside of programs. */
export interface ProgramParts {
  /** The secret that signs for a program; see webhookSecrets. */
  readonly secretOf: (program: string, number: number) => string
  /** Hosts inside that may be endpoints, over http too: `host` or `host:port`. */
  readonly allow: readonly string[]
}

export type Pinged = { ok: true } | { ok: false; because: string }

/**
 * Is this endpoint the program's, and does it know who asks? A signed ping with a challenge, which must come back in the answer. It says
 * nothing about anybody; whatever else goes there is the outbox's.
 */
export async function pingEndpoint(
  { allow }: Pick<ProgramParts, 'allow'>,
  { url, secrets, now }: { url: string; secrets: readonly string[]; now: Date },
): Promise<Pinged> {
  const challenge = randomBytes(24).toString('base64url')
  const body = JSON.stringify({ type: 'ping', timestamp: now.toISOString(), data: { challenge } })
  const id = `ping_${randomBytes(16).toString('hex')}`
  const answer = await safeFetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'parley',
      ...signWebhook(secrets, { id, at: now, body }),
    },
    body,
    maxBytes: 16_384,
    timeoutMs: seconds(15),
    redirects: 0,
    allow,
    ...(isInside(url, allow) ? {} : { schemes: ['https'] }),
  })
  if (!answer.ok) return { ok: false, because: answer.because }
  if (answer.status < 200 || answer.status > 299) return { ok: false, because: `status-${answer.status}` }
  return echoed(answer.bytes) === challenge ? { ok: true } : { ok: false, because: 'no-challenge' }
}

/** Only what the operator allowed may be spoken to in the clear. */
export function isInside(url: string, allow: readonly string[]): boolean {
  if (!URL.canParse(url)) return false
  const { host, hostname } = new URL(url)
  return allow.includes(host) || allow.includes(hostname)
}

function echoed(bytes: Uint8Array): unknown {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString())
    return typeof parsed === 'object' && parsed !== null && 'challenge' in parsed ? parsed.challenge : undefined
  } catch {
    return undefined
  }
}
