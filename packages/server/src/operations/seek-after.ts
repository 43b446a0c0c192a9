import type { InteractionId, TicketId } from '@parley/model'
import type { Change } from '@parley/rules'
import { seekAgain } from '../hunting/index.ts'
import type { Structure, Turns } from '../road/index.ts'

/** After what was opened again, or ended for those who answered: whoever asks there is not left alone. */
export async function seekAfter(turns: Turns, changes: readonly Change[]): Promise<void> {
  for (const turn of turns.all) {
    await seekAgain(turn, new Set(changes.flatMap((change) => ticketsOf(turn.structure, change))))
  }
}

function ticketsOf({ conversation, tickets, interactions, participants }: Structure, change: Change): TicketId[] {
  const ofExchange = (id: string | undefined) => {
    const found = interactions.get(id as InteractionId)
    return found?.kind === 'exchange' ? [found.ticket] : []
  }
  const ofPlace = (id: string) => ofExchange(participants.find((place) => place.id === id)?.interaction)
  switch (change.kind) {
    case 'state':
      if (change.is === 'closed') return []
      if ('ticket' in change.of) return [change.of.ticket as TicketId]
      if ('interaction' in change.of) return ofExchange(change.of.interaction)
      return 'conversation' in change.of && change.of.conversation === conversation ? tickets.map(({ id }) => id) : []
    case 'leave':
      return ofPlace(change.place)
    case 'move-interaction':
      return [change.from, change.to] as TicketId[]
    default:
      return []
  }
}
