import { type Range, viewNumber } from '../point-of-view.ts'
import { applyChanges } from './apply-changes.ts'
import type { Change } from './changes.ts'
import { join } from './join.ts'
import { isSealedIn } from './sealed-in.ts'
import { askingSide, type Shape } from './shape.ts'
import { staySealed } from './stay-sealed.ts'
import { changesOf, notDone, type StructureVerdict } from './verdict.ts'

/** Ids of what a split makes. */
export interface Splitting {
  readonly ticket: string
  readonly name: string | null
  /** The id of the new ticket. */
  readonly makes: string
}

/**
 * Whole interactions belong to a ticket of their own, with every backchannel that was opened from them; no right changes (0120, Split). A
 * ticket keeps what it opened with.
 */
export function splitInteractions(
  shape: Shape,
  { interactions, ...how }: Splitting & { interactions: readonly string[] },
  newId: () => string,
): StructureVerdict<'wrong-state' | 'not-together' | 'conversation-closed'> {
  const from = shape.tickets.find(({ id }) => id === how.ticket)
  if (!from) throw new Error('a ticket that is split is not there')
  if (shape.state === 'closed') return notDone('conversation-closed')
  if (from.mergedInto || interactions.includes(from.intake)) return notDone('wrong-state')
  const moved = new Set<string>()
  for (const id of interactions) {
    if (shape.interactions.get(id)?.ticket !== from.id) return notDone('not-together')
    moved.add(id)
  }
  // A backchannel belongs to the ticket of what it was opened from.
  for (const id of moved) {
    for (const one of shape.interactions.values()) {
      if (one.parent === id && one.kind === 'backchannel' && one.ticket === from.id) moved.add(one.id)
    }
  }
  const isCutOff = (id: string) => {
    const one = shape.interactions.get(id)
    return one?.kind === 'backchannel' && one.parent !== null && !moved.has(one.parent)
  }
  if ([...moved].some(isCutOff)) return notDone('not-together')
  const moves = [...moved].map(
    (id) => ({ kind: 'move-interaction', interaction: id, from: from.id, to: how.makes }) as const,
  )
  return changesOf([...openTicket(shape, how, newId), ...staySealed([shape], moves), ...moves])
}

/**
 * Messages that whoever splits may read are placed besides at the beginning of a new exchange of a new ticket, with the asking side and the
 * people named in it, who read it from its beginning. `positions`: where they stand in the interaction they come from.
 */
export function splitMessages(
  shape: Shape,
  wanted: Splitting & {
    readonly from: string
    /** The id of the new exchange. */
    readonly exchange: string
    readonly messages: readonly { readonly id: string; readonly position: number }[]
    readonly people: readonly string[]
    readonly by: string
    /** What whoever splits may read there. */
    readonly readable: readonly Range[]
  },
  newId: () => string,
): StructureVerdict<'wrong-state' | 'not-together' | 'not-there' | 'asks-here' | 'conversation-closed'> {
  const { conversation } = shape
  const from = shape.interactions.get(wanted.from)
  const ticket = shape.tickets.find(({ id }) => id === wanted.ticket)
  if (!from || !ticket) throw new Error('what is split is not there')
  const order = wanted.messages.toSorted((a, b) => a.position - b.position)
  if (order.some(({ position }) => viewNumber(wanted.readable, position) === null)) return notDone('not-there')
  if (shape.state === 'closed') return notDone('conversation-closed')
  if (ticket.mergedInto) return notDone('wrong-state')
  // What was said behind the asking side's back is not begun anew before their eyes.
  if (from.ticket !== ticket.id || from.kind === 'backchannel') return notDone('not-together')
  const asking = askingSide(shape, from.id)
  if (wanted.people.some((person) => asking.has(person))) return notDone('asks-here')
  const opened: Change[] = [
    ...openTicket(shape, wanted, newId),
    {
      ...{ kind: 'open-interaction', conversation, interaction: wanted.exchange, ticket: wanted.makes },
      ...{ parent: null, as: 'exchange', purpose: 'talk', name: null, category: null },
      ...(isSealedIn(shape, from.id) ? { sealed: true } : {}),
    },
  ]
  const [after] = applyChanges([shape], opened)
  if (!after) throw new Error('a structure was lost')
  const places = [
    ...[...asking].map((person) => ({ person, role: 'initiator' }) as const),
    ...[...new Set(wanted.people)].map((person) => ({ person, role: 'responder' }) as const),
  ]
  return changesOf([
    ...opened,
    ...places.flatMap(({ person, role }) =>
      join(after, { interaction: wanted.exchange, person, role, by: wanted.by }, newId),
    ),
    ...order.map(({ id }, index): Change => {
      const at = { conversation, interaction: wanted.exchange, position: index + 1 }
      return { kind: 'place', ...at, message: id, by: wanted.by }
    }),
  ])
}

/** About the same, and with nobody in what it opens with: nothing is said there. */
function openTicket({ conversation }: Shape, { ticket, makes, name }: Splitting, newId: () => string): Change[] {
  const intake = newId()
  return [
    { kind: 'open-ticket', conversation, ticket: makes, intake, parent: ticket, like: ticket, name },
    {
      ...{ kind: 'open-interaction', conversation, interaction: intake, ticket: makes },
      ...{ parent: null, as: 'intake', purpose: 'talk', name: null, category: null },
    },
  ]
}
