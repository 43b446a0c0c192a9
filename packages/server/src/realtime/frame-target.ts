import type { InteractionId, PersonId, TicketId } from '@parley/model'
import type { Say as SayFrame } from '@parley/protocol'
import { type Structure, spansOf, type Target } from '../road/index.ts'

/** Have they a right in what is meant? */
export function isOwn(structure: Structure, person: PersonId, to: SayFrame['to']): boolean {
  return spansOf(structure, person).some(
    (span) =>
      (!('interaction' in to) || span.interaction === to.interaction) && (span.to === null || span.to >= span.from),
  )
}

/** Where somebody types who means everyone: as with words, not behind anybody's back. */
export function isForAll(structure: Structure, interaction: InteractionId, ticket?: string): boolean {
  const found = structure.interactions.get(interaction)
  if (ticket !== undefined && found?.ticket !== ticket) return false
  return found?.state === 'open' && found.kind !== 'backchannel'
}

export function targetOf(structure: Structure, to: SayFrame['to']): Target {
  return 'interaction' in to
    ? { conversation: structure.conversation, interaction: to.interaction as InteractionId }
    : { conversation: structure.conversation, ...(to.ticket === undefined ? {} : { ticket: to.ticket as TicketId }) }
}
