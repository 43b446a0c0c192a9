import type { AccountId, ConversationId } from '@parley/model'
import type { Reader } from '../../db/index.ts'
import type { Turn, Turns } from '../../road/index.ts'
import { homeOf, type Named } from '../find-things.ts'

/** The turn of the conversation that a thing belongs to now. */
export async function turnOf(turns: Turns, account: AccountId, thing: Named): Promise<Turn | null> {
  const conversation = await homeOf(turns.tx, account, thing)
  const turn = conversation && turns.all.find(({ structure }) => structure.conversation === conversation)
  return turn ?? null
}

/** Every conversation in which somebody has a place or a right, or which is theirs. */
export async function conversationsWith(db: Reader, account: AccountId, person: string): Promise<ConversationId[]> {
  const rows = await db
    .selectFrom('span')
    .select('conversation_id')
    .where('account_id', '=', account)
    .where('person_id', '=', person as never)
    .union(
      db
        .selectFrom('participant')
        .select('conversation_id')
        .where('account_id', '=', account)
        .where('person_id', '=', person as never),
    )
    .union(
      db
        .selectFrom('conversation')
        .select('conversation_id')
        .where('account_id', '=', account)
        .where('visitor_id', '=', person as never)
        .where('merged_into', 'is', null),
    )
    .execute()
  return rows.map(({ conversation_id }) => conversation_id)
}
