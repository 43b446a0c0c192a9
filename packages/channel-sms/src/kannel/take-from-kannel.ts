import type { ChannelRequest, ChannelResponse } from '@parley/channel-sdk'
import { queryBytes } from '../gateway/query-bytes.ts'
import type { RunningGateway } from '../gateway/run-gateway.ts'
import { isSameSecret } from '../gateway/same-secret.ts'
import { readNumber } from '../numbers.ts'
import type { PartContent, ReadMessage } from '../read-message.ts'
import type { Giving } from '../take/give-messages.ts'
import { responseFor } from '../take/response-for.ts'
import { cleanText } from '../text/clean-text.ts'
import { decodeText } from '../text/decode-text.ts'
import { readUserDataHeader } from '../text/user-data-header.ts'
import type { KannelChannelOptions } from './kannel-channel.ts'
import { isOurReport } from './report-address.ts'

interface Parts {
  gateway: RunningGateway
  giving: Giving
  options: KannelChannelOptions
}

/** What Kannel calls: its get-url at `/in`, its dlr-url at `/report`. Whoever does not know the secret learns nothing. */
export async function takeFromKannel(request: ChannelRequest, parts: Parts): Promise<ChannelResponse> {
  const values = queryBytes(request.url)
  const text = (name: string) => Buffer.from(values.get(name) ?? []).toString('utf8')
  if (request.path === '/report') {
    if (!isOurReport(text('id'), text('sign'), parts.options.secret)) return { status: 403 }
    return takeReport(text('id'), Number(text('state')), parts)
  }
  if (request.path !== '/in') return { status: 404 }
  if (!isSameSecret(text('secret'), parts.options.secret)) return { status: 403 }
  const message = readMessage(values, text, parts.options.countryCode ?? null)
  if (!message) return { status: 400 }
  const raw = Buffer.from(request.url.replace(/([?&]secret=)[^&]*/, '$1'))
  return responseFor(await parts.giving.take(message, raw))
}

/** The user guide, "Delivery reports": 1 on the phone, 2 not delivered, 4 queued, 8 with the SMSC, 16 refused by it. */
async function takeReport(id: string, state: number, { gateway }: Parts): Promise<ChannelResponse> {
  if (state !== 1 && state !== 2 && state !== 16) return { status: 200 }
  await gateway.receipts.take({
    ids: [id],
    phone: '',
    state: state === 1 ? 'delivered' : 'failed',
    stat: state === 16 ? 'REJECTD' : state === 1 ? 'DELIVRD' : 'UNDELIV',
    scope: 'message',
  })
  return { status: 200 }
}

/** `from=%p&to=%P&text=%b&charset=%C&coding=%c&udh=%u&id=%I` */
function readMessage(
  values: Map<string, Uint8Array>,
  text: (name: string) => string,
  countryCode: string | null,
): ReadMessage | null {
  const plan = { countryCode }
  const [from, to] = [text('from'), text('to')].map((value) => readNumber({ ton: 0, value }, plan))
  const bytes = values.get('text')
  if (!from || !to || from.length > 21 || to.length > 21 || !bytes || bytes.length > 100_000) return null
  const udh = values.get('udh') ?? new Uint8Array()
  const header = udh.length > 0 ? readUserDataHeader(udh) : null
  if (header && !header.ok) return null
  const id = text('id').slice(0, 100)
  return {
    from,
    to,
    content: contentOf(bytes, text('charset'), text('coding')),
    concatenation: header?.header.concatenation ?? null,
    mark: id ? `id ${id}` : null,
  }
}

function contentOf(bytes: Uint8Array, charset: string, coding: string): PartContent {
  if (coding === '1') {
    const decoded = decodeText(4, bytes, { shifts: { locking: null, single: null }, defaultAlphabet: 'gsm' })
    return decoded.kind === 'text' ? { kind: 'text', text: cleanText(decoded.text) } : { kind: 'file', bytes }
  }
  return { kind: 'text', text: cleanText(decoderFor(charset, coding).decode(bytes)) }
}

// Kannel names the alphabet; what it names and nobody knows is read as it writes by default.
function decoderFor(charset: string, coding: string): InstanceType<typeof TextDecoder> {
  const named = /^ucs-?2$/i.test(charset) ? 'utf-16be' : charset
  try {
    return new TextDecoder(named || (coding === '2' ? 'utf-16be' : 'utf-8'))
  } catch {
    return new TextDecoder(coding === '2' ? 'utf-16be' : 'utf-8')
  }
}
