import { addressParser, decodeWords } from 'postal-mime'
import { cleanLine } from './clean-text.ts'
import { headerValue, headerValues, type ParsedMail } from './parsed-mail.ts'

export type MailAddress = { name: string; address: string }

/** What the mail's header says about itself: claims, decoded and made safe to show. Addresses are in lower case. */
export type Envelope = {
  /** Without angle brackets; null when missing. */
  messageId: string | null
  inReplyTo: string[]
  /** Oldest first, at most the last 100. */
  references: string[]
  date: Date | null
  subject: string
  /** Over all From fields. More than one address, or field, is never believed. */
  from: MailAddress[]
  fromFields: number
  /** At most `MOST_ADDRESSES`; `recipientCount` is the true number. */
  to: MailAddress[]
  cc: MailAddress[]
  recipientCount: number
}

const MOST_ADDRESSES = 100
const LONGEST_SUBJECT = 500
const LONGEST_NAME = 200
// RFC 5321 §4.5.3.1: 64 + 1 + 255.
const LONGEST_ADDRESS = 320

export function readEnvelope(mail: ParsedMail): Envelope {
  const to = readAddresses(mail, 'to')
  const cc = readAddresses(mail, 'cc')
  return {
    messageId: messageIds(headerValue(mail, 'message-id'))[0] ?? null,
    inReplyTo: messageIds(headerValue(mail, 'in-reply-to')).slice(0, 10),
    references: messageIds(headerValue(mail, 'references')).slice(-100),
    date: readDate(headerValue(mail, 'date')),
    subject: cleanLine(decodeWords(headerValue(mail, 'subject').slice(0, 10 * LONGEST_SUBJECT)), LONGEST_SUBJECT),
    from: readAddresses(mail, 'from').slice(0, MOST_ADDRESSES),
    fromFields: headerValues(mail, 'from').length,
    to: to.slice(0, MOST_ADDRESSES),
    cc: cc.slice(0, MOST_ADDRESSES),
    recipientCount: to.length + cc.length,
  }
}

function readAddresses(mail: ParsedMail, header: string): MailAddress[] {
  const found: MailAddress[] = []
  for (const value of headerValues(mail, header)) {
    for (const mailbox of addressParser(value, { flatten: true })) {
      const address = cleanLine(mailbox.address ?? '', LONGEST_ADDRESS).toLowerCase()
      if (/^[^\s@]+@[^\s@]+$/.test(address)) found.push({ name: cleanLine(mailbox.name, LONGEST_NAME), address })
    }
  }
  return found
}

function messageIds(value: string): string[] {
  const ids = value.slice(-64 * 1024).match(/<[^<>\s]{1,900}>/g)
  if (ids) return ids.map((id) => id.slice(1, -1))
  const bare = value.trim()
  return /^[^\s<>]{3,900}$/.test(bare) ? [bare] : []
}

function readDate(value: string): Date | null {
  const date = new Date(value.slice(0, 100))
  return Number.isNaN(date.getTime()) ? null : date
}
