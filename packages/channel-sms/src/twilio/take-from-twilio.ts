import type { ChannelRequest, ChannelResponse, DeliveryReport, InboundAttachment } from '@parley/channel-sdk'
import type { RunningGateway } from '../gateway/run-gateway.ts'
import { readNumber } from '../numbers.ts'
import { statuses } from '../pdu/codes.ts'
import type { Giving } from '../take/give-messages.ts'
import { responseFor } from '../take/response-for.ts'
import { cleanText } from '../text/clean-text.ts'
import { fetchMedia, mediaOf } from './fetch-media.ts'
import { isSigned } from './signature.ts'
import type { TwilioChannelOptions } from './twilio-channel.ts'

interface Parts {
  gateway: RunningGateway
  giving: Giving
  taken: TakenIds
  options: TwilioChannelOptions
}

/** Which messages were taken lately: of one that comes again nothing is fetched again. That it is not stored again is the server's. */
export class TakenIds {
  readonly #ids = new Set<string>()

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  add(id: string): void {
    this.#ids.add(id)
    if (this.#ids.size <= 10_000) return
    const [oldest] = this.#ids
    if (oldest !== undefined) this.#ids.delete(oldest)
  }
}

/** What the provider calls: `/in` for messages, `/status` for what became of ours. The signature is looked at before anything else. */
export async function takeFromTwilio(request: ChannelRequest, parts: Parts): Promise<ChannelResponse> {
  if (request.method !== 'POST') return { status: 405 }
  const form = readForm(request)
  if (!form || !isSigned(request.headers['x-twilio-signature'], request.url, form, parts.options.authToken)) {
    return { status: 403 }
  }
  if (form.AccountSid !== undefined && form.AccountSid !== parts.options.accountSid) return { status: 403 }
  if (request.path === '/status') return takeStatus(form, parts)
  if (request.path === '/in') return takeMessage(form, request, parts)
  return { status: 404 }
}

/** Null for what is no form, or names something twice: the signature says nothing about which of them is meant. */
function readForm({ headers, body }: ChannelRequest): Record<string, string> | null {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return null
  const form: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    if (name in form) return null
    form[name] = value
  }
  return form
}

async function takeMessage(
  form: Record<string, string>,
  request: ChannelRequest,
  parts: Parts,
): Promise<ChannelResponse> {
  const { MessageSid: sid, From: fromText, To: toText, Body: body = '' } = form
  if (!sid || !/^\w{1,64}$/.test(sid) || !fromText || !toText) return { status: 400 }
  const media = mediaOf(form, parts.options.apiUrl)
  if (!media) return { status: 400 }
  const plan = { countryCode: null }
  const [from, to] = [fromText, toText].map((value) => readNumber({ ton: 1, value: value.slice(0, 40) }, plan))
  if (!from || !to) return { status: 400 }
  const verdict = await parts.gateway.host.mayReceive(to)
  if (!verdict.accepts) return responseFor(verdict.because === 'too-many' ? statuses.temporary : statuses.permanent)
  const known = parts.taken.has(sid)
  const fetched: { files: InboundAttachment[]; missing: string[] } = known
    ? { files: [], missing: [] }
    : await fetchMedia(media, parts.options)
  const missing = fetched.missing.map((type) => `[… ${type}]`)
  const text = [cleanText(body), ...missing].filter((line) => line !== '').join('\n')
  const message = { from, to, content: { kind: 'text' as const, text }, concatenation: null, mark: `id ${sid}` }
  const status = await parts.giving.take(message, request.body, fetched.files)
  if (status !== statuses.ok) return responseFor(status)
  parts.taken.add(sid)
  // An answer in the provider's own words, by which it sends nothing back.
  return { status: 200, type: 'text/xml; charset=utf-8', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' }
}

const states: Readonly<Record<string, DeliveryReport['state']>> = {
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
}
/** No such phone, or one that never takes texts. */
const aboutTheAddress = new Set(['30005', '30006', '21610', '21614'])

async function takeStatus(form: Record<string, string>, { gateway }: Parts): Promise<ChannelResponse> {
  const { MessageSid: sid, MessageStatus: status = '', ErrorCode: code = '' } = form
  if (!sid || !/^\w{1,64}$/.test(sid)) return { status: 400 }
  const state = states[status]
  if (state === 'delivered' || state === 'failed') {
    const stat = /^\d{1,6}$/.test(code) ? `${status}, code ${code}` : status
    const scope = aboutTheAddress.has(code) ? 'address' : 'message'
    await gateway.receipts.take({ ids: [sid], phone: '', state, stat, scope })
  }
  return { status: 204 }
}
