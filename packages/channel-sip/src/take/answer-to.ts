import type { AddressVerdict, Receipt } from '@parley/channel-sdk'
import type { Answer } from '../agent/write-response.ts'

/** What the sender hears once the server has decided. */
export function answerTo(receipt: Receipt): Answer {
  switch (receipt.outcome) {
    case 'accepted':
    case 'duplicate':
    case 'noted':
      return { status: 200 }
    // Kept, and not passed on yet (RFC 3428 §7).
    case 'held':
      return { status: 202 }
    case 'refused':
      return refusals[receipt.because]
  }
}

const refusals: Readonly<Record<Extract<Receipt, { outcome: 'refused' }>['because'], Answer>> = {
  'unknown-address': { status: 404 },
  'retired-address': { status: 410 },
  'too-large': { status: 413 },
  'too-many': { status: 480, reason: 'Too many messages', headers: [['Retry-After', '60']] },
  loop: { status: 482 },
  'nothing-in-it': { status: 400, reason: 'Nothing in it' },
  malformed: { status: 400 },
}

/** What is answered before the body is looked at; null when it may come in. */
export function refusalOf(verdict: AddressVerdict, bodyBytes: number): Answer | null {
  if (!verdict.accepts) {
    if (verdict.because === 'too-many') return refusals['too-many']
    return verdict.because === 'retired' ? { status: 410 } : { status: 404 }
  }
  return bodyBytes > verdict.maxBytes ? { status: 413 } : null
}
