import { createHash, randomUUID } from 'node:crypto'
import type { Inbound, InboundAttachment } from '@parley/channel-sdk'
import { plainly } from '@parley/model'
import type { Message } from '../read/reading.ts'

/** A message as the server takes it. */
export function inboundOf(
  message: Message,
  { channel, raw, attachments }: { channel: string; raw: Uint8Array; attachments: InboundAttachment[] },
): Inbound {
  const said = attachments.length > 0 ? withoutFiles(message) : message.said
  return {
    channel,
    externalId: externalIdOf(message),
    to: message.to.bare,
    // Our server stamps `from`, and has other servers prove theirs (RFC 6120 §13.7): nobody writes it themselves.
    from: { address: message.from.bare, standing: 'proven', why: 'xmpp-server' },
    verdict: message.isAutomatic ? { kind: 'automatic', why: 'notice' } : { kind: 'message' },
    said,
    attachments,
    raw,
    writtenAt: message.writtenAt,
    language: message.language,
    title: message.title,
  }
}

/**
 * The id is the sender's program's own, and some count from one again after each start: it is bound to who wrote to whom, and what.
 * Without an id nothing tells a repetition from the same words said twice, and words are worth more.
 */
function externalIdOf({ from, to, originId, said }: Message): string {
  const id = originId === null ? `random ${randomUUID()}` : `id ${originId}`
  return `xmpp:${createHash('sha256')
    .update(JSON.stringify([from.bare, to.bare, id, said.full]))
    .digest('hex')}`
}

/** Programs repeat a file's URL as the text for those who know no files. Who reads here gets the file; the URL would tell where its sender's server is. */
function withoutFiles({ said, files }: Message): Message['said'] {
  const urls = new Set(files.map(({ url }) => url))
  const lines = said.visible.split('\n')
  const words = lines.filter((line) => !urls.has(line.trim()))
  return words.length === lines.length ? said : plainly(words.join('\n').trim())
}
