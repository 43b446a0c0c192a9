import type { OutboundAttachment, OutboundDelivery, Outcome } from '@parley/channel-sdk'
import { composeSms } from '../compose-sms.ts'
import { basicAuthorization, callGateway, type GatewayAnswer } from '../gateway/call-gateway.ts'
import type { RunningGateway } from '../gateway/run-gateway.ts'
import type { TwilioChannelOptions } from './twilio-channel.ts'

const mostMedia = 10
// The whole message, as the provider bounds it.
const mostMediaBytes = 5_000_000

/** Hands a message to the provider, which splits it itself. */
export async function sendByTwilio(
  delivery: OutboundDelivery,
  gateway: RunningGateway,
  options: TwilioChannelOptions,
): Promise<Outcome> {
  const { media, others } = divide(delivery.attachments, options.sendsMedia ?? false)
  const composed = composeSms(
    { ...delivery, attachments: others },
    { sender: options.sender ?? null, mostSegments: options.mostSegments ?? 10, mayBeEmpty: media.length > 0 },
  )
  if (!composed.ok) return { status: 'rejected', reason: composed.reason, scope: composed.scope }
  const { from, to, text } = composed.sms
  const form = new URLSearchParams({ From: from, To: to, StatusCallback: `${gateway.host.httpUrl}/status` })
  if (text) form.set('Body', text)
  for (const { url } of media) form.append('MediaUrl', url)
  const { apiUrl, accountSid, authToken } = options
  const answer = await callGateway(
    new URL(`/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`, apiUrl),
    {
      method: 'POST',
      headers: {
        authorization: basicAuthorization(accountSid, authToken),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form.toString(),
    },
  )
  const { of, trouble } = outcomeOf(answer)
  gateway.judge(trouble)
  return of
}

function divide(attachments: readonly OutboundAttachment[], sendsMedia: boolean) {
  const media: OutboundAttachment[] = []
  const others: OutboundAttachment[] = []
  let size = 0
  for (const attachment of attachments) {
    const isMedia = /^(image|audio|video)\//.test(attachment.type) && attachment.url.startsWith('https://')
    if (sendsMedia && isMedia && media.length < mostMedia && size + attachment.size <= mostMediaBytes) {
      size += attachment.size
      media.push(attachment)
    } else others.push(attachment)
  }
  return { media, others }
}

/** Codes of the provider's: not a number, not a phone that takes texts, one that opted out, a country we may not send to. */
const aboutTheAddress = new Set([21211, 21214, 21217, 21219, 21408, 21610, 21612, 21614])

function outcomeOf(answer: GatewayAnswer): { of: Outcome; trouble: string | null } {
  if (answer.kind === 'unsent') {
    return { of: { status: 'retry', reason: answer.why }, trouble: `the provider could not be reached (${answer.why})` }
  }
  if (answer.kind === 'unanswered') {
    return { of: { status: 'unknown', reason: answer.why }, trouble: `the provider did not answer (${answer.why})` }
  }
  const { status, headers, body } = answer
  const said = parse(body)
  if (status >= 200 && status < 300) {
    const sent: Outcome = said.sid ? { status: 'sent', providerIds: [said.sid] } : { status: 'sent' }
    return { of: sent, trouble: null }
  }
  const reason = said.code === null ? String(status) : `${status}, code ${said.code}`
  if (status === 429) {
    const seconds = Math.min(Number(headers['retry-after']) || 5, 3_600)
    return { of: { status: 'retry', reason, afterMs: seconds * 1_000 }, trouble: null }
  }
  if (status === 401 || status === 403) {
    return { of: { status: 'retry', reason }, trouble: 'the provider refuses our account or token' }
  }
  if (status === 503) return { of: { status: 'retry', reason }, trouble: `the provider is ill (${status})` }
  if (status >= 500) return { of: { status: 'unknown', reason }, trouble: `the provider is ill (${status})` }
  const scope = said.code !== null && aboutTheAddress.has(said.code) ? 'address' : 'message'
  return { of: { status: 'rejected', reason, scope }, trouble: null }
}

function parse(body: string): { sid: string | null; code: number | null } {
  try {
    const said: unknown = JSON.parse(body)
    if (typeof said !== 'object' || said === null) return { sid: null, code: null }
    const sid = 'sid' in said && typeof said.sid === 'string' ? said.sid : null
    const code = 'code' in said && typeof said.code === 'number' ? said.code : null
    return { sid, code }
  } catch {
    return { sid: null, code: null }
  }
}
