import type { TicketId } from '@parley/model'
import { type Fact, isSealedIn } from '@parley/rules'
import { sealFacts } from '../conversations/index.ts'
import type { Turn } from '../road/index.ts'

/** What is known of a request as its ticket keeps it: sealed with the intake, by whose words most of it is known. */
export async function factsAsStored(
  { structure, tx }: Turn,
  ticket: TicketId,
  facts: readonly Fact[],
): Promise<string> {
  const intake = structure.tickets.find(({ id }) => id === ticket)?.intake
  const isSealed = intake && isSealedIn(structure, intake)
  const told = { conversation: structure.conversation, by: structure.visitor }
  return JSON.stringify(isSealed ? await sealFacts(tx, told, facts) : facts)
}
