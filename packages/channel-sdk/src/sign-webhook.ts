import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Signing by the Standard Webhooks specification, version 1 of the signature: HMAC-SHA256 over `id.timestamp.body`, with the bytes that
 * stand in base64 behind `whsec_`.
 */
export interface WebhookHeaders {
  readonly 'webhook-id': string
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string
  /** One `v1,…` for each secret that is good, separated by blanks. */
  readonly 'webhook-signature': string
}

/** While a secret is being replaced, both sign: the receiver finds the one that it knows. */
export function signWebhook(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): WebhookHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${signature(secret, `${id}.${timestamp}.${body}`)}`).join(' '),
  }
}

export type WebhookVerdict =
  | { ok: true; id: string }
  | { ok: false; because: 'headers-missing' | 'too-old' | 'wrong-signature' }

/** Older or newer than this by its own timestamp, and it is somebody else's copy that is being sent again. */
const toleranceMs = 5 * 60_000

/** Whether a request was signed with one of these secrets, just now. `body` as it came, before anything is parsed. */
export function verifyWebhook(
  secrets: readonly string[],
  { headers, body, now }: { headers: Readonly<Record<string, string>>; body: Uint8Array; now: Date },
): WebhookVerdict {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const given = headers['webhook-signature'] ?? ''
  if (!/^[\x21-\x7e]{1,256}$/.test(id) || !/^\d{1,12}$/.test(timestamp) || given === '') {
    return { ok: false, because: 'headers-missing' }
  }
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > toleranceMs) return { ok: false, because: 'too-old' }
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])
  const wanted = secrets.map((secret) => Buffer.from(signature(secret, content)))
  const candidates = given
    .slice(0, 2_000)
    .split(' ')
    .flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3))] : []))
  const isSigned = candidates.some((each) =>
    wanted.some((right) => right.byteLength === each.byteLength && timingSafeEqual(right, each)),
  )
  return isSigned ? { ok: true, id } : { ok: false, because: 'wrong-signature' }
}

function signature(secret: string, content: string | Buffer): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return createHmac('sha256', key).update(content).digest('base64')
}
