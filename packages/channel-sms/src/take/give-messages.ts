import type { ChannelHost, InboundAttachment, Receipt } from '@parley/channel-sdk'
import { statuses } from '../pdu/codes.ts'
import type { ReadMessage } from '../read-message.ts'
import { type Assembled, PartsAssembly, type PartsPatience } from './assemble-parts.ts'
import { contentOf, inboundOf, senderOf } from './inbound-of.ts'
import { Occurrences } from './occurrences.ts'

/** Gives what phones wrote to the server, whole, and says how each part is to be answered: a status of `codes.ts`. */
export interface Giving {
  take(message: ReadMessage, raw: Uint8Array, files?: readonly InboundAttachment[]): Promise<number>
  /** What was answered just now may not have arrived. */
  connectionEnded(): void
  stop(): void
}

export function giveMessages(parts: {
  channel: string
  /** Who says whose number it is. */
  by: string
  host: ChannelHost
  patience?: PartsPatience | undefined
}): Giving {
  const { channel, by, host, patience } = parts
  const occurrences = new Occurrences()

  /** `connection`: the one that it came by, which may have ended meanwhile. */
  const give = async (
    assembled: Assembled,
    connection: number,
    files: readonly InboundAttachment[] = [],
  ): Promise<number> => {
    const { from, to, contents, raw, mark, reference } = assembled
    const { text, attachments } = contentOf(contents)
    const bytes = attachments.map((file) => Buffer.from(file.bytes).toString('base64'))
    const externalId = occurrences.idFor([from, to, reference, text, ...bytes], mark, host.clock.now())
    const receipt = await host.receive(
      inboundOf({
        channel,
        externalId,
        from: senderOf(from, by),
        to,
        text,
        attachments: [...attachments, ...files],
        raw: Buffer.concat(raw),
      }),
    )
    const status = statusFor(receipt)
    if (status === statuses.ok) occurrences.acknowledged(externalId, connection, host.clock.now())
    return status
  }
  // Parts that come again are known by themselves, whatever they came by.
  const assembly = new PartsAssembly((assembled) => give(assembled, occurrences.connection), host.clock, patience)

  return {
    async take(message, raw, files = []) {
      const { connection } = occurrences
      const verdict = await host.mayReceive(message.to)
      if (!verdict.accepts) return verdict.because === 'too-many' ? statuses.temporary : statuses.permanent
      const { from, to, content, concatenation, mark } = message
      if (concatenation && concatenation.total > 1) return assembly.take({ ...message, concatenation }, raw)
      return give({ from, to, contents: [content], raw: [raw], mark, reference: null }, connection, files)
    },
    connectionEnded: () => occurrences.connectionEnded(host.clock.now()),
    stop: () => assembly.stop(),
  }
}

function statusFor(receipt: Receipt): number {
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
