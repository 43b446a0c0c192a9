import { createHmac, timingSafeEqual } from 'node:crypto'
import { type AccountId, type LinkId, type PersonId, parseId } from '@parley/model'

/** Who a short token speaks for. It is minted from a cookie, a key or a session, and lives in a page's memory only. */
export interface Holder {
  readonly account: AccountId
  readonly person: PersonId
  readonly kind: 'visitor' | 'responder'
  readonly language: string
  /** The direct link that a visitor came by. */
  readonly link?: LinkId
}

export const tokenLastsMs = 30 * 60_000

/** `base64url(JSON).base64url(HMAC-SHA256)`: any process of the installation can check it without asking the database. */
export class ShortTokens {
  readonly #secret: Buffer

  constructor(secret: Buffer) {
    this.#secret = secret
  }

  mint(holder: Holder, now: Date): string {
    const { account, person, kind, language, link } = holder
    const claims = [account, person, kind, language, now.getTime() + tokenLastsMs, ...(link ? [link] : [])]
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url')
    return `${body}.${this.#sign(body).toString('base64url')}`
  }

  read(token: string, now: Date): Holder | null {
    const [body, signature, ...rest] = token.split('.')
    if (!body || !signature || rest.length > 0) return null
    const given = Buffer.from(signature, 'base64url')
    const right = this.#sign(body)
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
    if (!Array.isArray(claims)) return null
    const [account, person, kind, language, expires, came] = claims as unknown[]
    const accountId = parseId<AccountId>(account)
    const personId = parseId<PersonId>(person)
    if (!accountId || !personId || typeof language !== 'string' || typeof expires !== 'number') return null
    if ((kind !== 'visitor' && kind !== 'responder') || expires <= now.getTime()) return null
    const link = parseId<LinkId>(came)
    return { account: accountId, person: personId, kind, language, ...(link ? { link } : {}) }
  }

  #sign(body: string): Buffer {
    return createHmac('sha256', this.#secret).update(`short token ${body}`).digest()
  }
}
