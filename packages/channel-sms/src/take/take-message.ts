import type { ChannelHost, Receipt } from '@parley/channel-sdk'
import { statuses } from '../pdu/codes.ts'
import type { MessageFields } from '../pdu/pdu.ts'
import { type MessageContext, readMessage } from '../read-message.ts'
import type { ReceiptTeller } from '../receipts/tell-receipts.ts'
import { type Assembled, PartsAssembly, type PartsPatience } from './assemble-parts.ts'
import { contentOf, inboundOf, senderOf } from './inbound-of.ts'
import { Occurrences } from './occurrences.ts'

export interface Taking {
  /** What an SMSC brought. Resolves with the status to answer it with: `ok` only when it is durable. */
  take(fields: MessageFields, raw: Uint8Array): Promise<number>
  connectionEnded(): void
  stop(): void
}

export function takeMessages(parts: {
  channel: string
  host: ChannelHost
  context: MessageContext
  receipts: ReceiptTeller
  patience?: PartsPatience
}): Taking {
  const { channel, host, context, receipts, patience } = parts
  const occurrences = new Occurrences()

  const give = async ({ from, to, contents, raw, mark, reference }: Assembled): Promise<number> => {
    const { text, attachments } = contentOf(contents)
    const bytes = attachments.map((file) => Buffer.from(file.bytes).toString('base64'))
    const externalId = occurrences.idFor([from, to, reference, text, ...bytes], mark, host.clock.now())
    const sender = senderOf(from, 'the SMSC')
    const receipt = await host.receive(
      inboundOf({ channel, externalId, from: sender, to, text, attachments, raw: Buffer.concat(raw) }),
    )
    const status = statusFor(receipt)
    if (status === statuses.ok) occurrences.acknowledged(externalId, host.clock.now())
    return status
  }
  const assembly = new PartsAssembly(give, host.clock, patience)

  return {
    async take(fields, raw) {
      const reading = readMessage(fields, context)
      if (reading.kind === 'refused') {
        host.log.warn('sms-refused', { why: reading.because })
        return statuses.permanent
      }
      if (reading.kind === 'passed-over') {
        host.log.info('sms-passed-over', { why: reading.why })
        return statuses.ok
      }
      if (reading.kind === 'receipt') {
        await receipts.take(reading.receipt)
        return statuses.ok
      }
      const { message } = reading
      const verdict = await host.mayReceive(message.to)
      if (!verdict.accepts) return verdict.because === 'too-many' ? statuses.temporary : statuses.permanent
      const { from, to, content, concatenation, mark } = message
      if (concatenation && concatenation.total > 1) return assembly.take({ ...message, concatenation }, raw)
      return give({ from, to, contents: [content], raw: [raw], mark, reference: null })
    },
    connectionEnded: () => occurrences.connectionEnded(host.clock.now()),
    stop: () => assembly.stop(),
  }
}

export function statusFor(receipt: Receipt): number {
  if (receipt.outcome !== 'refused') return statuses.ok
  switch (receipt.because) {
    case 'too-many':
      return statuses.temporary
    case 'unknown-address':
    case 'retired-address':
      return statuses.permanent
    default:
      return statuses.refused
  }
}
