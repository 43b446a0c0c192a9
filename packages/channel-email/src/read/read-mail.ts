import type { Said } from '@parley/model'
import type { DNSResolver } from 'mailauth'
import { replyAboveLines } from '../compose/fixed-lines.ts'
import {
  type AttachmentLimits,
  isSealed,
  type ReadAttachment,
  type RefusedAttachment,
  readAttachments,
} from './attachments.ts'
import { type Authenticity, checkAuthenticity } from './authenticity.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { type ParseLimits, parseMail } from './parse-mail.ts'
import type { ParsedMail } from './parsed-mail.ts'
import { readText } from './text-forms.ts'
import { judgeMail, type MailVerdict } from './verdict.ts'

export type ReadingContext = {
  /** Domains of our relay addresses. */
  ownDomains: string[]
  /** Narrows `ownDomains` where other people have addresses at the same domain. */
  isOwnRelay?: (address: string) => boolean
  /** The values of X-Parley-Loop that we write; when absent any value is taken for ours. */
  loopMarks?: readonly string[]
  /** The SMTP session, when the sender's server (or the relay, then without `ip`) spoke to us itself. */
  receivedFrom?: { ip?: string; helo?: string; mailFrom: string; rcptTo: string[] }
  /** DNS for DKIM, SPF, DMARC and ARC; without it only trusted relays are believed. */
  resolver?: DNSResolver
  trustedAuthservIds: string[]
  limits?: { parse?: ParseLimits; attachments?: AttachmentLimits }
}

/** Everything the road needs to know about a mail. `text.full` and `attachments` are as the sender sent them: not yet screened. */
export type MailReading = {
  envelope: Envelope
  verdict: MailVerdict
  authenticity: Authenticity
  text: Said
  attachments: ReadAttachment[]
  refusedAttachments: RefusedAttachment[]
  /** An encrypted container that nobody here can open: tell the sender. */
  isSealed: boolean
}

const NOTHING: Envelope = {
  messageId: null,
  inReplyTo: [],
  references: [],
  date: null,
  subject: '',
  from: [],
  fromFields: 0,
  to: [],
  cc: [],
  recipientCount: 0,
}

/** Bytes of a mail in, what the road would make of it out. Never throws for anything the bytes hold. */
export async function readMail(raw: Uint8Array, context: ReadingContext): Promise<MailReading> {
  const parsed = await parseMail(raw, context.limits?.parse)
  if (!parsed.ok) {
    return {
      envelope: NOTHING,
      verdict: { kind: 'broken', why: parsed.because },
      authenticity: { standing: 'unproven', why: 'not-checked' },
      text: { full: '', visible: '', cuts: [] },
      attachments: [],
      refusedAttachments: [],
      isSealed: false,
    }
  }
  const reading = readParsedMail(parsed.mail, context)
  const { ip, helo, mailFrom } = context.receivedFrom ?? {}
  const authenticity = await checkAuthenticity(raw, parsed.mail, reading.envelope, {
    connection: ip ? { ip, helo: helo ?? '', mailFrom: mailFrom ?? '' } : undefined,
    resolver: context.resolver,
    trustedAuthservIds: context.trustedAuthservIds,
  })
  return { ...reading, authenticity }
}

/** The part of reading that asks nobody: same mail in, same reading out. */
export function readParsedMail(mail: ParsedMail, context: ReadingContext): Omit<MailReading, 'authenticity'> {
  const envelope = readEnvelope(mail)
  const verdict = judgeMail(mail, envelope, {
    isOwn: (address) => isOwnAddress(address, context),
    ...(context.loopMarks && { loopMarks: context.loopMarks }),
    ...(context.receivedFrom && { mailFrom: context.receivedFrom.mailFrom, rcptTo: context.receivedFrom.rcptTo }),
  })
  // What a bounce brings back are our own mails.
  const { attachments, refused } =
    verdict.kind === 'bounce' ? { attachments: [], refused: [] } : readAttachments(mail, context.limits?.attachments)
  return {
    envelope,
    verdict,
    text: readText(mail, {
      ownDomains: context.ownDomains,
      writtenTo: envelope.to.map(({ address }) => address),
      replyAboveLines,
    }),
    attachments,
    refusedAttachments: refused,
    isSealed: isSealed(mail),
  }
}

function isOwnAddress(address: string, context: ReadingContext): boolean {
  if (context.isOwnRelay) return context.isOwnRelay(address)
  const domain = address.split('@').at(-1)?.toLowerCase() ?? ''
  return context.ownDomains.some((own) => domain === own.toLowerCase() || domain.endsWith(`.${own.toLowerCase()}`))
}
