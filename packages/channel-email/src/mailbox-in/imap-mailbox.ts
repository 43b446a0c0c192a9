import { ImapFlow } from 'imapflow'
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
export async function readImap(mailbox: ImapMailbox, post: MailboxPost, skipped: Set<string>): Promise<void> {
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
  try {
    await client.connect()
    const box = await client.mailboxOpen(mailbox.folder ?? 'INBOX')
    const validity = String(box.uidValidity)
    while (!post.isStopping.aborted) {
      bell.hush()
      const leftOver = await readUnseen(client, mailbox, post, skipped, validity)
      post.onStanding(leftOver > 0 ? `${leftOver} mails could neither be read nor put aside` : null, 'degraded')
      if (!client.usable) throw failure ?? new Error('the connection ended')
      // Any command ends IDLE, so that the next round of reading does.
      const idling = client.idle().catch(() => undefined)
      await Promise.race([bell.rung(), idling])
      if (!client.usable) throw failure ?? new Error('the connection ended')
    }
    await client.logout()
  } finally {
    post.isStopping.removeEventListener('abort', stop)
    client.close()
  }
}

async function readUnseen(
  client: ImapFlow,
  mailbox: ImapMailbox,
  post: MailboxPost,
  skipped: Set<string>,
  validity: string,
): Promise<number> {
  const unseen = (await client.search({ seen: false }, { uid: true })) || []
  let leftOver = 0
  for (const uid of unseen) {
    if (post.isStopping.aborted) return leftOver
    const key = `${validity}/${uid}`
    if (skipped.has(key)) {
      leftOver += 1
      continue
    }
    const fate = await takeOne(client, uid, post)
    if (fate.become === 'done') {
      if (mailbox.afterwards === 'delete') await client.messageDelete(String(uid), { uid: true })
      else await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
      continue
    }
    post.log.info('mailbox.put-aside', { because: fate.why })
    if (await putAside(client, uid, mailbox.asideFolder ?? 'Parley-unreadable')) continue
    skipped.add(key)
    leftOver += 1
  }
  return leftOver
}

async function takeOne(client: ImapFlow, uid: number, post: MailboxPost) {
  const about = await client.fetchOne(String(uid), { size: true }, { uid: true })
  if (!about) return { become: 'aside', why: 'gone before it was read' } as const
  if ((about.size ?? 0) > post.maxBytes) return { become: 'aside', why: 'too large' } as const
  const mail = await client.fetchOne(String(uid), { source: true }, { uid: true })
  if (!mail || mail.source === undefined) return { become: 'aside', why: 'gone before it was read' } as const
  return post.take(mail.source)
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
