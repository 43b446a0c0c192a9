export type { HeldLease, Lease } from '@parley/channel-sdk'
export type { DkimKey } from './compose/compose-mail.ts'
export { type RelayAddresses, relayAddresses } from './compose/relay-addresses.ts'
export { createEmailChannel, type EmailChannel, type EmailChannelOptions } from './email-channel.ts'
export {
  type AttachmentJudge,
  type InspectOptions,
  type InspectRun,
  inspectEmail,
  type MailInspection,
  runInspectEmail,
} from './inspect.ts'
export type { MailboxOptions } from './mailbox-in/watch-mailbox.ts'
export { type MailReading, type ReadingContext, readMail, readParsedMail } from './read/read-mail.ts'
export type { SmtpOutOptions } from './send/smtp-pool.ts'
export type { SmtpInOptions } from './smtp-in/smtp-in.ts'
