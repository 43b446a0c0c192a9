import type { AccountId, PersonId } from '@parley/model'
import type { OfferView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { nameAsker, word } from '../words/index.ts'

interface Row {
  id: string
  site: string
  topic_names: Record<string, string> | null
  asker: Record<string, string>
  region: string | null
  language: string
  text: string
  at: Date
  state: OfferView['state']
}

/** Questions that were offered to a person, newest first. */
export async function listOffers(
  reader: Reader,
  wanted: { account: AccountId; person: PersonId; language: string },
): Promise<OfferView[]> {
  const { rows } = await sql<Row>`
    select o.offer_id as id, s.name as site, t.names as topic_names, coalesce(s.policy->'asker', '{}') as asker, c.region, c.language,
      o.excerpt as text, o.created_at as at, o.state
    from offer o
    join conversation c on c.account_id = o.account_id and c.conversation_id = o.conversation_id
    join site s on s.account_id = c.account_id and s.site_id = c.site_id
    join ticket k on k.account_id = o.account_id and k.ticket_id = o.ticket_id
    left join topic t on t.account_id = k.account_id and t.topic_id = k.topic_id
    where o.account_id = ${wanted.account} and o.person_id = ${wanted.person}
    order by o.created_at desc limit 100`.execute(reader)
  return rows.map((row) => {
    const topic = row.topic_names?.[wanted.language] ?? row.topic_names?.en ?? null
    return {
      id: row.id,
      site: row.site,
      topic,
      language: row.language,
      asker: nameAsker(wanted.language, row.asker, row.region),
      text: row.text,
      at: row.at.toISOString(),
      state: row.state,
      because: topic ? word(wanted.language, 'because-topic', { topic }) : word(wanted.language, 'because-all'),
    }
  })
}
