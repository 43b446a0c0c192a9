import type { AccountId, ConversationId, InteractionId, MessageId, TicketId } from '@parley/model'
import type { Reader } from '../db/index.ts'
import { whatItBecame } from '../road/index.ts'

export interface Named {
  readonly conversation?: string | undefined
  readonly ticket?: string | undefined
  readonly interaction?: string | undefined
  readonly message?: string | undefined
}

/**
 * The conversation that each of these things belongs to now, each once; null when one of them is not there. A conversation that was merged
 * into another is the other one.
 */
export async function conversationsOf(
  db: Reader,
  account: AccountId,
  things: readonly Named[],
): Promise<ConversationId[] | null> {
  const homes: (ConversationId | null)[] = []
  // All are looked for, also when one is not there: it must not take less time than being refused them.
  for (const thing of things) homes.push(await homeOf(db, account, thing))
  const found = homes.filter((home) => home !== null)
  return found.length === homes.length ? [...new Set(found)] : null
}

async function homeOf(db: Reader, account: AccountId, thing: Named): Promise<ConversationId | null> {
  if (thing.message !== undefined) {
    const row = await db
      .selectFrom('message')
      .select('conversation_id')
      .where('account_id', '=', account)
      .where('message_id', '=', thing.message as MessageId)
      .executeTakeFirst()
    return row?.conversation_id ?? null
  }
  if (thing.interaction !== undefined) {
    const row = await db
      .selectFrom('interaction')
      .select('conversation_id')
      .where('account_id', '=', account)
      .where('interaction_id', '=', thing.interaction as InteractionId)
      .executeTakeFirst()
    return row?.conversation_id ?? null
  }
  if (thing.ticket !== undefined) {
    const row = await db
      .selectFrom('ticket')
      .select('conversation_id')
      .where('account_id', '=', account)
      .where('ticket_id', '=', thing.ticket as TicketId)
      .executeTakeFirst()
    return row?.conversation_id ?? null
  }
  return thing.conversation === undefined ? null : whatItBecame(db, account, thing.conversation as ConversationId)
}
