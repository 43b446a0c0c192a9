import { createHmac, timingSafeEqual } from 'node:crypto'
import { type AccountId, type AddressId, type ConversationId, days, type PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'

/** What a re-read link opens: one conversation, as one person may see it. */
export interface ReRead {
  readonly account: AccountId
  readonly person: PersonId
  readonly conversation: ConversationId
  readonly address: AddressId
  readonly kind: 'visitor' | 'responder'
  readonly language: string
}

const lastsMs = days(90)
const referenceBytes = 16
const keyBytes = 36

/**
 * Links by which somebody without the desk reads their exchange again (A2). The key is the delivery's own reference and a signature over
 * it, so nothing secret is stored and a mail that is sent twice carries the same link. What it opens is asked of the rows every time: the
 * delivery has to be there, its address has still to be the person's, a responder must not have left.
 */
export class ReReadLinks {
  readonly #secret: Buffer
  readonly #publicUrl: string

  constructor(secret: Buffer, publicUrl: string) {
    this.#secret = secret
    this.#publicUrl = publicUrl
  }

  /** `reference` is a delivery's: 32 hexadecimal digits. */
  urlFor(reference: string): string {
    const signed = Buffer.concat([Buffer.from(reference, 'hex'), this.#sign(reference)])
    return `${this.#publicUrl}/read#${signed.toString('base64url')}`
  }

  async open(db: Database, key: string, now: Date): Promise<ReRead | null> {
    const reference = this.#referenceIn(key)
    if (!reference) return null
    const { rows } = await sql<ReRead>`
      select d.account_id as account, d.person_id as person, d.conversation_id as conversation, d.address_id as address,
        p.kind, p.language
      from delivery d
      join person p on p.account_id = d.account_id and p.person_id = d.person_id and p.kind in ('visitor', 'responder')
      join address a on a.account_id = d.account_id and a.address_id = d.address_id and a.person_id = d.person_id
        and a.state in ('proven', 'failing')
      where d.reference = ${reference} and d.kind = 'message' and d.conversation_id is not null
        and d.created_at > ${new Date(now.getTime() - lastsMs)}
        and not exists (select from responder r
          where r.account_id = d.account_id and r.person_id = d.person_id and r.state not in ('active', 'paused'))
    `.execute(db.workers)
    return rows[0] ?? null
  }

  #referenceIn(key: string): string | null {
    if (!/^[\w-]{48}$/.test(key)) return null
    const bytes = Buffer.from(key, 'base64url')
    if (bytes.length !== keyBytes) return null
    const reference = bytes.subarray(0, referenceBytes).toString('hex')
    return timingSafeEqual(bytes.subarray(referenceBytes), this.#sign(reference)) ? reference : null
  }

  #sign(reference: string): Buffer {
    return createHmac('sha256', this.#secret)
      .update(`re-read ${reference}`)
      .digest()
      .subarray(0, keyBytes - referenceBytes)
  }
}
