import type { AccountId, ConversationId, PersonId, SiteId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** The conversation of somebody that was closed last on a site, where their words are to open it again (C7). */
export async function findReopenable(
  db: Reader,
  { account, person, site, now }: { account: AccountId; person: PersonId; site: SiteId; now: Date },
): Promise<ConversationId | null> {
  const { rows } = await sql<{ id: ConversationId }>`
    select c.conversation_id as id from conversation c
    join site s on s.account_id = c.account_id and s.site_id = c.site_id
    where c.account_id = ${account} and c.visitor_id = ${person} and c.site_id = ${site} and c.kind = 'outside'
      and c.state = 'closed' and c.merged_into is null and c.link_id is null
      and c.ends_at > ${now}::timestamptz - make_interval(days => coalesce((s.policy->'reopen'->>'withinDays')::int, 0))
    order by c.ends_at desc limit 1`.execute(db)
  return rows[0]?.id ?? null
}
