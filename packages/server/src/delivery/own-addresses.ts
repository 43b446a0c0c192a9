import type { AccountId, Medium, OwnAddressId, SiteId } from '@parley/model'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import type { Relay } from './find-relay.ts'
import { isInUse } from './pooled-place.ts'

export interface OwnAddress {
  account: AccountId
  ownAddress: OwnAddressId
  /** Null: it serves every site of the account. */
  site: SiteId | null
  purpose: 'pool' | 'public' | 'both'
  value: string
}

/** An active address of ours that is not made for one place: whose it is, and what for. */
export async function findOwnAddress(db: Database, medium: Medium, to: string): Promise<OwnAddress | null> {
  const { rows } = await sql<OwnAddress>`
    select account_id as account, own_address_id as "ownAddress", site_id as site, purpose, value
    from own_address where medium = ${medium} and value_key = ${keyOf(to)} and state = 'active'`.execute(db.workers)
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
      select r.account_id as account, r.relay_id as relay, r.person_id as person, r.conversation_id as conversation,
        r.participant_id as participant, p.interaction_id as interaction, p.left_at is not null as left, r.offer_id as offer,
        r.reach, r.state, r.tag, ${isInUse(now)} as "isInUse"
      from own_address w
      join relay_address r on r.account_id = w.account_id and r.own_address_id = w.own_address_id
        and r.peer_key = ${keyOf(from)} and r.state = 'active'
      join conversation c on c.account_id = r.account_id and c.conversation_id = r.conversation_id
      left join participant p on p.account_id = r.account_id and p.participant_id = r.participant_id
      left join offer o on o.account_id = r.account_id and o.offer_id = r.offer_id
      where w.medium = ${medium} and w.value_key = ${keyOf(own)}
        -- A number that was given up goes on working for the places it had, until somebody else has it.
        and (w.state = 'active' or not exists (select from own_address other where other.medium = w.medium
          and other.value_key = w.value_key and other.state = 'active'))
    ) found order by "isInUse" desc, relay desc limit 200`.execute(db.workers)
  return rows
}

/** As `address.value_key` and `own_address.value_key` are written. */
const keyOf = (address: string) => address.trim().toLowerCase()
