import type { ConversationView, InteractionView, TicketView } from '@parley/protocol'

export interface TicketBranch {
  /** Null where one is not shown tickets. */
  ticket: TicketView | null
  interactions: InteractionBranch[]
}
export interface InteractionBranch {
  view: InteractionView
  /** The backchannels that were opened from it. */
  inside: InteractionBranch[]
}

/** A conversation as its tickets, each with its interactions, each with its backchannels. What hangs on nothing one sees stands by itself. */
export function treeOf({
  tickets = [],
  interactions,
}: Pick<ConversationView, 'tickets' | 'interactions'>): TicketBranch[] {
  const seen = new Set(interactions.map(({ id }) => id))
  const isRoot = ({ id, parent }: InteractionView) => !parent || parent === id || !seen.has(parent)
  const branch = (view: InteractionView): InteractionBranch => ({
    view,
    inside: interactions.filter((one) => one.parent === view.id && !isRoot(one)).map(branch),
  })
  const roots = interactions.filter(isRoot).map(branch)
  const known = new Set(tickets.map(({ id }) => id))
  const without = roots.filter(({ view }) => !view.ticket || !known.has(view.ticket))
  return [
    ...tickets.map((ticket) => ({ ticket, interactions: roots.filter(({ view }) => view.ticket === ticket.id) })),
    ...(without.length > 0 ? [{ ticket: null, interactions: without }] : []),
  ]
}

/** A question and the one exchange that answers it need no tree. */
export function isBranched({
  tickets = [],
  interactions,
}: Pick<ConversationView, 'tickets' | 'interactions'>): boolean {
  return tickets.length > 1 || interactions.filter(({ kind }) => kind !== 'intake').length > 1
}

/** An interaction with all that was opened from it. */
export function withInside(branches: readonly TicketBranch[], interaction: string): Set<string> {
  const found = new Set<string>()
  const take = ({ view, inside }: InteractionBranch, isIn: boolean) => {
    const belongs = isIn || view.id === interaction
    if (belongs) found.add(view.id)
    for (const one of inside) take(one, belongs)
  }
  for (const { interactions } of branches) for (const one of interactions) take(one, false)
  return found
}

/** Who else is in it now, by the names that they go by there. Who only watches is not talked with. */
export const whoIsHere = ({ participants }: InteractionView): string[] => [
  ...new Set(
    participants
      .filter(({ you, state, role, alias }) => !you && state === 'here' && role !== 'observer' && alias !== '')
      .map(({ alias }) => alias),
  ),
]
