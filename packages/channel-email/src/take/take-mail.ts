import { createHash } from 'node:crypto'
import type { ChannelHost, Inbound, Receipt } from '@parley/channel-sdk'
import { plainly } from '@parley/model'
import type { RelayAddresses } from '../compose/relay-addresses.ts'
import type { MailReading } from '../read/read-mail.ts'
import { reportOf } from './report-of.ts'

/** How a mail reached us, as far as it says something about its sender. */
export type Transport =
  | { by: 'smtp'; isTrustedRelay: boolean; peer: string; greeting: string; sender: string }
  /** Fetched from a mailbox: its provider has checked the sender and written down the result. */
  | { by: 'mailbox' }

/** One answer for the whole mail. Rejects when something could not be stored now. */
export type TakenMail =
  | { outcome: 'taken' }
  /** Of this mail nothing, or not all, was taken: `text` says what, for its writer. `code` is the one of RFC 5321. */
  | { outcome: 'refused'; code: number; text: string }

export interface Taking {
  channel: string
  host: ChannelHost
  addresses: RelayAddresses
  read(raw: Uint8Array, recipients: string[], transport: Transport): Promise<MailReading>
}

/** Takes one mail for every address of ours that it was sent to, and resolves only when all of it is durable. */
export async function takeMail(
  raw: Uint8Array,
  recipients: string[],
  transport: Transport,
  taking: Taking,
): Promise<TakenMail> {
  const reading = withCommand(await taking.read(raw, recipients, transport))
  const results: TakenMail[] = []
  for (const recipient of new Set(recipients)) {
    results.push(await takeFor(recipient.trim().toLowerCase(), reading, raw, taking))
  }
  return together(results)
}

/**
 * SMTP has one answer for all recipients of a mail. When some were taken and some refused, the writer is told by the refusal, which says
 * so; a repetition does no harm, since what was taken is known again.
 */
function together(results: TakenMail[]): TakenMail {
  const refused = results.filter((result) => result.outcome === 'refused')
  const [first] = refused
  if (!first)
    return results.length > 0
      ? { outcome: 'taken' }
      : { outcome: 'refused', code: 550, text: '5.1.1 There is no such address here.' }
  if (refused.length === results.length) return first
  const taken = results.length - refused.length
  return {
    ...first,
    text: `${first.text} (This concerns ${refused.length} of ${results.length} addresses; the other ${taken} got the message.)`,
  }
}

const noSuchAddress: TakenMail = { outcome: 'refused', code: 550, text: '5.1.1 There is no such address here.' }

async function takeFor(recipient: string, reading: MailReading, raw: Uint8Array, taking: Taking): Promise<TakenMail> {
  const { host, addresses } = taking
  const to = addresses.recognise(recipient)
  const report = reportOf(reading, to, addresses)
  if (report) {
    await host.report(report)
    return { outcome: 'taken' }
  }
  switch (to.kind) {
    case 'elsewhere': {
      // A site's public address may be at any domain whose mail comes here.
      const isOurs = (await taking.host.mayReceive(recipient)).accepts
      return isOurs ? takeForRelay(recipient, reading, raw, taking) : noSuchAddress
    }
    case 'no-reply':
      return noSuchAddress
    case 'bounce':
      // Delays, reports of success and second-hand notices need nobody; a person who writes here is told where to write.
      if (reading.verdict.kind !== 'message') return { outcome: 'taken' }
      return {
        outcome: 'refused',
        code: 550,
        text: '5.7.1 This address takes delivery reports only. Please write to the address in Reply-To.',
      }
    case 'relay':
      return takeForRelay(to.address, reading, raw, taking)
  }
}

