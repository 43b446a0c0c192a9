import type { Change, Thing } from './changes.ts'

/**
 * Whether what was done later builds on what was done before, so that it has to be undone first: it names a ticket, interaction, place or
 * right that the first made, moved or changed. What is only said or read there, and who comes in, does not. `parents`: what each ticket was
 * split off from, with which it goes back.
 */
export function buildsOn(
  later: readonly Change[],
  before: readonly Change[],
  parents: ReadonlyMap<string, string | null> = new Map(),
): boolean {
  const left = new Set(before.flatMap(leaves))
  const made = new Set(later.flatMap((change) => (change.kind === 'open-ticket' ? [change.ticket] : [])))
  return later.some((change) => needs(change, made, parents).some((key) => left.has(key)))
}

/** What a change leaves behind that something later could need as it is. */
function leaves(change: Change): string[] {
  switch (change.kind) {
    case 'open-ticket':
      return [`ticket ${change.ticket}`]
    case 'open-interaction':
      return [`interaction ${change.interaction}`]
    case 'join':
    case 'return':
    case 'leave':
      return [`place ${change.place}`]
    case 'redirect':
      return [`redirect ${change.place}`]
    case 'give':
    case 'end':
      return [`right ${change.right}`]
    case 'state':
    case 'merged':
      return [`state ${idOf(change.of)}`]
    case 'move-ticket':
      return [`home ${change.ticket}`]
    case 'move-interaction':
      return [`home ${change.interaction}`, `part ${change.from}`, `part ${change.to}`]
    case 'place':
    case 'withdraw':
      return [`position ${change.interaction} ${change.position}`]
    case 'become':
      return [`person ${change.person}`, `person ${change.is}`]
    case 'field':
      return [`field ${idOf(change.of)} ${change.field}`]
    case 'link':
    case 'unlink':
      return [`tie ${[idOf(change.a), idOf(change.b)].sort().join(' ')}`]
  }
}

/** What a change needs as it stands. `made`: the tickets that the same operation opens, which are nobody else's. */
function needs(change: Change, made: ReadonlySet<string>, parents: ReadonlyMap<string, string | null>): string[] {
  switch (change.kind) {
    case 'open-interaction':
      return [`ticket ${change.ticket}`]
    case 'state':
    case 'merged': {
      const id = idOf(change.of)
      // What was split off goes back into its ticket, which must be there still.
      const parts = change.kind === 'merged' && 'ticket' in change.of ? [`part ${id}`, ...homes(id, parents)] : []
      return [`ticket ${id}`, `interaction ${id}`, `state ${id}`, ...parts]
    }
    case 'move-interaction': {
      const { interaction, from, to } = change
      // A ticket that was split off goes back with the one it was split from.
      const both = made.has(to) ? [] : [from, to]
      const tickets = both.flatMap((id) => [`ticket ${id}`, ...homes(id, parents)])
      return [`interaction ${interaction}`, `home ${interaction}`, ...tickets]
    }
    case 'redirect':
      return [`place ${change.place}`, ...(change.is ? [`place ${change.is}`] : []), `redirect ${change.place}`]
    case 'return':
    case 'leave':
      // As what they were there when they went or came.
      return [`place ${change.place}`, `field ${change.place} role`]
    case 'become':
      return [`person ${change.person}`]
    case 'field': {
      const id = idOf(change.of)
      // What somebody is at a place, they are as long as they have it; what they are called there does not hang on it.
      const place = change.field === 'role' ? [`place ${id}`] : []
      return [`field ${id} ${change.field}`, `ticket ${id}`, `interaction ${id}`, ...place]
    }
    case 'open-ticket':
      return []
    default:
      return leaves(change)
  }
}

/** Where a ticket is, and so whatever it was split off from. */
function homes(ticket: string, parents: ReadonlyMap<string, string | null>): string[] {
  const parent = parents.get(ticket)
  return [`home ${ticket}`, ...(parent ? homes(parent, parents) : [])]
}

function idOf(thing: Thing): string {
  if ('conversation' in thing) return thing.conversation
  if ('ticket' in thing) return thing.ticket
  return 'interaction' in thing ? thing.interaction : thing.place
}
