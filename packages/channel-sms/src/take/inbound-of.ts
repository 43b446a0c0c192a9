import type { Inbound, InboundAttachment, SenderEvidence } from '@parley/channel-sdk'
import { plainly } from '@parley/model'
import { isNumber } from '../numbers.ts'
import type { PartContent } from '../read-message.ts'

/** Stands where a part was lost. */
const lostPart = '[…]'

/** The text of the parts, and the bytes of those that are no text as a file. */
export function contentOf(contents: readonly (PartContent | null)[]): {
  text: string
  attachments: InboundAttachment[]
} {
  const texts: string[] = []
  const files: Uint8Array[] = []
  for (const content of contents) {
    if (content === null) texts.push(lostPart)
    else if (content.kind === 'text') texts.push(content.text)
    else files.push(content.bytes)
  }
  const attachments: InboundAttachment[] =
    files.length === 0
      ? []
      : [{ name: 'message.bin', type: 'application/octet-stream', bytes: Buffer.concat(files), inline: false }]
  return { text: texts.join('').trim(), attachments }
}

/** The number that the network gave. A name in its place can be given by anybody. */
export function senderOf(from: string, by: string): SenderEvidence {
  return isNumber(from)
    ? { address: from, standing: 'proven', why: `the number as ${by} gives it` }
    : { address: from, standing: 'unproven', why: 'a name, not a number' }
}

export function inboundOf(message: {
  channel: string
  externalId: string
  from: SenderEvidence
  to: string
  text: string
  attachments: InboundAttachment[]
  raw: Uint8Array
}): Inbound {
  const { text, ...rest } = message
  return { ...rest, verdict: { kind: 'message' }, said: plainly(text), writtenAt: null, language: null, title: null }
}
