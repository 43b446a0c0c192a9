import type { AccountId, ConversationId } from '@parley/model'
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db/index.ts'

/** The conversation with this id; where it was merged into another, that one, however often. Null when there is none. */
export function nowCalled(
  account: AccountId,
  conversation: string | RawBuilder<unknown>,
): RawBuilder<ConversationId | null> {
  return sql`(with recursive led (conversation_id, merged_into) as (
    select conversation_id, merged_into from conversation where account_id = ${account} and conversation_id = ${conversation}
    union select n.conversation_id, n.merged_into from led
      join conversation n on n.account_id = ${account} and n.conversation_id = led.merged_into)
  select conversation_id from led where merged_into is null)`
}

export async function whatItBecame(
  db: Reader,
  account: AccountId,
  conversation: ConversationId,
): Promise<ConversationId | null> {
  const { rows } = await sql<{ id: ConversationId | null }>`select ${nowCalled(account, conversation)} as id`.execute(
    db,
  )
  return rows[0]?.id ?? null
}
