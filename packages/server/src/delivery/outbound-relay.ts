import type { Abilities, OutboundRelay } from '@parley/channel-sdk'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import type { Facts } from './compose-notice.ts'
import { placeNow } from './place-now.ts'
import { isInUse } from './pooled-place.ts'
import type { DeliveryRow } from './record-attempt.ts'

/** Where nobody's answer can arrive there is no address to give; a number that is ours no more is none. */
export async function outboundRelay(
  reader: Reader,
  row: DeliveryRow,
  { facts, abilities }: { facts: Facts; abilities: Abilities },
  alias: string,
): Promise<OutboundRelay | null> {
  const { token, own, tag } = facts
  if (token === null || abilities.addresses === 'none') return null
  if (abilities.addresses === 'per-place') return { token, alias }
  if (own === null) return null
  return { token, alias, pooled: { own, tag: (await standsForSeveral(reader, row)) ? tag : null } }
}

/** What no place can answer comes from where it says, else from the number that this reader knows, else from the account's first. */
export async function ownFor(reader: Reader, row: DeliveryRow, facts: Facts): Promise<string | null> {
  const { rows } = await sql<{ value: string }>`
    select w.value from own_address w
    where w.account_id = ${row.account_id} and w.medium = ${row.medium} and w.state = 'active'
    order by w.own_address_id = ${row.own_address_id} desc nulls last,
      (select max(r.created_at) from relay_address r where r.account_id = w.account_id
        and r.own_address_id = w.own_address_id and r.peer_key = ${facts.value_key}) desc nulls last,
      w.site_id is not null, w.created_at, w.own_address_id
    limit 1`.execute(reader)
  return rows[0]?.value ?? null
}

/** Does more than one place of the reader stand on the same number, so that a tag has to tell them apart? */
async function standsForSeveral(reader: Reader, row: DeliveryRow): Promise<boolean> {
  const { rows } = await sql`
    select 1 from relay_address own
    join relay_address r on r.account_id = own.account_id and r.own_address_id = own.own_address_id and r.peer_key = own.peer_key
      and r.relay_id <> own.relay_id
    join conversation c on c.account_id = r.account_id and c.conversation_id = r.conversation_id
    ${placeNow}
    left join offer o on o.account_id = r.account_id and o.offer_id = r.offer_id
    where own.account_id = ${row.account_id} and own.relay_id = ${row.relay_id} and ${isInUse(row.updated_at)}
    limit 1`.execute(reader)
  return rows.length > 0
}