async function takeForRelay(
  to: string,
  reading: MailReading,
  raw: Uint8Array,
  { host, channel }: Taking,
): Promise<TakenMail> {
  const { verdict } = reading
  switch (verdict.kind) {
    case 'loop':
      host.log.warn('mail.loop', { channel })
      return { outcome: 'refused', code: 554, text: '5.4.6 This message has been here before: it runs in a circle.' }
    case 'broken':
      return {
        outcome: 'refused',
        code: 554,
        text: '5.6.0 The message cannot be read: its form is damaged. Please send it again as plain text.',
      }
    case 'bounce':
      // About a mail that is not ours, or a delay: nobody here waits for it.
      host.log.info('mail.foreign-report', { channel })
      return { outcome: 'taken' }
    case 'message':
      return lackOf(reading) ?? answerTo(await host.receive(inboundOf(to, reading, raw, channel, { kind: 'message' })))
    case 'automatic':
      return answerTo(await host.receive(inboundOf(to, reading, raw, channel, { kind: 'automatic', why: verdict.why })))
  }
}

/**
 * Mail programs act on our List-Unsubscribe (RFC 2369) by a mail with that subject and no word of a person in it, or only a line that says
 * so (Gmail): the subject is what is said.
 */
function withCommand(reading: MailReading): MailReading {
  const words = reading.text.full.trim()
  const isCommand = /^\s*stop\s*$/i.test(reading.envelope.subject) && (words === '' || automatically.test(words))
  return isCommand ? { ...reading, text: plainly('stop') } : reading
}

const automatically = /^this message was automatically generated by [\w ]{1,40}\.?$/i

/** Why a mail cannot be passed on whole, for its writer: a part is never lost in silence. */
function lackOf({ text, attachments, refusedAttachments, isSealed }: MailReading): TakenMail | null {
  if (isSealed)
    return {
      outcome: 'refused',
      code: 554,
      text: '5.7.5 The message is encrypted and cannot be opened here. Please send it unencrypted.',
    }
  if (refusedAttachments.length > 0) {
    return {
      outcome: 'refused',
      code: 552,
      text: '5.3.4 The message has too many files, or they are too large together. Please send fewer, or a link to them.',
    }
  }
  if (text.full.trim() === '' && attachments.length === 0) {
    return { outcome: 'refused', code: 554, text: '5.6.0 There is nothing in the message: no text and no file.' }
  }
  return null
}

function answerTo(receipt: Receipt): TakenMail {
  if (receipt.outcome !== 'refused') return { outcome: 'taken' }
  const code =
    receipt.because === 'too-many'
      ? 452
      : receipt.because === 'too-large'
        ? 552
        : receipt.because === 'unknown-address' || receipt.because === 'retired-address'
          ? 550
          : 554
  return { outcome: 'refused', code, text: receipt.text }
}

function inboundOf(
  to: string,
  reading: MailReading,
  raw: Uint8Array,
  channel: string,
  verdict: Inbound['verdict'],
): Inbound {
  const { envelope, authenticity, text, attachments } = reading
  return {
    channel,
    externalId: externalIdOf(envelope.messageId, raw),
    to,
    from: { ...senderOf(envelope), ...authenticity },
    verdict,
    said: text,
    attachments: attachments.map(({ name, declaredType, bytes, inline }) => ({
      name,
      type: declaredType,
      bytes,
      inline,
    })),
    raw,
    writtenAt: envelope.date,
    language: null,
    title: envelope.subject || null,
  }
}

function senderOf({ from: [sender] }: MailReading['envelope']): { address: string; name?: string } {
  return { address: sender?.address ?? '', ...(sender?.name ? { name: sender.name } : {}) }
}

/**
 * The same for the same mail arriving twice, by whichever way: Message-ID and a hash of the body. Headers are left out, since each way
 * adds its own. Without a Message-ID the whole is hashed.
 */
function externalIdOf(messageId: string | null, raw: Uint8Array): string {
  if (messageId === null) return `raw:${digest(raw)}`
  const id = messageId.length <= 400 ? messageId : `long:${digest(Buffer.from(messageId))}`
  return `${id} ${digest(bodyOf(raw))}`
}

function bodyOf(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const crlf = bytes.indexOf('\r\n\r\n')
  const lf = bytes.indexOf('\n\n')
  const at = crlf < 0 ? lf : lf < 0 ? crlf : Math.min(crlf, lf)
  return at < 0 ? bytes : bytes.subarray(at)
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32)
}
