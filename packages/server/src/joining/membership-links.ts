import { type AccountId, days, type PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Database, Tables } from '../db/index.ts'
import { SignedReference } from '../delivery/index.ts'

export interface Membership {
  readonly account: AccountId
  readonly accountName: string
  readonly person: PersonId
  readonly alias: string
  readonly language: string
  readonly state: Tables['responder']['state']
}

const lastsMs = days(400)

/**
 * The link in every question by which its reader pauses or leaves, without signing in: the delivery's own reference and a signature over
 * it. It opens nothing that was said, and works as long as the address that it was sent to is theirs.
 */
export class MembershipLinks {
  readonly #keys: SignedReference
  readonly #publicUrl: string

  constructor(secret: Buffer, publicUrl: string) {
    this.#keys = new SignedReference(secret, 'membership')
    this.#publicUrl = publicUrl
  }

  /** `reference` is a delivery's: 32 hexadecimal digits. */
  urlFor(reference: string, joinKey: string): string {
    return `${this.#publicUrl}/join/${joinKey}#m=${this.#keys.keyFor(reference)}`
  }

  async open(db: Database, key: string, now: Date): Promise<Membership | null> {
    const reference = this.#keys.referenceIn(key)
    if (!reference) return null
    const { rows } = await sql<Membership>`
      select d.account_id as account, acc.name as "accountName", d.person_id as person, r.alias, p.language, r.state
      from delivery d
      join account acc on acc.account_id = d.account_id
      join responder r on r.account_id = d.account_id and r.person_id = d.person_id and r.state <> 'joining'
      join person p on p.account_id = d.account_id and p.person_id = d.person_id
      join address a on a.account_id = d.account_id and a.address_id = d.address_id and a.person_id = d.person_id
        and a.state in ('proven', 'failing')
      where d.reference = ${reference} and d.created_at > ${new Date(now.getTime() - lastsMs)}
    `.execute(db.workers)
    return rows[0] ?? null
  }
}
