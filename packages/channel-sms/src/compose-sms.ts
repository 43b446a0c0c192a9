import { createHash } from 'node:crypto'
import { type OutboundDelivery, renderLines } from '@parley/channel-sdk'
import { isNumber } from './numbers.ts'
import { perhapsAgain } from './perhaps-again.ts'
import { cleanText } from './text/clean-text.ts'
import { segmentText } from './text/segment-text.ts'

export interface ComposedSms {
  from: string
  to: string
  text: string
  segments: number
  /** Holds the parts together on the phone, the same on every attempt: 0 to 255. */
  reference: number
}

export type Composing = { ok: true; sms: ComposedSms } | { ok: false; reason: string; scope: 'address' | 'message' }

export interface ComposeOptions {
  /** Number or name to send from where the account has no number of its own (nobody can answer then); null: nothing is sent from nowhere. */
  sender: string | null
  /** A longer text is not cut: it is refused, so that the reader's next address gets it whole. */
  mostSegments: number
  /** Something travels beside the text (MMS), so that there need not be one. */
  mayBeEmpty?: boolean
}

/** A delivery as one text message from one number to another. */
export function composeSms(delivery: OutboundDelivery, options: ComposeOptions): Composing {
  const { sender, mostSegments, mayBeEmpty = false } = options
  const to = delivery.to.replace(/[\s().-]/g, '')
  if (!isNumber(to)) return { ok: false, reason: 'this is no telephone number', scope: 'address' }
  const from = delivery.relay?.pooled?.own ?? delivery.own ?? sender
  if (from === null) return { ok: false, reason: 'there is no number to send from', scope: 'message' }
  const { text: lines } = renderLines(delivery)
  const marked = delivery.maybeTwice ? `${perhapsAgain(delivery.language)} ${lines}` : lines
  const text = cleanText(marked)
  const segments = segmentText(text).segments.length
  if (segments === 0 && !mayBeEmpty) {
    return { ok: false, reason: 'there is nothing to say', scope: 'message' }
  }
  if (segments > mostSegments) {
    return { ok: false, reason: `too long for ${mostSegments} text messages: it takes ${segments}`, scope: 'message' }
  }
  const reference = createHash('sha256').update(delivery.reference).digest()[0] ?? 0
  return { ok: true, sms: { from, to, text, segments, reference } }
}
