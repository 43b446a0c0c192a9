import { setTimeout as sleep } from 'node:timers/promises'
import { afterGrace } from './after-grace.ts'
import { type Memory, onePass, type WaitingMail } from './one-pass.ts'
import { Pop3Client } from './pop3-client.ts'
import type { MailboxAccount, MailboxPost } from './watch-mailbox.ts'

export interface Pop3Mailbox extends MailboxAccount {
  kind: 'pop3'
  /** How often it is looked into. Default one minute. */
  everyMs?: number
}

/**
 * Looks into the mailbox again and again, until a visit fails (rejects) or the channel stops (resolves). A mail is deleted only after it
 * was taken. POP3 knows no folders: what is put aside stays where it is and is passed over for as long as this process runs.
 */
export async function readPop3(mailbox: Pop3Mailbox, post: MailboxPost, memory: Memory): Promise<void> {
  while (!post.isStopping.aborted) {
    const leftOver = await visit(mailbox, post, memory)
    post.onStanding(leftOver > 0 ? `${leftOver} mails cannot be read and stay in the mailbox` : null, 'degraded')
    await sleep(mailbox.everyMs ?? 60_000, undefined, { signal: post.isStopping, ref: false }).catch(() => undefined)
  }
}

async function visit(mailbox: Pop3Mailbox, post: MailboxPost, memory: Memory): Promise<number> {
  const client = await Pop3Client.connect(mailbox, post.isStopping)
  const takeBack = afterGrace(post.isStopping, () => client.destroy())
  try {
    const sizes = await client.sizes()
    const mails = [...(await client.ids())].map(
      ([number, key]): WaitingMail => ({
        key,
        fetch: async () =>
          (sizes.get(number) ?? 0) > post.maxBytes
            ? { unreadable: 'too large' }
            : { raw: await client.retrieve(number) },
        taken: () => client.delete(number),
        putAside: async () => false,
      }),
    )
    return await onePass(mails, post, memory)
  } finally {
    // Deletions count only with QUIT (RFC 1939 §6), also when a later mail could not be stored.
    await client.quit()
    takeBack()
  }
}
