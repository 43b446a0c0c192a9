import { ImapFlow } from 'imapflow'
import { afterGrace } from './after-grace.ts'
import { type Memory, onePass, type WaitingMail } from './one-pass.ts'
import type { MailboxAccount, MailboxPost } from './watch-mailbox.ts'

export interface ImapMailbox extends MailboxAccount {
  kind: 'imap'
  /** Default `INBOX`. */
  folder?: string
  /** What happens to a mail after everything of it is durable. Default `seen`. */
  afterwards?: 'seen' | 'delete'
  /** Where mails go that are not for us or cannot be read. Made when missing. Default `Parley-unreadable`. */
  asideFolder?: string
}

/**
 * Reads everything unseen, then waits for more with IDLE, until the connection ends (rejects) or the channel stops (resolves).
 * A mail is marked only after it was taken; fetched twice, it is known again.
 */
export async function readImap(mailbox: ImapMailbox, post: MailboxPost, memory: Memory): Promise<void> {
  const client = new ImapFlow({
    host: mailbox.host,
    port: mailbox.port,
    secure: mailbox.tls === 'always',
    doSTARTTLS: mailbox.tls === 'required' ? true : mailbox.tls === 'never' ? false : undefined,
    auth: { user: mailbox.user, pass: mailbox.password },
    tls: { rejectUnauthorized: mailbox.verifyCertificate ?? true },
    disableAutoIdle: true,
    // Some servers end an IDLE after half an hour without a word (RFC 2177); routers forget quiet connections much earlier.
    maxIdleTime: 4 * 60_000,
    logger: false,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 6 * 60_000,
  })
  const bell = new Bell()
  let failure: Error | null = null
  client.on('error', (error: Error) => {
    failure = error
  })
  client.on('close', () => bell.ring())
  client.on('exists', () => bell.ring())
  const stop = () => bell.ring()
  post.isStopping.addEventListener('abort', stop)
  const takeBack = afterGrace(post.isStopping, () => client.close())
  try {
    await client.connect()
    const box = await client.mailboxOpen(mailbox.folder ?? 'INBOX')
    const validity = String(box.uidValidity)
    while (!post.isStopping.aborted) {
      bell.hush()
      const unseen = (await client.search({ seen: false }, { uid: true })) || []
      const mails = unseen.map((uid) => waitingMail(client, uid, `${validity}/${uid}`, mailbox, post.maxBytes))
      const leftOver = await onePass(mails, post, memory)
      post.onStanding(leftOver > 0 ? `${leftOver} mails could neither be read nor put aside` : null, 'degraded')
      if (!client.usable) throw failure ?? new Error('the connection ended')
      // Any command ends IDLE, so that the next round of reading does.
      const idling = client.idle().catch(() => undefined)
      await Promise.race([bell.rung(), idling])
      if (!client.usable) throw failure ?? new Error('the connection ended')
    }
    await client.logout()
  } finally {
    takeBack()
    post.isStopping.removeEventListener('abort', stop)
    client.close()
  }
}

function waitingMail(client: ImapFlow, uid: number, key: string, mailbox: ImapMailbox, maxBytes: number): WaitingMail {
  const range = String(uid)
  return {
    key,
    async fetch() {
      try {
        const about = await client.fetchOne(range, { size: true }, { uid: true })
        if (about && (about.size ?? 0) > maxBytes) return { unreadable: 'too large' }
        const mail = await client.fetchOne(range, { source: true }, { uid: true })
        return mail && mail.source !== undefined ? { raw: mail.source } : { unreadable: 'gone before it was read' }
      } catch (error) {
        // The server cannot give out this one; a connection that broke is another matter.
        if (client.usable) return { unreadable: 'the server cannot give it out' }
        throw error
      }
    },
    async taken() {
      if (mailbox.afterwards === 'delete') await client.messageDelete(range, { uid: true })
      else await client.messageFlagsAdd(range, ['\\Seen'], { uid: true })
    },
    putAside: () => putAside(client, uid, mailbox.asideFolder ?? 'Parley-unreadable'),
  }
}

async function putAside(client: ImapFlow, uid: number, folder: string): Promise<boolean> {
  try {
    await client.mailboxCreate(folder)
    return (await client.messageMove(String(uid), folder, { uid: true })) !== false
  } catch (error) {
    if (!client.usable) throw error
    return false
  }
}

/** Rings once for whoever waits, and stays rung until hushed. */
class Bell {
  #ring: () => void = () => undefined
  #rung: Promise<void> = Promise.resolve()

  hush(): void {
    this.#rung = new Promise((resolve) => {
      this.#ring = resolve
    })
  }

  ring(): void {
    this.#ring()
  }

  rung(): Promise<void> {
    return this.#rung
  }
}
