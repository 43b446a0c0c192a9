import type { Outcome } from '@parley/channel-sdk'
import { statusName } from './status-names.ts'

/** What an SMSC meant by not taking a message. */
export type SubmitRefusal =
  /** It has too much to do: the same again, later and slower. */
  | { kind: 'slow-down'; reason: string }
  | { kind: 'later'; reason: string }
  | { kind: 'never'; reason: string; scope: 'address' | 'message' }

export function refusalOf(status: number): SubmitRefusal {
  const reason = statusName(status)
  if (status === 0x58 || status === 0x14) return { kind: 'slow-down', reason }
  // System error, temporary application error, unknown error, and a bind that is over.
  if ([0x08, 0x64, 0xff, 0x04].includes(status)) return { kind: 'later', reason }
  const scope = [0x0b, 0x50, 0x51].includes(status) ? 'address' : 'message'
  return { kind: 'never', reason, scope }
}

export function outcomeOf(refusal: SubmitRefusal, afterMs: number): Outcome {
  if (refusal.kind === 'never') return { status: 'rejected', reason: refusal.reason, scope: refusal.scope }
  return { status: 'retry', reason: refusal.reason, ...(refusal.kind === 'slow-down' ? { afterMs } : {}) }
}
