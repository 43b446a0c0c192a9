import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AccountId, AttachmentId } from '@parley/model'
import { days, hours, parseId } from '@parley/model'

/** An address lasts one to two of these: rounded, so that the same file keeps its address, and its place in a cache, for a while. */
const stepMs = hours(6)

/** Bytes of a signature: what cannot be guessed in the days that an address lasts, and is short enough for an SMS. */
const pageSignatureBytes = 12

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

  /** The page behind a link to a file, that goes where files themselves cannot. Short: it may have to fit into an SMS. */
  filePagePath(account: AccountId, attachment: AttachmentId, lastsDays: number): string {
    const until = Math.ceil(this.#now().getTime() / days(1)) + lastsDays
    const meant = Buffer.concat([idBytes(account), idBytes(attachment), Buffer.from([until >> 8, until & 0xff])])
    return `/f/${Buffer.concat([meant, this.#signPage(meant)]).toString('base64url')}`
  }

  /** What a page's address stands for and until when, `expired` where that is over; null when it is forged. */
  checkFilePage(
    token: string,
  ): { account: AccountId; attachment: AttachmentId; until: Date } | { expired: true } | null {
    const bytes = Buffer.from(token, 'base64url')
    if (bytes.length !== 34 + pageSignatureBytes) return null
    const meant = bytes.subarray(0, 34)
    if (!timingSafeEqual(this.#signPage(meant), bytes.subarray(34))) return null
    const until = new Date(days(meant.readUInt16BE(32)))
    if (until <= this.#now()) return { expired: true }
    const account = parseId<AccountId>(idText(meant.subarray(0, 16)))
    const attachment = parseId<AttachmentId>(idText(meant.subarray(16, 32)))
    return account && attachment ? { account, attachment, until } : null
  }

  #signPage(meant: Buffer): Buffer {
    return createHmac('sha256', this.#secret)
      .update('file page ')
      .update(meant)
      .digest()
      .subarray(0, pageSignatureBytes)
  }

  #sign(account: AccountId, attachment: AttachmentId, expires: number): string {
    return createHmac('sha256', this.#secret)
      .update(`attachment ${account} ${attachment} ${expires}`)
      .digest('base64url')
      .slice(0, 32)
  }
}

function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

function idText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
