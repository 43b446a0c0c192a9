export type { Answer, Mailboxes, MailboxesOptions, MailSummary, NewMail, Submitted } from './mailboxes.ts'
export { startMailboxes } from './start-mailboxes.ts'
