import { type NumberPlan, readNumber } from './numbers.ts'
import { tags } from './pdu/codes.ts'
import type { MessageFields } from './pdu/pdu.ts'
import { type ReceiptReading, readReceipt } from './receipts/read-receipt.ts'
import { cleanText } from './text/clean-text.ts'
import { type DefaultAlphabet, decodeText } from './text/decode-text.ts'
import { type Concatenation, concatenationOf, readUserDataHeader } from './text/user-data-header.ts'

export type MessageReading =
  | { kind: 'message'; message: ReadMessage }
  | { kind: 'receipt'; receipt: ReceiptReading }
  /** Read, and not meant for a person: where a message goes on its way, a message to a program on the phone. */
  | { kind: 'passed-over'; why: string }
  | { kind: 'refused'; because: string }

/** One message off the air: the whole of what somebody wrote, or a part of it. */
export interface ReadMessage {
  from: string
  to: string
  content: PartContent
  concatenation: Concatenation | null
  /** What tells it from another with the same words, where the SMSC gives anything. */
  mark: string | null
}

export type PartContent = { kind: 'text'; text: string } | { kind: 'file'; bytes: Uint8Array }

export interface MessageContext extends NumberPlan {
  defaultAlphabet: DefaultAlphabet
}

/** What deliver_sm or data_sm brings (SMPP 3.4 §5.2.12 says which of them it is). */
export function readMessage(fields: MessageFields, context: MessageContext): MessageReading {
  const payload = fields.optional.get(tags.messagePayload)
  const body = fields.shortMessage.length > 0 ? fields.shortMessage : (payload ?? fields.shortMessage)
  const type = (fields.esmClass >> 2) & 0x0f
  if (type === 0x01 || type === 0x08) {
    const receipt = readReceipt(fields, Buffer.from(body).toString('latin1'), context)
    return receipt ? { kind: 'receipt', receipt } : { kind: 'refused', because: 'a receipt that names no message' }
  }
  if (type !== 0) return { kind: 'passed-over', why: 'an acknowledgement of the phone' }
  const split = splitHeader(fields, body)
  if (!split) return { kind: 'refused', because: 'its user data header is longer than the message' }
  if (split.port !== null) return { kind: 'passed-over', why: 'written to a program on the phone' }
  const decoded = decodeText(fields.dataCoding, split.rest, { ...context, shifts: split.shifts })
  const content: PartContent =
    decoded.kind === 'text' ? { kind: 'text', text: cleanText(decoded.text) } : { kind: 'file', bytes: split.rest }
  return {
    kind: 'message',
    message: {
      from: readNumber(fields.source, context),
      to: readNumber(fields.destination, context),
      content,
      concatenation: split.concatenation,
      mark: markOf(fields),
    },
  }
}

function splitHeader(fields: MessageFields, body: Uint8Array) {
  if ((fields.esmClass & 0x40) === 0) {
    const none = { shifts: { locking: null, single: null }, port: null, rest: body }
    return { ...none, concatenation: concatenationInOptional(fields) }
  }
  const reading = readUserDataHeader(body)
  if (!reading.ok) return null
  const { header, rest } = reading
  return { ...header, concatenation: header.concatenation ?? concatenationInOptional(fields), rest }
}

/** §5.3.2.22–24: the same said by optional parameters. */
function concatenationInOptional({ optional }: MessageFields): Concatenation | null {
  const reference = optional.get(tags.sarReference)
  const [total] = optional.get(tags.sarTotal) ?? []
  const [part] = optional.get(tags.sarPart) ?? []
  if (reference?.length !== 2 || total === undefined || part === undefined) return null
  return concatenationOf(0x20000 + (reference[0] ?? 0) * 256 + (reference[1] ?? 0), total, part)
}

function markOf({ optional }: MessageFields): string | null {
  const id = optional.get(tags.receiptedMessageId)
  if (id && id.length > 1) return `id ${Buffer.from(id).toString('hex')}`
  const reference = optional.get(tags.userMessageReference)
  return reference ? `reference ${Buffer.from(reference).toString('hex')}` : null
}
