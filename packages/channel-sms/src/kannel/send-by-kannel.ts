import type { OutboundDelivery, Outcome } from '@parley/channel-sdk'
import { composeSms } from '../compose-sms.ts'
import { callGateway, type GatewayAnswer } from '../gateway/call-gateway.ts'
import type { RunningGateway } from '../gateway/run-gateway.ts'
import { segmentText } from '../text/segment-text.ts'
import { writeConcatenation } from '../text/user-data-header.ts'
import type { KannelChannelOptions } from './kannel-channel.ts'
import { reportAddress } from './report-address.ts'

/**
 * Hands a message to Kannel, part by part with our own header: what Kannel would split itself it cuts off after `max-messages`, which is one
 * unless somebody set it.
 */
export async function sendByKannel(
  delivery: OutboundDelivery,
  gateway: RunningGateway,
  options: KannelChannelOptions,
): Promise<Outcome> {
  const composed = composeSms(delivery, { sender: options.sender ?? null, mostSegments: options.mostSegments ?? 10 })
  if (!composed.ok) return { status: 'rejected', reason: composed.reason, scope: composed.scope }
  const { from, to, text, reference } = composed.sms
  const { alphabet, segments } = segmentText(text)
  const providerIds: string[] = []
  for (const [index, segment] of segments.entries()) {
    const part = index + 1
    const id = `${delivery.reference}.${part}`
    const url = new URL(options.sendUrl)
    const header = segments.length > 1 ? writeConcatenation({ reference, total: segments.length, part }) : null
    const parameters: Record<string, string> = {
      username: options.username,
      password: options.password,
      from,
      to,
      text: segment,
      charset: 'UTF-8',
      coding: alphabet === 'gsm' ? '0' : '2',
      'dlr-mask': '27',
      'dlr-url': reportAddress(gateway.host.httpUrl, id, options.secret),
      ...(header ? { udh: Buffer.from(header).toString('latin1') } : {}),
    }
    url.search = Object.entries(parameters)
      .map(([key, value]) => `${key}=${key === 'udh' ? escapeBytes(value) : encodeURIComponent(value)}`)
      .join('&')
    const outcome = outcomeOf(await callGateway(url, {}))
    gateway.judge(outcome.trouble)
    if (outcome.of.status !== 'sent') return index === 0 ? outcome.of : partly(outcome.of, index, segments.length)
    providerIds.push(id)
  }
  return { status: 'sent', providerIds }
}

/** Kannel's user guide, "SMS push reply codes": 202 with `0: Accepted` or `3: Queued`; 4xx for what is wrong with the request, 503 for later. */
function outcomeOf(answer: GatewayAnswer): { of: Outcome; trouble: string | null } {
  if (answer.kind === 'unsent') {
    return { of: { status: 'retry', reason: answer.why }, trouble: `Kannel could not be reached (${answer.why})` }
  }
  if (answer.kind === 'unanswered') {
    return { of: { status: 'unknown', reason: answer.why }, trouble: `Kannel did not answer (${answer.why})` }
  }
  const { status, body } = answer
  if (status >= 200 && status < 300) return { of: { status: 'sent' }, trouble: null }
  const reason = `${status} ${body
    .slice(0, 60)
    .replace(/[^ -~]/g, ' ')
    .replace(/\+?\d{5,}/g, '…')
    .trim()}`
  if (status === 503) return { of: { status: 'retry', reason }, trouble: null }
  const isForbidden = status === 401 || (status === 403 && /auth/i.test(body))
  if (isForbidden) return { of: { status: 'retry', reason }, trouble: 'Kannel refuses our name or password' }
  const isAbout = /receiver|destination|\bto\b.*(number|invalid)|denied/i.test(body) ? 'address' : 'message'
  return { of: { status: 'rejected', reason, scope: isAbout }, trouble: null }
}

/** Some parts were taken, so that nothing is certain; but one that was refused for good means that the whole will never be shown. */
function partly(outcome: Outcome, taken: number, of: number): Outcome {
  if (outcome.status === 'rejected') return outcome
  const reason = 'reason' in outcome ? outcome.reason : ''
  return { status: 'unknown', reason: `${taken} of ${of} parts were taken: ${reason}` }
}

function escapeBytes(text: string): string {
  return [...Buffer.from(text, 'latin1')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
}
