import type { TicketId } from '@parley/model'
import { askerOn, type Turn } from '../road/index.ts'
import { beginHunt } from './begin-hunt.ts'
import { whoAnswers } from './go-on-without.ts'
import { countOpen, writeHunt } from './read-hunt.ts'

/**
 * What had ended goes on, or somebody's coming was undone, in this transaction: who asks on these tickets is not left alone. Where people were
 * looked for before, and nobody answers and nobody is asked now, they are looked for anew.
 */
export async function seekAgain(turn: Turn, tickets: Iterable<TicketId>): Promise<void> {
  for (const ticket of tickets) {
    if (!isLeftAlone(turn, ticket) || (await countOpen(turn, ticket)) > 0) continue
    await writeHunt(turn, ticket, { admitted: 0 })
    await beginHunt(turn, ticket)
  }
}

function isLeftAlone({ structure }: Turn, id: TicketId): boolean {
  const ticket = structure.tickets.find((one) => one.id === id)
  if (!ticket || ticket.state === 'closed' || ticket.hunt === 'not-begun') return false
  if (structure.state === 'closed' || structure.kind === 'own') return false
  const asker = askerOn(structure, id)
  const asks = structure.participants.some(({ person, left }) => person === asker && !left)
  return asks && whoAnswers(structure, id).length === 0
}
