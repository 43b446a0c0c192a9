import type { Shape } from './shape.ts'

/** What is said there is sealed when the interaction says so, or its ticket, or the conversation: the strictest holds. */
export function isSealedIn(shape: Shape, interaction: string): boolean {
  const place = shape.interactions.get(interaction)
  return isSealed(shape) || (place !== undefined && (isSealed(place) || isTicketSealed(shape, place.ticket)))
}

/** A ticket is sealed when it says so, or the conversation. */
export function isTicketSealed(shape: Shape, ticket: string): boolean {
  return isSealed(shape) || shape.tickets.some((one) => one.id === ticket && isSealed(one))
}

/** Can something of it be sealed at all? */
export function isSealedSomewhere(shape: Shape): boolean {
  if (isSealed(shape) || shape.tickets.some(isSealed)) return true
  for (const place of shape.interactions.values()) if (isSealed(place)) return true
  return false
}

const isSealed = ({ encryption }: Pick<Shape, 'encryption'>): boolean => encryption === 'sealed'
