import { Readable } from 'node:stream'
import { domainToASCII } from 'node:url'
import type { OutboundAttachment, OutboundDelivery } from '@parley/channel-sdk'
import DKIM from 'nodemailer/lib/dkim'
import MailComposer from 'nodemailer/lib/mail-composer'
import { fixedLinesFor } from './fixed-lines.ts'
import { headerText } from './header-text.ts'
import { htmlPart } from './html-part.ts'
import type { RelayAddresses } from './relay-addresses.ts'
import { textPart } from './text-part.ts'

export interface Writing {
  relayDomain: string
  addresses: RelayAddresses
  /** Shown as the sender of what nobody can answer. */
  publicName: string
  /** The same for all processes of this instance, and tells nothing: our own mail that comes back is known by it. */
  loopMark: string
  dkim: DkimKey | null
  /** The largest mail this channel sends, in bytes on the wire. */
  maxBytes: number
}

export interface DkimKey {
  selector: string
  /** PEM. */
  privateKey: string
}

export type Composed = { ok: true; mail: ComposedMail } | { ok: false; scope: 'address' | 'message'; reason: string }

export interface ComposedMail {
  from: string
  to: string
  reference: string
  /** Bytes on the wire: an upper bound, since it is known before encoding. */
  size: number
  /** The whole mail, from the beginning, as often as it is asked for. Fails when an attachment cannot be read or is not what was announced. */
  open(): Readable
}

/** A delivery as a new mail, written from nothing but the delivery: no header and no markup of anybody else's is ever passed on (law 6). */
export function composeMail(delivery: OutboundDelivery, writing: Writing, now: Date): Composed {
  const to = postalAddress(delivery.to)
  if (!to.ok) return { ok: false, scope: 'address', reason: to.reason }
  const body = {
    blocks: delivery.content.blocks,
    language: delivery.language,
    lines: fixedLinesFor(delivery.language),
    answerable: delivery.relay !== null,
    maybeTwice: delivery.maybeTwice,
  }
  const text = textPart(body)
  const html = htmlPart(body)
  const size = encodedSize(text, html, delivery.attachments)
  if (size > writing.maxBytes) {
    return {
      ok: false,
      scope: 'message',
      reason: `too large for mail: about ${size} bytes, and at most ${writing.maxBytes} are sent`,
    }
  }
  const { addresses } = writing
  const own = delivery.relay ? addresses.reply(delivery.relay.token) : addresses.noReply
  const name = headerText(delivery.relay?.alias ?? writing.publicName, 64)
  const references = threadIds(delivery.thread.references, addresses)
  const inReplyTo = references.at(-1)
  const open = () => {
    const node = new MailComposer({
      from: { name, address: own },
      ...(delivery.relay ? { replyTo: { name, address: own } } : {}),
      to: { name: '', address: to.address },
      subject: headerText(delivery.thread.subject, 180),
      messageId: addresses.messageId(delivery.reference),
      ...(inReplyTo === undefined ? {} : { inReplyTo, references }),
      date: now,
      headers: [...ownHeaders(delivery, writing, own)].map(([key, value]) => ({ key, value })),
      text,
      html,
      attachments: delivery.attachments.map((attachment) => ({
        filename: headerText(attachment.name, 120).replace(/[/\\]/g, '_') || 'attachment',
        contentType: safeType(attachment.type),
        contentDisposition: 'attachment',
        content: Readable.from(whole(attachment), { objectMode: false }),
      })),
      disableFileAccess: true,
      disableUrlAccess: true,
    }).compile()
    if (writing.dkim) {
      const { selector, privateKey } = writing.dkim
      const signer = new DKIM({ domainName: writing.relayDomain, keySelector: selector, privateKey })
      node.processFunc((input) => signer.sign(input))
    }
    return node.createReadStream()
  }
  return {
    ok: true,
    mail: { from: addresses.bounce(delivery.reference), to: to.address, reference: delivery.reference, size, open },
  }
}

function* ownHeaders(delivery: OutboundDelivery, writing: Writing, own: string): Iterable<[string, string]> {
  yield ['X-Parley-Loop', writing.loopMark]
  yield ['Content-Language', headerText(delivery.language, 35)]
  if (delivery.kind === 'message') {
    // From a person, so not auto-generated (RFC 3834 §5); but a vacation notice would answer somebody who never asked.
    yield ['X-Auto-Response-Suppress', 'OOF, AutoReply']
  } else {
    yield ['Auto-Submitted', 'auto-generated']
    yield ['X-Auto-Response-Suppress', 'All']
  }
  if (delivery.kind === 'offer' && delivery.relay) yield ['List-Unsubscribe', `<mailto:${own}?subject=stop>`]
  if (delivery.maybeTwice) yield ['X-Parley-Maybe-Repeated', 'yes']
}

// Mail programs fold a thread only if References repeats the earlier ids (RFC 5322 §3.6.4); the first and the latest do when it grows long.
function threadIds(references: string[], addresses: RelayAddresses): string[] {
  const ids = references.map((reference) => addresses.messageId(reference))
  return ids.length <= 50 ? ids : [...ids.slice(0, 1), ...ids.slice(-49)]
}

function postalAddress(value: string): { ok: true; address: string } | { ok: false; reason: string } {
  const at = value.lastIndexOf('@')
  const local = value.slice(0, at)
  const domain = domainToASCII(value.slice(at + 1))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is what is meant
  if (/[^\u0000-\u007f]/.test(local))
    return { ok: false, reason: 'only addresses with plain letters before the @ can be written to' }
  if (at < 1 || domain === '' || !/^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/i.test(local) || value.length > 254) {
    return { ok: false, reason: 'not a mail address' }
  }
  return { ok: true, address: `${local}@${domain}` }
}

// A message inside a message carries headers of its own, and parts of parts cannot be encoded: both go as plain files.
function safeType(type: string): string {
  const plain = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i.test(type)
  return plain && !/^(message|multipart)\//i.test(type) ? type.toLowerCase() : 'application/octet-stream'
}

function encodedSize(text: string, html: string, attachments: readonly OutboundAttachment[]): number {
  // Quoted-printable makes three bytes of one; a little too much is declared for most mails.
  const bodies = (Buffer.byteLength(text) + Buffer.byteLength(html)) * 3
  // Base64 in lines of 76: four bytes for three, and two more for each line.
  const files = attachments.reduce((sum, { size }) => sum + Math.ceil(size / 3) * 4 * (78 / 76) + 500, 0)
  return Math.ceil(bodies + files + 3_000)
}

/** An attachment that comes out shorter or longer than announced is damaged, and half a file is never sent as the whole. */
async function* whole(attachment: OutboundAttachment): AsyncIterable<Uint8Array> {
  let seen = 0
  for await (const chunk of attachment.open()) {
    seen += chunk.byteLength
    if (seen > attachment.size) break
    yield chunk
  }
  if (seen !== attachment.size) throw new Error('an attachment is not as long as announced')
}
