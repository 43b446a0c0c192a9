import { listensForWords } from '@parley/rules'
import type { Say } from './say.ts'
import type { Structure } from './structure.ts'

/**
 * Whether a visitor's words may change whom people are looked for, or who has the conversation: nobody has been asked yet, nobody has
 * answered yet, or the site moves conversations on for what is said.
 */
export function mayHunt(structure: Structure, say: Say): boolean {
  if (say.person !== structure.visitor) return false
  const ticket = structure.tickets.findLast(({ state }) => state === 'open')
  if (!ticket) return false
  return (
    ticket.hunt === 'not-begun' ||
    (ticket.admitted === 0 && ticket.hunt !== 'found') ||
    listensForWords(structure.policy.moves.rules)
  )
}
