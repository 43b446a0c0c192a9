import type { ConversationView, TieView } from '@parley/protocol'
import type { Thing } from './dialogs.model.ts'

/** Both ends of a link, as the operation that unties them names them; null where one sees no such end. */
export function endsOf(conversation: ConversationView, link: TieView): { a: Thing; b: Thing } | null {
  const a = thingIn(conversation, link.from)
  return a && { a, b: thingOf(link.of, link.id) }
}

function thingIn({ id, tickets = [], interactions }: ConversationView, end: string): Thing | null {
  if (id === end) return thingOf('conversation', end)
  if (tickets.some((one) => one.id === end)) return thingOf('ticket', end)
  return interactions.some((one) => one.id === end) ? thingOf('interaction', end) : null
}

function thingOf(of: TieView['of'], id: string): Thing {
  return of === 'conversation' ? { conversation: id } : of === 'ticket' ? { ticket: id } : { interaction: id }
}
