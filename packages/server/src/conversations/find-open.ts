import type { AccountId, ConversationId, LinkId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { nowCalled } from '../road/index.ts'

/**
 * The newest open conversation that somebody has begun; with a link, of those begun by it. What was merged into another goes on there, though
 * that is somebody else's.
 */
export async function findOpen(
  db: Reader,
  { account, visitor, link }: { account: AccountId; visitor: PersonId; link?: LinkId | undefined },
): Promise<ConversationId | null> {
  const begun = await db
    .selectFrom('conversation')
    .select(['conversation_id', 'merged_into'])
    .where('account_id', '=', account)
    .where('visitor_id', '=', visitor)
    .where((eb) => eb.or([eb('state', '=', 'open'), eb('merged_into', 'is not', null)]))
    .$if(link !== undefined, (query) => query.where('link_id', '=', link ?? null))
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute()
  for (const { conversation_id, merged_into } of begun) {
    if (!merged_into) return conversation_id
    const { rows } = await sql<{ id: ConversationId }>`
      select conversation_id as id from conversation
      where account_id = ${account} and conversation_id = ${nowCalled(account, conversation_id)} and state = 'open'`.execute(
      db,
    )
    const [open] = rows
    if (open) return open.id
  }
  return null
}
