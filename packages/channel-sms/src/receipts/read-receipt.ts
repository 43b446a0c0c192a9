import type { DeliveryReport } from '@parley/channel-sdk'
import { type NumberPlan, readNumber } from '../numbers.ts'
import { tags } from '../pdu/codes.ts'
import type { MessageFields } from '../pdu/pdu.ts'

export interface ReceiptReading {
  /** What the SMSC calls the message, as it says it: in the text, and in the parameter made for it. */
  ids: string[]
  /** Whose phone it is about. */
  phone: string
  /** Null while it is still on its way. */
  state: Extract<DeliveryReport['state'], 'delivered' | 'failed'> | null
  /** As the SMSC says it: DELIVRD, EXPIRED, … */
  stat: string
  scope: 'address' | 'message'
}

/** §5.2.28, and how the same is written in the text of a receipt (appendix B). */
const states: Readonly<Record<number, string>> = {
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  7: 'UNKNOWN',
  8: 'REJECTD',
}

const failed = new Set(['EXPIRED', 'DELETED', 'UNDELIV', 'UNKNOWN', 'REJECTD'])

/** A delivery receipt: appendix B of SMPP 3.4, or its optional parameters where they are there. Null when it names no message. */
export function readReceipt(fields: MessageFields, text: string, plan: NumberPlan): ReceiptReading | null {
  const { optional } = fields
  const inParameter = optional.get(tags.receiptedMessageId)
  // Some end it with a zero and some do not.
  const id = inParameter ? Buffer.from(inParameter).toString('latin1').replace(/\0.*$/s, '') : ''
  const head = text.slice(0, 300)
  const inText = /\bid: ?([^\s:]{1,64})(?=\s|$)/i.exec(head)?.[1] ?? ''
  const ids = [...new Set([id, inText])].filter((one) => one !== '')
  if (ids.length === 0) return null
  const [code] = optional.get(tags.messageState) ?? []
  const stat =
    (code === undefined ? undefined : states[code]) ?? /\bstat:\s*([A-Z]{3,10})/i.exec(head)?.[1]?.toUpperCase()
  return {
    ids,
    phone: readNumber(fields.source, plan),
    state: stat === 'DELIVRD' ? 'delivered' : stat !== undefined && failed.has(stat) ? 'failed' : null,
    stat: stat ?? 'none',
    scope: isUnknownSubscriber(optional.get(tags.networkErrorCode)) ? 'address' : 'message',
  }
}

/** §5.3.2.31: network 3 is GSM, and its errors 1 and 9 (3GPP TS 29.002) are a number that nobody has. The `err:` of the text is each vendor's own. */
function isUnknownSubscriber(networkError: Uint8Array | undefined): boolean {
  const [network, high, low] = networkError ?? []
  return network === 3 && high === 0 && (low === 1 || low === 9)
}
