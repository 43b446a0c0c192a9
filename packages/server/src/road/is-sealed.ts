import type { InteractionId } from '@parley/model'
import type { Structure } from './structure.ts'

/** What is said there is sealed when the interaction says so, or its ticket, or the conversation: the strictest holds. */
export function isSealedIn(structure: Structure, interaction: InteractionId): boolean {
  if (structure.encryption === 'sealed') return true
  const place = structure.interactions.get(interaction)
  if (!place) return false
  return (
    place.encryption === 'sealed' ||
    structure.tickets.some(({ id, encryption }) => id === place.ticket && encryption === 'sealed')
  )
}

/** Can something of it be sealed at all? */
export function isSealedSomewhere(structure: Structure): boolean {
  if (structure.encryption === 'sealed') return true
  if (structure.tickets.some(({ encryption }) => encryption === 'sealed')) return true
  for (const { encryption } of structure.interactions.values()) if (encryption === 'sealed') return true
  return false
}
