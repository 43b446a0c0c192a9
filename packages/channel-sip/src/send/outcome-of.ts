import type { Outcome } from '@parley/channel-sdk'
import type { Heard } from '../agent/client-transactions.ts'
import { retryAfterMs } from '../agent/sip-agent.ts'

/** What an attempt came to. `isRepetition`: an earlier one may have arrived. */
export function outcomeOf(heard: Heard, isRepetition: boolean): Outcome {
  if (heard.kind === 'unsent') return { status: 'retry', reason: heard.reason }
  if (heard.kind === 'silent') return { status: 'unknown', reason: heard.reason }
  const { status } = heard.response
  const reason = `the phone or its server said ${status}`
  if (status < 300) return { status: 'sent' }
  // Merged with the attempt before (RFC 3261 §8.2.2.2): that one arrived.
  if (status === 482 && isRepetition) return { status: 'sent' }
  if (badAddress.has(status) || (status >= 300 && status < 400)) return { status: 'rejected', scope: 'address', reason }
  if (later.has(status)) {
    const afterMs = retryAfterMs(heard.response)
    return { status: 'retry', reason, ...(afterMs === undefined ? {} : { afterMs }) }
  }
  return { status: 'rejected', scope: 'message', reason }
}

// Nobody there, or nobody who takes a MESSAGE with plain text; 482 for an address that leads back to ourselves.
const badAddress: ReadonlySet<number> = new Set([404, 405, 410, 415, 416, 482, 483, 484, 485, 501, 604, 606])
// 401 and 407 that our password did not answer are ours to mend, so nobody's address is bad because of them.
const later: ReadonlySet<number> = new Set([401, 407, 408, 423, 480, 486, 487, 491, 500, 502, 503, 504, 600])
