import { createHash } from 'node:crypto'
import type { ChannelHost, ChannelRequest, ChannelResponse, Inbound, Receipt } from '@parley/channel-sdk'
import { verifyWebhook } from '@parley/channel-sdk'
import { plainly } from '@parley/model'
import { readSender } from './read-endpoint.ts'

/** Longer text than this is refused, as the web refuses it. */
const longestText = 16_000

/** What a program says to one of our addresses. `id`: the same for the same thing arriving twice. */
export function inboundOf(wanted: {
  channel: string
  to: string
  from: string
  why: string
  text: string
  id: string
  raw: Uint8Array
}): Inbound {
  return {
    channel: wanted.channel,
    externalId: createHash('sha256').update(wanted.id).digest('hex'),
    to: wanted.to,
    from: { address: wanted.from, standing: 'proven', why: wanted.why },
    verdict: { kind: 'message' },
    said: plainly(wanted.text),
    attachments: [],
    raw: wanted.raw,
    writtenAt: null,
    language: null,
    title: null,
  }
}

/**
 * An answer that a program sends by itself, signed with the secret by which it knows our webhooks, to `…/<program>.<number of the secret>`:
 * `{"to": "…", "text": "…"}`. Verified before anything in it is read; the same `webhook-id` again is the same answer.
 */
export async function takeReply(
  { method, path, headers, body }: ChannelRequest,
  {
    host,
    channel,
    secretOf,
  }: { host: ChannelHost; channel: string; secretOf: (program: string, number: number) => string },
): Promise<ChannelResponse> {
  const sender = readSender(path)
  if (method !== 'POST' || !sender) return { status: 404 }
  const secrets = [secretOf(sender.program, sender.secretNumber)]
  const verdict = verifyWebhook(secrets, { headers, body, now: host.clock.now() })
  if (!verdict.ok) {
    host.log.warn('a reply was not signed as it should be', { because: verdict.because })
    return { status: 401, body: verdict.because }
  }
  const reply = readReply(body)
  if (!reply) return { status: 400, body: 'not understood' }
  const address = await host.mayReceive(reply.to)
  if (!address.accepts) return address.because === 'too-many' ? { status: 429 } : { status: 404, body: address.because }
  const id = `${sender.key} ${verdict.id}`
  return responseTo(
    await host.receive(inboundOf({ channel, ...reply, from: sender.key, why: 'signature', id, raw: body })),
  )
}

function responseTo(receipt: Receipt): ChannelResponse {
  if (receipt.outcome !== 'refused') return { status: 202, body: receipt.outcome }
  return { status: receipt.because === 'too-many' ? 429 : 422, body: receipt.because }
}

function readReply(body: Uint8Array): { to: string; text: string } | null {
  const read = parseObject(body)
  const { to, text } = read ?? {}
  return typeof to === 'string' && isToken(to) && isText(text) ? { to, text } : null
}

/** `{"reply": {"text": "…"}}` in the answer to a webhook; null where there is none. */
export function replyIn(body: Uint8Array): string | null {
  const reply = parseObject(body)?.reply
  const text = typeof reply === 'object' && reply !== null && 'text' in reply ? reply.text : null
  return isText(text) ? text : null
}

const isToken = (text: string) => /^[a-z2-7]{26}$/.test(text)
const isText = (text: unknown): text is string =>
  typeof text === 'string' &&
  text.trim() !== '' &&
  text.length <= longestText &&
  text.isWellFormed() &&
  !text.includes('\0')

function parseObject(body: Uint8Array): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null
  } catch {
    return null
  }
}
