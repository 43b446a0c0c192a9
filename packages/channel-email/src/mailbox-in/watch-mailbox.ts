import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelLog, Lease } from '@parley/channel-sdk'
import type { RelayAddresses } from '../compose/relay-addresses.ts'
import type { Inside } from '../smtp-in/smtp-in.ts'
import { type ImapMailbox, readImap } from './imap-mailbox.ts'
import { Memory } from './one-pass.ts'
import { type Pop3Mailbox, readPop3 } from './pop3-mailbox.ts'
import { takeFetched } from './take-fetched.ts'

/** A mailbox that our mail is put into: a catch-all for the relay domain, or that of one relay address. */
export type MailboxOptions = ImapMailbox | Pop3Mailbox

export interface MailboxAccount {
  host: string
  port: number
  user: string
  password: string
  /** `always`: TLS from the first byte. `required`: STARTTLS (IMAP) or STLS (POP3) or nothing. `never`: a server on the same machine. */
  tls: 'always' | 'required' | 'never'
  /** Turn off only for a server whose certificate you know to be your own. */
  verifyCertificate?: boolean
  /** Larger mails are left aside unread. Default 36,000,000. */
  maxBytes?: number
}

/** What a mailbox reader needs besides its account. */
export interface MailboxPost {
  /** Decides what becomes of one mail. Rejects when it cannot be stored now. */
  take(raw: Uint8Array): Promise<FetchedMail>
  maxBytes: number
  /** Null: the connection works and everything is read. */
  onStanding(trouble: string | null, state?: 'degraded' | 'down'): void
  log: ChannelLog
  isStopping: AbortSignal
}

/** `aside`: nothing of ours, or unreadable; kept where a person can look at it, never tried again. */
export type FetchedMail = { become: 'done' } | { become: 'aside'; why: string }

export interface MailboxIn {
  stop(): Promise<void>
}

/** Reads a mailbox for as long as the channel runs: one process at a time, connecting again after every failure, less and less often. */
export function watchMailbox(
  mailbox: MailboxOptions,
  setting: {
    addresses: RelayAddresses
    inside: Inside
    lease: Lease
    log: ChannelLog
    onStanding: MailboxPost['onStanding']
  },
): MailboxIn {
  const { addresses, inside, lease, log, onStanding } = setting
  const stopping = new AbortController()
  const name = `${mailbox.kind}:${mailbox.user}@${mailbox.host}:${mailbox.port}`
  const memory = new Memory()

  const readOnce = async () => {
    // Another process reads it: nothing is wrong here.
    const elsewhere = setTimeout(() => onStanding(null), 1_000)
    const held = await lease(name, stopping.signal).finally(() => clearTimeout(elsewhere))
    const isStopping = AbortSignal.any([stopping.signal, held.isLost])
    try {
      const post: MailboxPost = {
        take: (raw) => takeFetched(raw, addresses, inside),
        maxBytes: mailbox.maxBytes ?? 36_000_000,
        onStanding,
        log,
        isStopping,
      }
      if (mailbox.kind === 'imap') await readImap(mailbox, post, memory)
      else await readPop3(mailbox, post, memory)
    } finally {
      await held.release()
    }
  }

  const watch = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      const begun = performance.now()
      try {
        await readOnce()
        failures = 0
      } catch (error) {
        if (stopping.signal.aborted) return
        failures = performance.now() - begun > 60_000 ? 1 : failures + 1
        const why = reasonOf(error)
        onStanding(why, 'down')
        log.warn('mailbox.failed', { kind: mailbox.kind, because: why, failures })
        await sleep(Math.min(500 * 2 ** failures, 120_000), undefined, { signal: stopping.signal, ref: false }).catch(
          () => undefined,
        )
      }
    }
  }
  const watching = watch()
  return {
    async stop() {
      stopping.abort()
      await watching
    },
  }
}

/** Short and without the account: servers like to repeat it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  if (Reflect.get(error, 'authenticationFailed') === true || error.name === 'Pop3SignInError')
    return 'the mailbox refused the sign-in'
  const code: unknown = Reflect.get(error, 'code')
  const told = typeof code === 'string' ? code : error.name
  return error.name === 'StoreUnavailable'
    ? 'mail waits: it cannot be stored now'
    : `the mailbox cannot be reached (${told})`
}
