import type { DeliveryReport } from '@parley/channel-sdk'
import type { RecognisedAddress, RelayAddresses } from '../compose/relay-addresses.ts'
import type { MailReading } from '../read/read-mail.ts'
import { outcomeOf } from '../send/outcome-of.ts'

/**
 * What a mail tells about an earlier delivery of ours, or null. The address it came to names the delivery (VERP); a mail system that
 * answers the From instead is believed when it quotes a Message-ID that we minted.
 */
export function reportOf(
  { verdict, envelope }: MailReading,
  to: RecognisedAddress,
  addresses: RelayAddresses,
): DeliveryReport | null {
  const quoted = (ids: (string | null)[]) =>
    ids.map((id) => (id === null ? null : addresses.referenceIn(id))).find((id) => id !== null) ?? null
  switch (verdict.kind) {
    case 'bounce': {
      const reference = to.kind === 'bounce' ? to.reference : quoted([verdict.originalMessageId])
      // A delay is only that: the peer goes on trying, and says so once more if it gives up.
      if (reference === null || !verdict.permanent) return null
      return { of: { reference }, state: 'failed', ...reasonOf(verdict.status, verdict.diagnostic) }
    }
    case 'automatic':
      if (verdict.why === 'read-receipt') {
        const reference = quoted([...envelope.inReplyTo, ...envelope.references.toReversed()])
        return reference === null ? null : { of: { reference }, state: 'read' }
      }
      // A vacation notice to the return path (RFC 3834 §4): nothing was answered, but the mail arrived.
      return to.kind === 'bounce' && arrived.has(verdict.why)
        ? { of: { reference: to.reference }, state: 'delivered', reason: verdict.why }
        : null
    default:
      return null
  }
}

const arrived: ReadonlySet<string> = new Set(['vacation', 'delivery-receipt'])

function reasonOf(status: string | null, diagnostic: string | null): { scope: 'address' | 'message'; reason: string } {
  // The diagnostic begins with the code that the last server gave, where it was one of SMTP.
  const [, code, text] = /^(\d{3})[ -](.*)$/s.exec(diagnostic ?? '') ?? []
  const told = { code: Number(code ?? 550), text: text ?? diagnostic ?? '' }
  const withStatus = status && !told.text.includes(status) ? { ...told, text: `${status} ${told.text}` } : told
  const outcome = outcomeOf({ at: 'recipient', reply: withStatus, reason: '' })
  if (outcome.status === 'rejected') return { scope: outcome.scope, reason: outcome.reason }
  return { scope: 'message', reason: outcome.status === 'retry' ? outcome.reason : 'came back undelivered' }
}
