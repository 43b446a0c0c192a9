import type { AccountId, PersonId } from '@parley/model'
import type { HeldView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import type { HeldSaid } from './hold-item.ts'

interface Row {
  id: string
  channel: string
  why: string
  claims: string
  said: HeldSaid
  conversation: string | null
  at: Date
  expires_at: Date
  own: boolean
  attachments: HeldView['attachments'] | null
}

/** What was kept for this person's decision. */
export async function listHeld(reader: Reader, account: AccountId, person: PersonId): Promise<HeldView[]> {
  const { rows } = await sql<Row>`
    select h.held_id as id, h.channel, h.why, h.claims, h.said, h.conversation_id as conversation, h.created_at as at, h.expires_at,
      exists (select from address a where a.account_id = h.account_id and a.person_id = h.person_id
        and a.value_key = lower(h.claims)) as own,
      (select json_agg(json_build_object('id', f.attachment_id, 'name', f.name, 'type', f.type, 'size', f.size) order by f.position)
        from attachment f where f.account_id = h.account_id and f.held_id = h.held_id) as attachments
    from held_item h
    where h.account_id = ${account} and h.person_id = ${person} and h.state = 'waiting' and h.expires_at > now()
      -- What only its sender can place is asked about over the medium that it came by.
      and h.own_address_id is null
    order by h.created_at desc limit 100`.execute(reader)
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    why: row.why,
    claims: row.own ? row.claims : maskAddress(row.claims),
    text: row.said.inbound.said.visible,
    attachments: (row.attachments ?? []).map(({ name, type, size }) => ({ name, type, size })),
    conversation: row.conversation,
    at: row.at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
}

/** Enough to recognise one's own other address by, too little to write to a stranger. */
function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 1 ? '•••' : `${address.slice(0, 1)}•••@${address.slice(at + 1)}`
}
