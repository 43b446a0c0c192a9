import PostalMime, { type Address } from 'postal-mime'

/** A mail as its reader's program has it: what it shows, and the bytes it came as. */
export type ReceivedMail = {
  raw: Buffer
  messageId: string
  references: string[]
  from: Mailbox
  replyTo: Mailbox[]
  to: Mailbox[]
  cc: Mailbox[]
  subject: string
  date: Date
  /** The plain part; where a mail has none, what its HTML says. */
  text: string
  html: string | undefined
  attachments: { filename: string | undefined; mimeType: string; content: Buffer }[]
  /** First value of a header, name in any case. */
  header(name: string): string | undefined
  headers(name: string): string[]
}

export type Mailbox = { name: string; address: string }

export async function readMail(raw: Buffer): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })
  const headers = (name: string) =>
    mail.headers.filter(({ key }) => key === name.toLowerCase()).map(({ value }) => value)
  return {
    raw,
    messageId: mail.messageId ?? '',
    references: (mail.references ?? '').split(/\s+/).filter(Boolean),
    from: mailboxes(mail.from ? [mail.from] : [])[0] ?? { name: '', address: '' },
    replyTo: mailboxes(mail.replyTo),
    to: mailboxes(mail.to),
    cc: mailboxes(mail.cc),
    subject: mail.subject ?? '',
    date: new Date(mail.date ?? 0),
    text: mail.text ?? textOf(mail.html ?? ''),
    html: mail.html,
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      filename: filename ?? undefined,
      mimeType,
      content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content)),
    })),
    header: (name) => headers(name)[0],
    headers,
  }
}

function mailboxes(addresses: readonly Address[] | undefined): Mailbox[] {
  return (addresses ?? []).flatMap((one) =>
    one.address === undefined ? (one.group ?? []).map(plain) : [{ name: one.name, address: one.address }],
  )
}

function plain({ name, address }: Mailbox): Mailbox {
  return { name, address }
}

function textOf(html: string): string {
  return html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<br\s*\/?>|<\/(p|div|tr|h\d|li)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }
