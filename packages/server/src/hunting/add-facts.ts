import type { TicketId } from '@parley/model'
import { type Fact, mergeFacts, sameRequest } from '@parley/rules'
import type { Turn } from '../road/index.ts'
import { factsAsStored } from './facts-as-stored.ts'
import { moveByRule } from './move-by-rule.ts'
import { readHunt } from './read-hunt.ts'
import { refineHunt } from './refine-hunt.ts'

/**
 * More has become known of a request: chosen, answered to the concierge, classified, or implied by where the visitor is. It stands on the
 * ticket in the transaction in which it becomes known. For every kind of fact from each source in `facts`, what was known of it from that
 * source is replaced; an empty value only takes it away. A search under way is refined at once, and a rule of the site may move the
 * conversation on.
 */
export async function addFacts(turn: Turn, ticket: TicketId, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return
  const before = await readHunt(turn, ticket)
  const known = mergeFacts(before.facts, facts)
  await turn.tx
    .updateTable('ticket')
    .set({ facts: await factsAsStored(turn, ticket, known) })
    .where('account_id', '=', turn.structure.account)
    .where('ticket_id', '=', ticket)
    .execute()
  const isNews = !sameRequest(before.facts, known) || facts.some(({ label }) => label)
  if (!isNews || before.state !== 'open') return
  if (await moveByRule(turn, ticket, null)) return
  await refineHunt(turn, ticket)
}
