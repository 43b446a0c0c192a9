import type { Shape } from './shape.ts'
import { staySealed } from './stay-sealed.ts'
import { changesOf, notDone, type StructureVerdict } from './verdict.ts'

/** The interactions of one ticket belong to another of the same conversation, and it is closed; no right changes (0120, Merge tickets). */
export function mergeTickets(
  shape: Shape,
  { into: intoId, from: fromId }: { into: string; from: string },
): StructureVerdict<'wrong-state'> {
  const into = shape.tickets.find(({ id }) => id === intoId)
  const from = shape.tickets.find(({ id }) => id === fromId)
  if (!into || !from) throw new Error('a ticket that is merged is not there')
  if (into === from || into.mergedInto || from.mergedInto) return notDone('wrong-state')
  if (into.state === 'closed' && from.state !== 'closed') return notDone('wrong-state')
  const inside = [...shape.interactions.values()].filter(({ ticket }) => ticket === from.id)
  // What has ended stays so, though it is now part of something that goes on.
  const ended = from.state === 'closed' && into.state !== 'closed' ? inside.filter(({ state }) => state === 'open') : []
  const of = { ticket: from.id }
  const moves = inside.map(
    ({ id }) => ({ kind: 'move-interaction', interaction: id, from: from.id, to: into.id }) as const,
  )
  return changesOf([
    ...ended.map(({ id }) => ({ kind: 'state', of: { interaction: id }, was: 'open', is: 'closed' }) as const),
    ...staySealed([shape], moves),
    ...moves,
    ...(from.state === 'closed' ? [] : [{ kind: 'state', of, was: from.state, is: 'closed' } as const]),
    { kind: 'merged', of, was: null, is: into.id },
  ])
}
