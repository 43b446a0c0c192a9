import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AccountId, AttachmentId } from '@parley/model'
import { hours, parseId } from '@parley/model'

/** An address lasts one to two of these: rounded, so that the same file keeps its address, and its place in a cache, for a while. */
const stepMs = hours(6)

/** Signs addresses of files: whoever may see a message gets them with it, and nobody can guess or extend them. */
export class UrlSigner {
  readonly #secret: Buffer
  readonly #now: () => Date

  constructor(secret: Buffer, now: () => Date) {
    this.#secret = secret
    this.#now = now
  }

  attachmentPath(account: AccountId, attachment: AttachmentId): string {
    const expires = (Math.floor(this.#now().getTime() / stepMs) + 2) * stepMs
    return `/api/attachments/${account}/${attachment}/${expires}/${this.#sign(account, attachment, expires)}`
  }

  /** What a path stands for, or null when it is forged or has expired. */
  check(
    account: string,
    attachment: string,
    expires: string,
    signature: string,
  ): { account: AccountId; attachment: AttachmentId } | null {
    const accountId = parseId<AccountId>(account)
    const attachmentId = parseId<AttachmentId>(attachment)
    const until = Number(expires)
    if (!accountId || !attachmentId || !(until > this.#now().getTime())) return null
    const right = Buffer.from(this.#sign(accountId, attachmentId, until))
    const given = Buffer.from(signature)
    if (right.length !== given.length || !timingSafeEqual(right, given)) return null
    return { account: accountId, attachment: attachmentId }
  }

  #sign(account: AccountId, attachment: AttachmentId, expires: number): string {
    return createHmac('sha256', this.#secret)
      .update(`attachment ${account} ${attachment} ${expires}`)
      .digest('base64url')
      .slice(0, 32)
  }
}
