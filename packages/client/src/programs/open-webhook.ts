import type { ProgramWebhook } from '@parley/protocol'

/** A request that came to a program's endpoint: `body` as it came, before anything parses it. */
export interface WebhookRequest {
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  body: string | Uint8Array
}

export type OpenedWebhook =
  /** `id`: the same for the same thing arriving twice. Keep it, and do nothing the second time. */
  | { ok: true; id: string; webhook: ProgramWebhook }
  | { ok: false; because: 'headers-missing' | 'too-old' | 'wrong-signature' | 'not-understood' }

const toleranceMs = 5 * 60_000

/**
 * Whether a webhook is from Parley, and what it says: checks the signature of the Standard Webhooks specification with the program's secret
 * (`whsec_…`; while it is being replaced, either of the two) and that it was made in these five minutes. Answer anything that is not ok with
 * 401 and do nothing. Runs in browsers and in Node.
 */
export async function openWebhook(
  secrets: string | readonly string[],
  { headers, body }: WebhookRequest,
  now: Date = new Date(),
): Promise<OpenedWebhook> {
  const id = headerIn(headers, 'webhook-id')
  const timestamp = headerIn(headers, 'webhook-timestamp')
  const given = headerIn(headers, 'webhook-signature')
  if (!id || !/^\d{1,12}$/.test(timestamp) || !given) return { ok: false, because: 'headers-missing' }
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > toleranceMs) return { ok: false, because: 'too-old' }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const content = join(new TextEncoder().encode(`${id}.${timestamp}.`), bytes)
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    if (await isSigned(secret, content, given)) return read(id, bytes)
  }
  return { ok: false, because: 'wrong-signature' }
}

async function isSigned(secret: string, content: Uint8Array<ArrayBuffer>, given: string): Promise<boolean> {
  const raw = fromBase64(secret.replace(/^whsec_/, ''))
  if (!raw) return false
  const { subtle } = globalThis.crypto
  const key = await subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  for (const part of given.slice(0, 2_000).split(' ')) {
    const signature = part.startsWith('v1,') ? fromBase64(part.slice(3)) : null
    // Compared by the platform, in the same time however much of it is right.
    if (signature && (await subtle.verify('HMAC', key, signature, content))) return true
  }
  return false
}

function read(id: string, bytes: Uint8Array): OpenedWebhook {
  try {
    return { ok: true, id, webhook: JSON.parse(new TextDecoder().decode(bytes)) as ProgramWebhook }
  } catch {
    return { ok: false, because: 'not-understood' }
  }
}

function headerIn(headers: WebhookRequest['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name]
  return typeof value === 'string' ? value : ''
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.byteLength + second.byteLength)
  joined.set(first)
  joined.set(second, first.byteLength)
  return joined
}
