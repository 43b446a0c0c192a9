import { type OutboundDelivery, renderLines } from '@parley/channel-sdk'

/** The body of a webhook: what is said, in blocks and in plain lines, and where an answer goes. */
export function payloadOf(delivery: OutboundDelivery, outside: string | null, at: Date): string {
  const { kind, relay, language, content, thread, attachments, maybeTwice } = delivery
  return JSON.stringify({
    type: kind,
    timestamp: at.toISOString(),
    data: {
      to: relay?.token ?? null,
      alias: relay?.alias ?? null,
      as: outside,
      language,
      subject: thread.subject,
      text: renderLines(delivery).text,
      blocks: content.blocks,
      attachments: attachments.map(({ name, type, size, url }) => ({ name, type, size, url })),
      maybeTwice,
    },
  })
}
