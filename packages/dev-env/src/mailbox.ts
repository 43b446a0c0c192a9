import { setTimeout as sleep } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { type ReceivedMail, readMail } from './received-mail.ts'

export type ImapAccount = { host: string; port: number; user: string; password: string }

export type MailboxReader = {
  /**
   * The first mail that matches and was not given by an earlier call, waiting for it over IMAP.
   * A RegExp is tried on subject and text.
   */
  receives(match: MailMatch, options?: { timeoutMs?: number }): Promise<ReceivedMail>
  /** Everything in the inbox, oldest first. */
  inbox(): Promise<ReceivedMail[]>
  close(): Promise<void>
}

export type MailMatch = RegExp | ((mail: ReceivedMail) => boolean)

/** Reads one person's inbox over one IMAP connection, opened at the first use. */
export function readMailbox({ host, port, user, password }: ImapAccount): MailboxReader {
  let opening: Promise<ImapFlow> | undefined
  let fetching: Promise<unknown> = Promise.resolve()
  const mails = new Map<number, ReceivedMail>()
  const given = new Set<number>()

  const open = async () => {
    const client = new ImapFlow({
      host,
      port,
      secure: false,
      doSTARTTLS: false,
      logger: false,
      auth: { user, pass: password },
    })
    // Without a listener a dropped connection would end the whole test process; the next command reports it.
    client.on('error', () => {})
    client.on('close', () => {
      opening = undefined
    })
    await client.connect()
    await client.mailboxOpen('INBOX')
    return client
  }
  const connection = () => {
    opening ??= open()
    return opening
  }

  const fetchNew = async () => {
    const client = await connection()
    await client.noop()
    if (client.mailbox && client.mailbox.exists === mails.size) return
    const newest = Math.max(0, ...mails.keys())
    for await (const one of client.fetch(`${newest + 1}:*`, { uid: true, source: true }, { uid: true })) {
      // "n:*" names the last mail even where its UID is below n.
      if (one.source && !mails.has(one.uid)) mails.set(one.uid, await readMail(one.source))
    }
  }
  const refresh = () => {
    const next = fetching.then(fetchNew)
    fetching = next.catch(() => {})
    return next
  }

  return {
    async receives(match, { timeoutMs = 15_000 } = {}) {
      const end = performance.now() + timeoutMs
      for (;;) {
        await refresh()
        const found = [...mails].find(([uid, mail]) => !given.has(uid) && matches(mail, match))
        if (found) {
          given.add(found[0])
          return found[1]
        }
        const left = end - performance.now()
        if (left <= 0) throw new Error(notReceived(user, match, timeoutMs, mails, given))
        // Asked again and again, not awaited with IDLE: Dovecot holds its IDLE notices back for half a second.
        await sleep(Math.min(left, 40))
      }
    },
    async inbox() {
      await refresh()
      return [...mails].sort(([a], [b]) => a - b).map(([, mail]) => mail)
    },
    async close() {
      const client = await opening?.catch(() => undefined)
      client?.close()
      opening = undefined
    },
  }
}

function matches(mail: ReceivedMail, match: MailMatch): boolean {
  if (!(match instanceof RegExp)) return match(mail)
  return new RegExp(match.source, match.flags.replace(/[gy]/g, '')).test(`${mail.subject}\n${mail.text}`)
}

function notReceived(
  user: string,
  match: MailMatch,
  timeoutMs: number,
  mails: ReadonlyMap<number, ReceivedMail>,
  given: ReadonlySet<number>,
): string {
  const there = [...mails].map(
    ([uid, mail]) =>
      `  - "${mail.subject}" from ${mail.from.address}${given.has(uid) ? ' (given to an earlier wait)' : ''}: ${mail.text.slice(0, 120).replace(/\s+/g, ' ')}`,
  )
  return `waited ${timeoutMs} ms for a mail to ${user} matching ${match}; the inbox has ${there.length ? `\n${there.join('\n')}` : 'nothing'}`
}
