import { setTimeout as sleep } from 'node:timers/promises'
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
export async function readPop3(mailbox: Pop3Mailbox, post: MailboxPost, skipped: Set<string>): Promise<void> {
  while (!post.isStopping.aborted) {
    const leftOver = await visit(mailbox, post, skipped)
    post.onStanding(leftOver > 0 ? `${leftOver} mails cannot be read and stay in the mailbox` : null, 'degraded')
    await sleep(mailbox.everyMs ?? 60_000, undefined, { signal: post.isStopping, ref: false }).catch(() => undefined)
  }
}

async function visit(mailbox: Pop3Mailbox, post: MailboxPost, skipped: Set<string>): Promise<number> {
  const client = await Pop3Client.connect(mailbox)
  let leftOver = 0
  try {
    const sizes = await client.sizes()
    for (const [number, id] of await client.ids()) {
      if (post.isStopping.aborted) break
      if (skipped.has(id)) {
        leftOver += 1
        continue
      }
      const fate =
        (sizes.get(number) ?? 0) > post.maxBytes
          ? ({ become: 'aside', why: 'too large' } as const)
          : await post.take(await client.retrieve(number))
      if (fate.become === 'done') {
        await client.delete(number)
        continue
      }
      post.log.info('mailbox.put-aside', { because: fate.why })
      skipped.add(id)
      leftOver += 1
    }
  } finally {
    // Deletions count only with QUIT (RFC 1939 §6), also when a later mail could not be stored.
    await client.quit()
  }
  return leftOver
}
