import { readMail } from '../received-mail.ts'
import type { MailSummary } from './mailboxes.ts'

export type MailLine = Pick<MailSummary, 'from' | 'to' | 'subject' | 'snippet' | 'attachments'>

/** What a list shows of a mail. */
export async function summariseMail(raw: Buffer | undefined): Promise<MailLine> {
  const mail = await readMail(raw ?? Buffer.from('Subject: (gone)\r\n\r\n'))
  return {
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    // The line under which one replies says nothing about this mail.
    snippet: mail.text
      .replace(/^\s*-- .{1,80} --\s*\n/, '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 140),
    attachments: mail.attachments.length,
  }
}
