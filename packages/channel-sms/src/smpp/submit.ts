import type { Outcome } from '@parley/channel-sdk'
import { commands } from '../pdu/codes.ts'
import type { MessageFields } from '../pdu/pdu.ts'
import type { EncodedSegment } from '../text/encode-segments.ts'
import type { BackOff } from './back-off.ts'
import { outcomeOf, refusalOf } from './outcome-of.ts'
import type { SmppSession } from './session.ts'

export interface Submission {
  from: MessageFields['source']
  to: MessageFields['destination']
  segments: readonly EncodedSegment[]
}

/**
 * Hands a message over, part by part. The first part decides: until it is taken, nothing was. Once it is, the rest is waited for as long as
 * patience lasts, since a phone shows nothing of half a message and nobody pays for a part twice.
 */
export async function submit(
  { from, to, segments }: Submission,
  parts: {
    session: () => SmppSession | null
    backOff: BackOff
    now: () => Date
    pause: (ms: number) => Promise<void>
    isStopping: () => boolean
    patienceMs: number
    onTaken: (providerId: string) => void
  },
): Promise<Outcome> {
  const { session, backOff, now, pause, isStopping, patienceMs, onTaken } = parts
  const providerIds: string[] = []
  const until = now().getTime() + patienceMs
  for (let index = 0; index < segments.length; ) {
    const segment = segments[index]
    const bound = session()
    const isBegun = index > 0
    const partly = (reason: string): Outcome => ({
      status: 'unknown',
      reason: `${index} of ${segments.length} parts were taken: ${reason}`,
    })
    if (isBegun && isStopping()) return partly('the channel is stopping')
    const waitMs = backOff.left(now())
    if (!bound || !segment || waitMs > 0) {
      const reason = bound ? 'the SMSC asked us to slow down' : 'not connected to the SMSC'
      if (!isBegun) return { status: 'retry', reason, ...(waitMs > 0 ? { afterMs: waitMs } : {}) }
      if (now().getTime() + waitMs >= until) return partly(reason)
      await pause(Math.max(waitMs, 250))
      continue
    }
    const answer = await bound.request(commands.submitSm, { kind: 'message', message: fieldsOf(from, to, segment) })
    if (answer.kind === 'unsent') {
      if (!isBegun) return { status: 'retry', reason: answer.why }
      continue
    }
    if (answer.kind === 'unanswered') return { status: 'unknown', reason: answer.why }
    if (answer.status !== 0) {
      const refusal = refusalOf(answer.status)
      if (refusal.kind === 'slow-down') backOff.complained(now())
      if (!isBegun || refusal.kind === 'never') return outcomeOf(refusal, backOff.left(now()))
      if (now().getTime() >= until) return partly(refusal.reason)
      await pause(Math.max(backOff.left(now()), 250))
      continue
    }
    backOff.took(now())
    if (answer.id !== '') {
      providerIds.push(answer.id)
      onTaken(answer.id)
    }
    index += 1
  }
  return { status: 'sent', ...(providerIds.length > 0 ? { providerIds } : {}) }
}

export function fieldsOf(
  source: MessageFields['source'],
  destination: MessageFields['destination'],
  { dataCoding, hasHeader, bytes }: EncodedSegment,
): MessageFields {
  return {
    serviceType: '',
    source,
    destination,
    // §5.2.12: bit 6 says that the text begins with a user data header.
    esmClass: hasHeader ? 0x40 : 0,
    // §5.2.17: tell us what became of it in the end.
    registeredDelivery: 1,
    dataCoding,
    shortMessage: bytes,
    optional: new Map(),
  }
}
