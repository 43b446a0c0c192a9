import type { AccountId, Medium, OwnAddressId, SiteId } from '@parley/model'
import { addressKey } from '@parley/rules'
import { sql } from 'kysely'
import { type Database, keyForms } from '../db/index.ts'
import type { Relay } from './find-relay.ts'
import { placeNow } from './place-now.ts'
import { isInUse } from './pooled-place.ts'

export interface OwnAddress {
  account: AccountId
  ownAddress: OwnAddressId
  /** Null: it serves every site of the account. */
  site: SiteId | null
  purpose: 'pool' | 'public' | 'both'
  value: string
}

/**
 * An address of ours that is not made for one place: whose it is, and what for. One that was given up still stands for the places that it
 * had, until somebody else has it; nobody begins anything there.
 */
export async function findOwnAddress(db: Database, medium: Medium, to: string): Promise<OwnAddress | null> {
  const { rows } = await sql<OwnAddress>`
    select w.account_id as account, w.own_address_id as "ownAddress", w.site_id as site, w.value,
      case when w.state = 'active' then w.purpose else 'pool' end as purpose
    from own_address w where w.medium = ${medium} and w.value_key = ${addressKey(medium, to)}
      and (w.state = 'active' or exists (select from relay_address r where r.account_id = w.account_id
        and r.own_address_id = w.own_address_id and r.state = 'active'))
    order by w.state, w.created_at desc limit 1`.execute(db.workers)
  return rows[0] ?? null
}

export type PlaceOnNumber = Relay & {
  tag: string
  /** It waits for an answer, or did a day ago: an answer without a tag can only mean one of these. */
  isInUse: boolean
}

/**
 * Whose places a writer may mean who writes to a number that places share: theirs on it, those in use first, then the newest first. `own` is
 * our number, `from` the writer's address.
 */
export async function findPooledRelays(
  db: Database,
  own: string,
  medium: Medium,
  from: string,
  now: Date,
): Promise<PlaceOnNumber[]> {
  const { rows } = await sql<PlaceOnNumber>`
    select * from (
      select r.account_id as account, r.relay_id as relay, coalesce(p.person_id, r.person_id) as person, r.conversation_id as conversation,
        coalesce(p.participant_id, r.participant_id) as participant, p.interaction_id as interaction, p.left_at is not null as left, r.offer_id as offer,
        r.invitation_id as invitation, r.reach, r.state, r.tag, ${isInUse(now)} as "isInUse"
      from own_address w
      join relay_address r on r.account_id = w.account_id and r.own_address_id = w.own_address_id
        and r.peer_key = any(${keyForms(db.workers, addressKey(medium, from))}::text[]) and r.state = 'active'
      join conversation c on c.account_id = r.account_id and c.conversation_id = r.conversation_id
      ${placeNow}
      left join offer o on o.account_id = r.account_id and o.offer_id = r.offer_id
      where w.medium = ${medium} and w.value_key = ${addressKey(medium, own)}
        -- A number that was given up goes on working for the places it had, until somebody else has it.
        and (w.state = 'active' or not exists (select from own_address other where other.medium = w.medium
          and other.value_key = w.value_key and other.state = 'active'))
    ) found order by "isInUse" desc, relay desc limit 200`.execute(db.workers)
  return rows
}
