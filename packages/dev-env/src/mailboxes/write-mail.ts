import { randomUUID } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { domainOf } from './mail-keys.ts'

export type OutgoingMail = {
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html?: string | undefined
  attachments?: { filename: string; contentType?: string; content: Buffer }[] | undefined
  inReplyTo?: string
  references?: string[]
  headers?: Record<string, string>
}

/** The bytes of a mail, as a mail program hands them to its server. */
export async function writeMail(mail: OutgoingMail): Promise<{ raw: Buffer; messageId: string }> {
  const messageId = `<${randomUUID()}@${domainOf(mail.from.address)}>`
  const raw = await new MailComposer({
    ...mail,
    messageId,
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: '\r\n',
  })
    .compile()
    .build()
  return { raw, messageId }
}
