import {
  type AccountId,
  type AddressId,
  type ConversationId,
  days,
  type OfferId,
  type PersonId,
  type PlaceInvitationId,
} from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { SignedReference } from './signed-reference.ts'

/** What a re-read link opens: one conversation, as one person may see it. */
export interface ReRead {
  readonly account: AccountId
  readonly person: PersonId
  readonly conversation: ConversationId
  readonly address: AddressId
  readonly kind: 'visitor' | 'responder'
  readonly language: string
  /** The question that they were asked, where that is all they may see. */
  readonly offer: OfferId | null
  /** What they were asked into, where that is all it shows: the note that came with it. */
  readonly invitation: PlaceInvitationId | null
  /** It came from a backchannel: else nothing of one is shown, wherever the page is opened or handed on to. */
  readonly behind: boolean
}

const lastsMs = days(90)

/**
 * Links by which somebody without the desk reads their exchange again (A2). The key is the delivery's own reference and a signature over
 * it, so nothing secret is stored and a mail that is sent twice carries the same link. What it opens is asked of the rows every time: the
 * delivery has to be there, its address has still to be the person's, a responder must not have left.
 */
export class ReReadLinks {
  readonly #keys: SignedReference
  readonly #publicUrl: string

  constructor(secret: Buffer, publicUrl: string) {
    this.#keys = new SignedReference(secret, 're-read')
    this.#publicUrl = publicUrl
  }

  /** `reference` is a delivery's: 32 hexadecimal digits. */
  urlFor(reference: string): string {
    return `${this.#publicUrl}/read#${this.#keys.keyFor(reference)}`
  }

  async open(db: Database, key: string, now: Date): Promise<ReRead | null> {
    const reference = this.#keys.referenceIn(key)
    if (!reference) return null
    const { rows } = await sql<ReRead>`
      select d.account_id as account, d.person_id as person, d.conversation_id as conversation, d.address_id as address,
        case p.kind when 'visitor' then p.kind else 'responder' end as kind, p.language, d.offer_id as offer,
        case when d.notice->>'template' = 'place-invitation' then d.notice->'params'->>'invitation' end as invitation,
        exists (select from interaction i where i.account_id = d.account_id and i.interaction_id = d.interaction_id
          and i.kind = 'backchannel') as behind
      from delivery d
      join person p on p.account_id = d.account_id and p.person_id = d.person_id
      join address a on a.account_id = d.account_id and a.address_id = d.address_id and a.person_id = d.person_id
        and a.state in ('proven', 'failing')
      where d.reference = ${reference} and d.conversation_id is not null
        and (d.kind in ('message', 'offer') or d.notice->>'template' in ('story-so-far', 'invited-story', 'place-invitation'))
        and d.created_at > ${new Date(now.getTime() - lastsMs)}
        and not exists (select from responder r
          where r.account_id = d.account_id and r.person_id = d.person_id and r.state not in ('active', 'paused'))
    `.execute(db.workers)
    return rows[0] ?? null
  }
}
