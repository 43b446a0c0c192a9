import { isOver, type Shape } from './shape.ts'

/** What is said there is sealed when the interaction says so, or its ticket, or the conversation: the strictest holds. */
export function isSealedIn(shape: Shape, interaction: string): boolean {
  const place = shape.interactions.get(interaction)
  return isSealed(shape) || (place !== undefined && (isSealed(place) || isTicketSealed(shape, place.ticket)))
}

/** A ticket is sealed when it says so, or the conversation. */
export function isTicketSealed(shape: Shape, ticket: string): boolean {
  return isSealed(shape) || shape.tickets.some((one) => one.id === ticket && isSealed(one))
}

/**
 * Is an exchange that begins on a ticket now sealed from its beginning? Where it goes on from something that was: what the ticket opened
 * with, or an exchange that is over. `ending`: exchanges that end as it begins.
 */
export function isNextSealed(shape: Shape, ticket: string, ending: readonly string[] = []): boolean {
  return [...shape.interactions.values()].some(
    (one) => one.ticket === ticket && isOver(one, ending) && isSealedIn(shape, one.id),
  )
}

/** Can something of it be sealed at all? */
export function isSealedSomewhere(shape: Shape): boolean {
  if (isSealed(shape) || shape.tickets.some(isSealed)) return true
  for (const place of shape.interactions.values()) if (isSealed(place)) return true
  return false
}

const isSealed = ({ encryption }: Pick<Shape, 'encryption'>): boolean => encryption === 'sealed'
