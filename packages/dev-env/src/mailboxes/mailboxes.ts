import type { Quoting } from '../quoting.ts'
import type { ReceivedMail } from '../received-mail.ts'
import type { Peer } from './relay-queue.ts'
import type { OutgoingMail } from './write-mail.ts'

export type MailboxesOptions = {
  /** Where SMTP and POP3 listen: loopback, since both speak plain text. Default 127.0.0.1. */
  host?: string
  /** Default: any free port. */
  smtpPort?: number
  pop3Port?: number
  people: readonly { name: string; address: string }[]
  /** Keeps mails, keys and passwords from one start to the next. */
  folder: string
  /** Where mail that is not for these people goes: Parley's SMTP-in. Null, or down: it waits. */
  parleySmtp: Peer | null
  backOffMs?: readonly number[]
}

/** The mail program in a person's pocket. A person is named by their address. */
export type Mailboxes = {
  smtp: Peer
  pop3: Peer
  people: readonly { name: string; address: string }[]
  /** TXT records by name (DKIM, DMARC, SPF), for the resolver that Parley uses. */
  records: Readonly<Record<string, string[]>>
  /** Answers TXT questions from `records` in the shape of `dns.promises.resolve`; everything else does not exist. */
  resolve(name: string, type?: string): Promise<string[][]>
  passwordOf(person: string): string
  relayTo(peer: Peer | null): void
  /** Newest first. */
  list(person: string): Promise<MailSummary[]>
  sent(person: string): Promise<MailSummary[]>
  /** The mail in the inbox, or among those sent; undefined when it is not there. */
  read(person: string, id: string): Promise<ReceivedMail | undefined>
  markSeen(person: string, id: string): Promise<void>
  /** The answer as an ordinary mail program lays it out. Undefined when there is no such mail. */
  reply(person: string, id: string, answer: Answer): Promise<Submitted | undefined>
  /** What an ordinary mail program puts into the window for a reply: attribution and quoted text, to write between its lines. */
  quoted(person: string, id: string): Promise<string | undefined>
  /** What a program answers while its owner is away. */
  vacationReply(person: string, id: string): Promise<Submitted | undefined>
  compose(person: string, mail: NewMail): Promise<Submitted>
  /** `mail`: one has come into an inbox. `change`: anything else about a person's mails. Returns what takes the listener away. */
  on(event: 'mail' | 'change', listener: (at: { person: string; id: string }) => void): () => void
  stop(): Promise<void>
}

export type MailSummary = {
  id: string
  from: { name: string; address: string }
  to: { name: string; address: string }[]
  subject: string
  /** When it came, or was sent. */
  at: Date
  snippet: string
  attachments: number
  seen: boolean
  answered: boolean
  /** For sent mails: on its way, handed over, or refused by the other side. */
  state: 'received' | 'waiting' | 'sent' | 'failed'
}

export type Answer = {
  text: string
  attachments?: OutgoingMail['attachments']
  /** How the original is quoted; `none` when `text` already holds it (see `quoted`). Default `gmail`. */
  quoting?: Quoting
  signature?: string
  /** Claims another sender, without that sender's signature: what a forger can do. */
  as?: string
}

export type NewMail = {
  to: string
  subject: string
  text: string
  html?: string
  attachments?: OutgoingMail['attachments']
  as?: string
}

export type Submitted = { copy: string; messageId: string }
