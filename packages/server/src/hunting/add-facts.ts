import type { TicketId } from '@parley/model'
import { type Fact, mergeFacts } from '@parley/rules'
import type { Turn } from '../road/index.ts'
import { readKnown } from './ticket-request.ts'

/**
 * More has become known of a request: chosen, answered to the concierge, classified, or implied by where the visitor is. It is put on
 * the ticket in the transaction in which it becomes known.
 */
export async function addFacts(turn: Turn, ticket: TicketId, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return
  const known = await readKnown(turn, ticket)
  await turn.tx
    .updateTable('ticket')
    .set({ facts: JSON.stringify(mergeFacts(known.facts, facts)) })
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .execute()
}
