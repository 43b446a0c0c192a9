import type { AccountId, AddressId, ConversationId, Medium, OwnAddressId, PersonId } from '@parley/model'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import { placeNow } from './place-now.ts'
import { newPlaceTag } from './place-tag.ts'

/** Where a place stands whose medium has a few addresses of ours for all places: our number, the reader's own address, and a tag. */
export interface PooledPlace {
  readonly own_address_id: OwnAddressId
  readonly peer_key: string
  readonly tag: string
}

interface Numbered {
  readonly own_address_id: OwnAddressId
  /** The reader's places on it that are in use. */
  readonly inUse: number
  /** When it last became one of the reader's places; null when it never was. */
  readonly lastAt: Date | null
  readonly tags: readonly string[]
}

/** 'pool' in ASCII: one half of the lock's key. */
const poolLock = 0x706f6f6c
/** An answer may come so late that its place has ended meanwhile: until then it is not taken for an answer to another. */
const lateMs = 86_400_000

/**
 * Finds a number for a new place of one reader: one not in use between us and them while there is one, the longest unused first; else the
 * one with the fewest places. Null where the medium has no numbers of the account's for this conversation: whether a medium is pooled is
 * said by the data. Allotting goes one at a time for an account and medium, so that two places made at once do not choose the same number;
 * nothing is locked after this that anyone holds who waits for it.
 */
export async function allotPooled(
  tx: Writer,
  place: {
    account: AccountId
    medium: Medium
    address: AddressId
    person: PersonId
    conversation: ConversationId
    now: Date
  },
): Promise<PooledPlace | null> {
  if (!(await isPooled(tx, place))) return null
  await sql`select pg_advisory_xact_lock(${poolLock}, hashtext(${`${place.account} ${place.medium}`}))`.execute(tx)
  const peer = await tx
    .selectFrom('address')
    .select('value_key')
    .where('account_id', '=', place.account)
    .where('address_id', '=', place.address)
    .executeTakeFirstOrThrow()
  const numbers = await readNumbers(tx, place, peer.value_key)
  const chosen = chooseNumber(numbers)
  if (!chosen) return null
  return { own_address_id: chosen.own_address_id, peer_key: peer.value_key, tag: newPlaceTag(chosen.tags) }
}

export async function isPooled(
  db: Reader,
  place: { account: AccountId; medium: Medium; person: PersonId; conversation: ConversationId },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from own_address w where ${servesPlace(place)} limit 1`.execute(db)
  return rows.length > 0
}

/** Who began by writing to an address of ours is answered from that one. */
function servesPlace({ account, medium, person, conversation }: Parameters<typeof isPooled>[1]): RawBuilder<boolean> {
  const began = sql`(select o.own_address_id from conversation c join own_address o on o.account_id = c.account_id
    and o.own_address_id = c.own_address_id and o.medium = ${medium} and o.state = 'active'
    where c.account_id = ${account} and c.conversation_id = ${conversation} and c.visitor_id = ${person})`
  return sql<boolean>`w.account_id = ${account} and w.medium = ${medium} and w.state = 'active' and case
    when ${began} is not null then w.own_address_id = ${began}
    else w.purpose in ('pool', 'both') and (w.site_id is null or w.site_id = (select site_id from conversation
      where account_id = ${account} and conversation_id = ${conversation})) end`
}

async function readNumbers(tx: Writer, place: Parameters<typeof allotPooled>[1], peer: string): Promise<Numbered[]> {
  const { rows } = await sql<Numbered>`
    select w.own_address_id, count(*) filter (where ${isInUse(place.now)}) as "inUse", max(r.created_at) as "lastAt",
      array_remove(array_agg(r.tag) filter (where r.state = 'active'), null) as tags
    from own_address w
    left join relay_address r on r.account_id = w.account_id and r.own_address_id = w.own_address_id and r.peer_key = ${peer}
    left join conversation c on c.account_id = r.account_id and c.conversation_id = r.conversation_id
    ${placeNow}
    left join offer o on o.account_id = r.account_id and o.offer_id = r.offer_id
    where ${servesPlace(place)}
    group by w.own_address_id, w.created_at order by w.created_at, w.own_address_id`.execute(tx)
  return rows.map((row) => ({ ...row, tags: row.tags ?? [] }))
}

/** The order in which they are given is the order in which equal ones are taken. */
function chooseNumber<T extends Pick<Numbered, 'inUse' | 'lastAt'>>(numbers: readonly T[]): T | null {
  let best: T | null = null
  for (const number of numbers) if (best === null || isBetter(number, best)) best = number
  return best
}

function isBetter(one: Pick<Numbered, 'inUse' | 'lastAt'>, other: Pick<Numbered, 'inUse' | 'lastAt'>): boolean {
  if (one.inUse !== other.inUse) return one.inUse < other.inUse
  return (one.lastAt?.getTime() ?? 0) < (other.lastAt?.getTime() ?? 0)
}

/** Of relay `r` with its conversation `c`, participant `p` and offer `o`: whether an answer there is awaited, or would be a late one. */
export function isInUse(now: Date): RawBuilder<boolean> {
  const late = new Date(now.getTime() - lateMs)
  return sql<boolean>`(r.state = 'active' and (c.state = 'open' or c.ends_at > ${late}) and case
    when r.participant_id is not null then p.left_at is null or p.left_at > ${late}
    when r.offer_id is not null then o.state in ('open', 'waiting', 'admitted') or o.updated_at > ${late}
    when r.invitation_id is not null then exists (select from place_invitation i where i.account_id = r.account_id
      and i.invitation_id = r.invitation_id and ((i.state = 'open' and i.expires_at > ${late}) or i.updated_at > ${late}))
    else true end)`
}
