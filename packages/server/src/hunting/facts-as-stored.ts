import type { TicketId } from '@parley/model'
import { type Fact, isSealedIn } from '@parley/rules'
import { sealFacts } from '../conversations/index.ts'
import type { Turn } from '../road/index.ts'
import { askedOn } from './seal-offer.ts'

/** What is known of a request as its ticket keeps it: sealed with the intake, by whose words most of it is known. */
export async function factsAsStored(turn: Turn, ticket: TicketId, facts: readonly Fact[]): Promise<string> {
  const { structure, tx } = turn
  const intake = structure.tickets.find(({ id }) => id === ticket)?.intake
  const isSealed = intake && isSealedIn(structure, intake)
  return JSON.stringify(isSealed ? await sealFacts(tx, askedOn(turn, ticket), facts) : facts)
}
