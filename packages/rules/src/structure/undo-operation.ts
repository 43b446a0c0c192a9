import { applyChanges } from './apply-changes.ts'
import { buildsOn } from './builds-on.ts'
import type { Change } from './changes.ts'
import { twoAgain } from './same-person.ts'
import type { Shape } from './shape.ts'
import { staySealed } from './stay-sealed.ts'
import { undoChanges } from './undo-changes.ts'
import { changesOf, notDone, type StructureVerdict } from './verdict.ts'

/**
 * The changes that undo an operation on the structures as they stand now (0120, Undo). `later`: what was done after it and still stands.
 * What was split off since from what goes back goes back with it; what was opened since from an interaction that goes back, too.
 */
export function undoOperation(
  changes: readonly Change[],
  later: readonly (readonly Change[])[],
  shapes: readonly Shape[],
  newId: () => string,
): StructureVerdict<'built-on'> {
  const parents = new Map(shapes.flatMap((shape) => shape.tickets.map(({ id, parent }) => [id, parent])))
  if (later.some((one) => buildsOn(one, changes, parents))) return notDone('built-on')
  const tickets = changes.flatMap((change) => (change.kind === 'move-ticket' ? [change.ticket] : []))
  const backTickets = new Set([...tickets, ...splitOff(shapes, tickets)])
  const undone = changes.toReversed().flatMap((change): Change[] => {
    switch (change.kind) {
      case 'become':
        return [twoAgain(change, shapes, backTickets)]
      case 'move-ticket':
        return [
          ...splitOff(shapes, [change.ticket]).map(
            (ticket): Change => ({ kind: 'move-ticket', ticket, from: change.to, to: change.from }),
          ),
          ...undoChanges([change], shapes, newId, changes),
        ]
      case 'move-interaction':
        return [
          ...openedSince(shapes, changes, change).map(
            (interaction): Change => ({ kind: 'move-interaction', interaction, from: change.to, to: change.from }),
          ),
          ...undoChanges([change], shapes, newId, changes),
        ]
      default:
        return undoChanges([change], shapes, newId, changes)
    }
  })
  const back = asTheyWillStand(undone, shapes)
  if (partsWhatGoesOn(back, shapes)) return notDone('built-on')
  return changesOf([...staySealed(shapes, undone), ...back])
}

/** Would an interaction be in another conversation than the one in which it goes on? They were merged since what goes back came. */
function partsWhatGoesOn(changes: readonly Change[], shapes: readonly Shape[]): boolean {
  const moves = changes.filter(({ kind }) => kind === 'move-ticket' || kind === 'merged')
  if (!moves.some(({ kind }) => kind === 'move-ticket')) return false
  return applyChanges(shapes, moves).some(({ interactions }) =>
    [...interactions.values()].some(({ mergedInto }) => mergedInto !== null && !interactions.has(mergedInto)),
  )
}

/** Tickets that were split off from these, however often, and are still beside them. */
function splitOff(shapes: readonly Shape[], from: readonly string[]): string[] {
  const found: string[] = []
  for (const shape of shapes) {
    const family = new Set(from.filter((id) => shape.tickets.some((ticket) => ticket.id === id)))
    for (const id of family) {
      for (const { id: child, parent } of shape.tickets) {
        if (parent === id && !from.includes(child) && !family.has(child)) {
          family.add(child)
          found.push(child)
        }
      }
    }
  }
  return found
}

/** Backchannels that were opened since from an interaction that goes back, and are in the ticket that it leaves. */
function openedSince(
  shapes: readonly Shape[],
  changes: readonly Change[],
  { interaction, to }: Extract<Change, { kind: 'move-interaction' }>,
): string[] {
  const moved = new Set(changes.flatMap((one) => (one.kind === 'move-interaction' ? [one.interaction] : [])))
  const found: string[] = []
  for (const shape of shapes) {
    const family = new Set([interaction])
    for (const id of family) {
      for (const one of shape.interactions.values()) {
        if (one.parent === id && one.kind === 'backchannel' && one.ticket === to && !moved.has(one.id)) {
          if (!family.has(one.id)) found.push(one.id)
          family.add(one.id)
        }
      }
    }
  }
  return found
}

/** Rights that are given again name the conversation in which they will be once everything has gone back. */
function asTheyWillStand(changes: readonly Change[], shapes: readonly Shape[]): Change[] {
  const moves = changes.filter(({ kind }) => kind === 'move-ticket')
  const gives = changes.filter(({ kind }) => kind === 'give')
  if (moves.length === 0 || gives.length === 0) return [...changes]
  const after = applyChanges(shapes, moves)
  const rest = changes.filter(({ kind }) => kind !== 'give')
  return [
    ...rest,
    ...gives.map((give): Change => {
      const home = after.find(({ interactions }) => give.kind === 'give' && interactions.has(give.interaction))
      return home && give.kind === 'give' ? { ...give, conversation: home.conversation } : give
    }),
  ]
}
