import type { ChannelHost } from '@parley/channel-sdk'
import { statuses } from '../pdu/codes.ts'
import { type MessageContext, readMessage } from '../read-message.ts'
import type { ReceiptTeller } from '../receipts/tell-receipts.ts'
import type { TakeMessage } from '../smpp/session.ts'
import type { Giving } from './give-messages.ts'

/** Takes what an SMSC brings. Answered with `ok` only when it is durable. */
export function takeMessages(parts: {
  host: Pick<ChannelHost, 'log'>
  context: MessageContext
  receipts: ReceiptTeller
  giving: Giving
}): TakeMessage {
  const { host, context, receipts, giving } = parts
  return async (fields, raw) => {
    const reading = readMessage(fields, context)
    switch (reading.kind) {
      case 'refused':
        host.log.warn('sms-refused', { why: reading.because })
        return statuses.permanent
      case 'passed-over':
        host.log.info('sms-passed-over', { why: reading.why })
        return statuses.ok
      case 'receipt':
        await receipts.take(reading.receipt)
        return statuses.ok
      case 'message':
        return giving.take(reading.message, raw)
    }
  }
}
