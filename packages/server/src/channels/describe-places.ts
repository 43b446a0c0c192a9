import { sql } from 'kysely'
import type { Database } from '../db/index.ts'
import { whoseName } from '../delivery/index.ts'
import { aliasOfRow } from '../faces/index.ts'
import type { Place } from './read-places.ts'

/** More lines are more than somebody reads on a small screen. */
const mostPlaces = 6
const mostCharacters = 40

interface Row {
  relay_id: string
  by: string | null
  words: string | null
}

/** What tells places apart for who has them: the tag of each, and the last words that they were sent there, as they may read them. */
export async function describePlaces(db: Database, places: readonly Place[]): Promise<string> {
  const shown = places.slice(0, mostPlaces)
  const [first] = shown
  if (!first) return ''
  const { rows } = await db.read(first.relay.account, (reader) =>
    sql<Row>`
      select r.relay_id, said.alias as by, coalesce(said.body, case when o.encryption = 'none' then o.excerpt end, v.note) as words
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
      where r.account_id = ${first.relay.account}
        and r.relay_id = any(${shown.map(({ relay }) => relay.relay)}::uuid[])`.execute(reader),
  )
  const byId = new Map(rows.map((row) => [row.relay_id, row]))
  return shown
    .map(({ tag, relay }) => {
      const row = byId.get(relay.relay)
      const words = shorten(row?.words ?? '')
      const who = row?.by ? `${row.by} ` : ''
      return words === '' ? `${tag}: ${who || '…'}`.trim() : `${tag}: ${who}“${words}”`
    })
    .join('\n')
}

function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  const characters = [...line]
  return characters.length <= mostCharacters
    ? line
    : `${characters.slice(0, mostCharacters).join('').replace(/\S*$/u, '').trim() || characters.slice(0, mostCharacters).join('')} …`
}
