import type { AccountId, PersonId } from '@parley/model'
import type { OfferView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { nameAsker, word } from '../words/index.ts'
import type { WhyAsked } from './make-offer.ts'

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
  why: Partial<WhyAsked>
}

/** Questions that were offered to a person, newest first. */
export async function listOffers(
  reader: Reader,
  wanted: { account: AccountId; person: PersonId; language: string },
): Promise<OfferView[]> {
  const { rows } = await sql<Row>`
    select o.offer_id as id, s.name as site, t.names as topic_names, coalesce(s.policy->'asker', '{}') as asker, c.region, c.language,
      o.excerpt as text, o.created_at as at, o.state, o.why
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
      text: row.text || word(wanted.language, 'offer-no-words'),
      at: row.at.toISOString(),
      state: row.state,
      because: because(wanted.language, row.why, topic),
    }
  })
}

/** Why somebody was asked, in words: what most concerns them first. */
function because(language: string, why: Partial<WhyAsked>, topic: string | null): string {
  const reasons: string[] = []
  if (why.moved) reasons.push(word(language, 'because-moved'))
  if (why.named) reasons.push(word(language, 'because-named'))
  if (why.together) reasons.push(word(language, 'because-acquainted'))
  const matched = why.matched ?? []
  if (topic && matched.some(({ about }) => about === 'topic')) reasons.push(word(language, 'because-topic', { topic }))
  const wishes = matched.flatMap(({ about, wanted }) => nameWish(language, about, wanted))
  if (wishes.length > 0) reasons.push(word(language, 'because-wishes', { wishes: [...new Set(wishes)].join(', ') }))
  return reasons.length > 0 ? reasons.join(' ') : word(language, 'because-all')
}

/** Topics and sites are told by their names, elsewhere; everything else is shown as the person wrote it. */
function nameWish(language: string, about: WhyAsked['matched'][number]['about'], wanted: string): string[] {
  if (about === 'topic' || about === 'site') return []
  if (about === 'language') return [new Intl.DisplayNames([language], { type: 'language' }).of(wanted) ?? wanted]
  if (about === 'region' && /^[A-Z]{2}$/.test(wanted)) {
    return [new Intl.DisplayNames([language], { type: 'region' }).of(wanted) ?? wanted]
  }
  return [wanted]
}
