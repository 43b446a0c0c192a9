import { listensForWords } from '@parley/rules'
import { askedBy } from './asking.ts'
import type { Say } from './say.ts'
import { lastPosition, type Structure } from './structure.ts'

/**
 * So much of what a visitor says while they wait makes a search wider or narrower. Whoever goes on has said what it is about; the rest is
 * only stored, at the price of any other message.
 */
const mostHeard = 40

/**
 * Whether a visitor's words may change whom people are looked for, or who has the conversation: nobody has been asked yet, nobody has
 * answered yet, or the site moves conversations on for such words.
 */
export function mayHunt(structure: Structure, say: Say): boolean {
  if (structure.kind === 'own') return false
  const ticket = askedBy(structure, say.person)
  if (!ticket) return false
  if (ticket.hunt === 'not-begun') return true
  const isWaiting = ticket.admitted === 0 && ticket.hunt !== 'found'
  if (isWaiting && lastPosition(structure, ticket.intake) < mostHeard) return true
  return listensForWords(structure.policy.moves.rules, say.said.visible)
}
