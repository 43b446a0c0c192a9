import { recordEvent } from '../conversations/index.ts'
import type { Turn } from '../road/index.ts'
import { withdrawAll } from './withdraw-offers.ts'

/** Whoever began it ends it: nobody is asked any more, and nothing more is said. */
export async function closeConversation(turn: Turn): Promise<void> {
  const { tx, now, structure } = turn
  const { account, conversation } = structure
  await tx
    .updateTable('conversation')
    .set({ state: 'closed', ends_at: now })
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .execute()
  await tx
    .updateTable('ticket')
    .set({ state: 'closed', ends_at: now })
    .where('account_id', '=', account)
    .where('conversation_id', '=', conversation)
    .execute()
  await recordEvent(tx, { account, conversation, person: structure.visitor, kind: 'conversation-closed' }, now)
  await withdrawAll(turn)
  await turn.restructure()
}
