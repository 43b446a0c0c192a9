import { randomUUID } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { type AutoReply, automaticReply } from './auto-reply.ts'
import { type MailMatch, readMailbox } from './mailbox.ts'
import { type Answer, layOutReply, type Quoting } from './quoting.ts'
import type { ReceivedMail } from './received-mail.ts'

export type MailPersonOptions = {
  name: string
  address: string
  imap: { host: string; port: number; password: string }
  smtp: { host: string; port: number }
  /** Signs what this person sends, as a mail provider does for its users. */
  dkim?: { domainName: string; keySelector: string; privateKey: string }
  /** The loopback address to connect from: SPF can tell it from others. */
  localAddress?: string
}

export type Outgoing = {
  to: string | { name: string; address: string }
  subject: string
  text: string
  html?: string
  cc?: string
  inReplyTo?: string
  references?: string[]
  attachments?: OutgoingAttachment[]
  headers?: Record<string, string>
  /** A From that is not this person: a forgery. */
  from?: string
  /** The envelope sender, where it is not that of From; empty for the null sender of automata. */
  envelopeFrom?: string
  unsigned?: boolean
  messageId?: string
}

export type OutgoingAttachment = { filename: string; content: Uint8Array | string; contentType?: string }

export type ReplyOptions = {
  quoting?: Quoting
  /** Sends an HTML part beside the text, as most programs do. */
  html?: boolean
  signature?: string
} & Partial<
  Pick<Outgoing, 'attachments' | 'from' | 'envelopeFrom' | 'headers' | 'unsigned' | 'to' | 'subject' | 'messageId'>
>

export type Sent = { messageId: string; raw: Buffer; answer: string }

export type MailPerson = {
  name: string
  address: string
  /** Waits for a mail not given before; see `readMailbox`. */
  receivesEmail(match: MailMatch, options?: { timeoutMs?: number }): Promise<ReceivedMail>
  /** Answers as the named program would. Rejects with the server's words where it refuses the mail. */
  repliesTo(mail: ReceivedMail, text: string | readonly Answer[], options?: ReplyOptions): Promise<Sent>
  writes(mail: Outgoing): Promise<Sent>
  /** Hands over exactly these bytes. */
  sendsRaw(raw: Uint8Array | string, envelope: { from: string; to: string | string[] }): Promise<{ answer: string }>
  /** What a vacation responder, or another automaton, sends back for this mail. */
  autoReplies(mail: ReceivedMail, kind?: AutoReply): Promise<Sent>
  inbox(): Promise<ReceivedMail[]>
  /** The bytes of every mail in the mailbox, for the search for leaks. */
  allRaw(): Promise<Buffer[]>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A person with a real mailbox, who reads it over IMAP and answers through a real mail server. */
export function createMailPerson({ name, address, imap, smtp, dkim, localAddress }: MailPersonOptions): MailPerson {
  const mailbox = readMailbox({ ...imap, user: address })
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const compose = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const submit = createTransport({
    host: smtp.host,
    port: smtp.port,
    ignoreTLS: true,
    name: `pc.${domain}`,
    ...(localAddress ? { localAddress } : {}),
  })

  const send = async (raw: Buffer | string, envelope: { from: string; to: string[] }) => {
    const { response } = await submit.sendMail({ raw, envelope })
    return response
  }

  const writes = async (mail: Outgoing): Promise<Sent> => {
    const messageId = mail.messageId ?? `<${randomUUID()}@${domain}>`
    const from = mail.from ?? { name, address }
    const composed = await compose.sendMail({
      from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      messageId,
      ...(mail.cc ? { cc: mail.cc } : {}),
      ...(mail.html ? { html: mail.html } : {}),
      ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
      ...(mail.references ? { references: mail.references } : {}),
      ...(mail.headers ? { headers: mail.headers } : {}),
      ...(dkim && !mail.unsigned ? { dkim } : {}),
      attachments: (mail.attachments ?? []).map(({ filename, content, contentType }) => ({
        filename,
        content: typeof content === 'string' ? content : Buffer.from(content),
        ...(contentType ? { contentType } : {}),
      })),
    })
    if (!Buffer.isBuffer(composed.message)) throw new Error('nodemailer gave no buffer')
    const raw = composed.message
    const envelopeFrom = mail.envelopeFrom ?? (composed.envelope.from || '')
    const answer = await send(raw, { from: envelopeFrom, to: composed.envelope.to })
    return { messageId, raw, answer }
  }

  return {
    name,
    address,
    receivesEmail: mailbox.receives,
    writes,
    repliesTo(mail, text, { quoting = 'gmail', html = quoting !== 'interleaved', signature, ...rest } = {}) {
      const laid = layOutReply(mail, { text, ...(signature ? { signature } : {}) }, quoting)
      const answerTo = mail.replyTo[0] ?? mail.from
      return writes({
        to: answerTo,
        subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
        inReplyTo: mail.messageId,
        references: [...mail.references, mail.messageId],
        text: laid.text,
        ...(html ? { html: laid.html } : {}),
        ...rest,
        headers: { ...laid.userAgent, ...rest.headers },
      })
    },
    autoReplies: (mail, kind = 'vacation') => writes(automaticReply(mail, { name, address }, kind)),
    async sendsRaw(raw, { from, to }) {
      const bytes = typeof raw === 'string' ? raw : Buffer.from(raw)
      return { answer: await send(bytes, { from, to: Array.isArray(to) ? to : [to] }) }
    },
    inbox: mailbox.inbox,
    allRaw: async () => (await mailbox.inbox()).map(({ raw }) => raw),
    close,
    [Symbol.asyncDispose]: close,
  }

  async function close() {
    submit.close()
    await mailbox.close()
  }
}
