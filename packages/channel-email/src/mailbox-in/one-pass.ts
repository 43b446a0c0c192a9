import { StoreUnavailable } from './take-fetched.ts'
import type { MailboxPost } from './watch-mailbox.ts'

/** A mail in a mailbox, as the protocol of the mailbox handles it. */
export interface WaitingMail {
  /** Names it for as long as the mailbox lives. */
  key: string
  /** Its bytes, or why nobody will ever have them. Rejects when the connection breaks. */
  fetch(): Promise<{ raw: Uint8Array } | { unreadable: string }>
  /** Everything of it is durable. */
  taken(): Promise<void>
  /** Put where a person can look at it. False when that cannot be done. */
  putAside(): Promise<boolean>
}

/** What is remembered of mails that make trouble, for as long as this process runs. */
export class Memory {
  /** Neither to be read nor to be put aside: passed over. */
  readonly skipped = new Set<string>()
  readonly failures = new Map<string, number>()
}

// After so many failures a mail is put aside, provided that others could be stored meanwhile.
const patience = 5

/**
 * Goes through the mails once, in order, and resolves with the number that it had to leave. When some could not be stored it goes on to
 * the others, and rejects at the end: a mail that the store cannot swallow must not hold up the rest, and a store that is down must not
 * cost a single mail.
 */
export async function onePass(mails: Iterable<WaitingMail>, post: MailboxPost, memory: Memory): Promise<number> {
  const unstored: { mail: WaitingMail; cause: unknown }[] = []
  let stored = 0
  let leftOver = 0
  const setAside = async (mail: WaitingMail, why: string) => {
    post.log.info('mailbox.put-aside', { because: why })
    memory.failures.delete(mail.key)
    if (await mail.putAside()) return
    memory.skipped.add(mail.key)
    leftOver += 1
  }
  for (const mail of mails) {
    if (post.isStopping.aborted) return leftOver
    if (memory.skipped.has(mail.key)) {
      leftOver += 1
      continue
    }
    const fetched = await mail.fetch()
    if ('unreadable' in fetched) {
      await setAside(mail, fetched.unreadable)
      continue
    }
    try {
      const fate = await post.take(fetched.raw)
      stored += 1
      if (fate.become === 'done') await mail.taken()
      else await setAside(mail, fate.why)
      memory.failures.delete(mail.key)
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause
      memory.failures.set(mail.key, (memory.failures.get(mail.key) ?? 0) + 1)
      unstored.push({ mail, cause })
      // Nothing gets through: no use in fetching the rest of the mailbox for it.
      if (stored === 0 && unstored.length >= 3) throw cause
    }
  }
  let waiting: unknown = null
  for (const { mail, cause } of unstored) {
    if (stored > 0 && (memory.failures.get(mail.key) ?? 0) >= patience)
      await setAside(mail, 'could not be stored, while others could')
    else waiting = cause
  }
  if (waiting) throw waiting
  return leftOver
}
