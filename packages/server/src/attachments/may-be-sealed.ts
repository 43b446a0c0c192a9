import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/**
 * Can what somebody brings belong to something sealed? Asked before it is known where it goes: what is sealed without need is read like
 * anything else, what is not cannot be taken back from the write-ahead log. `conversation`: where it was written to, if that is known.
 */
export async function mayBeSealed(
  reader: Reader,
  account: AccountId,
  person: PersonId,
  conversation: ConversationId | null = null,
): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select exists (select from site s where s.account_id = ${account} and s.policy->>'encryption' = 'sealed')
      or exists (select from conversation c where c.account_id = ${account} and c.encryption = 'sealed'
        and (c.visitor_id = ${person} or c.conversation_id = ${conversation}))
      or exists (
        select from (
          select interaction_id from participant where account_id = ${account} and person_id = ${person}
          union all select interaction_id from place_invitation where account_id = ${account} and person_id = ${person}
          union all select interaction_id from interaction where account_id = ${account} and conversation_id = ${conversation}
        ) p
        join interaction i on i.account_id = ${account} and i.interaction_id = p.interaction_id
        join ticket t on t.account_id = i.account_id and t.ticket_id = i.ticket_id
        join conversation c on c.account_id = i.account_id and c.conversation_id = i.conversation_id
        where 'sealed' in (i.encryption, t.encryption, c.encryption))
      or exists (select from offer o join conversation c on c.account_id = o.account_id and c.conversation_id = o.conversation_id
        where o.account_id = ${account} and o.person_id = ${person} and 'sealed' in (o.encryption, c.encryption)) as may`.execute(
    reader,
  )
  return rows[0]?.may ?? false
}
