import type { RelayId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { aliasOfRow } from '../faces/index.ts'
import type { DeliveryRow } from './record-attempt.ts'
import { whoseName } from './whose-name.ts'

/** More lines are more than somebody reads on a small screen. */
const mostPlaces = 6
const mostCharacters = 40

interface Row {
  relay_id: RelayId
  tag: string
  by: string | null
  words: string | null
}

/** The places that a question is about, as its notice keeps them: no words, which may be sealed or erased before it goes. */
export const namePlaces = (relays: readonly RelayId[]): string => relays.slice(0, mostPlaces).join(' ')

/** What tells places apart for who has them: the tag of each, and the last words that they were sent there, as they may read them now. */
export async function describePlaces(
  reader: Reader,
  { account_id: account, person_id: person }: Pick<DeliveryRow, 'account_id' | 'person_id'>,
  named: string,
): Promise<string> {
  const relays = named.split(' ').filter(Boolean)
  if (relays.length === 0) return ''
  const { rows } = await sql<Row>`
    select r.relay_id, r.tag, said.alias as by, coalesce(said.body, case when o.encryption = 'none' then o.excerpt end, v.note) as words
    from relay_address r
    left join offer o on o.account_id = r.account_id and o.offer_id = r.offer_id
    left join place_invitation v on v.account_id = r.account_id and v.invitation_id = r.invitation_id and v.encryption = 'none'
    left join lateral (
      select case when m.encryption = 'none' then m.body end as body, ${aliasOfRow('w', sql`r.person_id`)} as alias from delivery d
      join message m on m.account_id = d.account_id and m.message_id = d.message_id
      left join placement p on p.account_id = d.account_id and p.message_id = d.message_id and p.interaction_id = d.interaction_id
      left join participant w on w.account_id = p.account_id and w.interaction_id = p.interaction_id and w.person_id = ${whoseName}
      where d.account_id = r.account_id and d.conversation_id = r.conversation_id and d.person_id = r.person_id
        and d.relay_id = r.relay_id and d.kind = 'message' order by d.sequence desc limit 1) said on true
    where r.account_id = ${account} and r.person_id = ${person} and r.tag is not null
      and r.relay_id = any(${relays}::uuid[])`.execute(reader)
  const byId = new Map(rows.map((row) => [row.relay_id, row]))
  return relays
    .flatMap((relay) => {
      const row = byId.get(relay as RelayId)
      return row ? [describe(row)] : []
    })
    .join('\n')
}

function describe({ tag, by, words }: Row): string {
  const said = shorten(words ?? '')
  const who = by ? `${by} ` : ''
  return said === '' ? `${tag}: ${who || '…'}`.trim() : `${tag}: ${who}“${said}”`
}

function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  const characters = [...line]
  return characters.length <= mostCharacters
    ? line
    : `${characters.slice(0, mostCharacters).join('').replace(/\S*$/u, '').trim() || characters.slice(0, mostCharacters).join('')} …`
}
