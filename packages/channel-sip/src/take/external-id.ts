import { createHash } from 'node:crypto'
import type { SipRequest } from '../parse/sip-message.ts'

/** The same for the same message, however often and over whatever way it comes (RFC 3261 §8.2.2.2). */
export function externalId({ callId, cseq, from }: SipRequest): string {
  const whole = JSON.stringify([callId, cseq.number, from.params.get('tag') ?? ''])
  return createHash('sha256').update(whole).digest('base64url')
}
