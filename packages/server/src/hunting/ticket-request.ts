import type { TicketId } from '@parley/model'
import { type Fact, type HelpRequest, requestFacts, type Target } from '@parley/rules'
import type { Turn } from '../road/index.ts'

/** What is known of a ticket's request, as it stands under the conversation's lock. */
export interface TicketKnown {
  readonly facts: readonly Fact[]
  readonly target: Target | null
}

export async function readKnown(turn: Turn, ticket: TicketId): Promise<TicketKnown> {
  return turn.tx
    .selectFrom('ticket')
    .select(['facts', 'target'])
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .executeTakeFirstOrThrow()
}

/** The request that a search compares with what responders want. */
export function toRequest({ facts, target }: TicketKnown, text: string | null): HelpRequest {
  return { facts: requestFacts(facts), text, ...(target ? { target } : {}) }
}
