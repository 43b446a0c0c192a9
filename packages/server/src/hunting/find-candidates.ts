import type { AccountId, AddressId, Medium, PersonId } from '@parley/model'
import type { Criteria } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'

export interface Candidate {
  readonly person: PersonId
  readonly alias: string
  readonly state: 'active' | 'paused' | 'left'
  readonly capacity: number | null
  /** Conversations in which they are now. */
  readonly open: number
  readonly wants: Criteria
  /** Proven ones that they chose for questions, in their own order. A desk needs none: it shows the offer by itself. */
  readonly addresses: { id: AddressId; medium: Medium }[]
}

/** Every responder of the account who has not left, with what they want and where they are reached. */
export async function findCandidates(tx: Writer, account: AccountId): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select r.person_id as person, r.alias, r.state, r.capacity, coalesce(c.wants, '{}') as wants,
      (select count(distinct p.conversation_id) from participant p
        join conversation v on v.account_id = p.account_id and v.conversation_id = p.conversation_id
        where p.account_id = r.account_id and p.person_id = r.person_id and p.left_at is null and p.role = 'responder'
          and v.state = 'open') as open,
      (select coalesce(json_agg(json_build_object('id', a.address_id, 'medium', a.medium) order by a.position), '[]')
        from address a where a.account_id = r.account_id and a.person_id = r.person_id and a.state = 'proven' and a.offers
      ) as addresses
    from responder r
    left join criteria c on c.account_id = r.account_id and c.person_id = r.person_id
    where r.account_id = ${account} and r.state in ('active', 'paused')
    order by r.person_id`.execute(tx)
  return rows
}
