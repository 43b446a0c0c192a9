import { type SamePerson, samePerson } from './same-person.ts'
import { isAskerThere, type Shape } from './shape.ts'
import { changesOf, notDone, type StructureVerdict } from './verdict.ts'

/**
 * Everything of one conversation belongs to another from now on; no right changes (0120, Merge conversations). With `same`, who asked there
 * is from now on who asks here. `shapes`: both conversations, and every other in which that person is.
 */
export function mergeConversations(
  shapes: readonly Shape[],
  { into: intoId, from: fromId, same }: { into: string; from: string; same: SamePerson | null },
): StructureVerdict<'wrong-state' | 'not-together' | 'conversation-closed'> {
  const into = shapes.find(({ conversation }) => conversation === intoId)
  const from = shapes.find(({ conversation }) => conversation === fromId)
  if (!into || !from) throw new Error('a conversation that is merged is not there')
  // What was merged has nothing left that could be merged.
  if (into === from || from.tickets.length === 0 || into.tickets.length === 0) return notDone('wrong-state')
  if (into.kind !== from.kind) return notDone('not-together')
  // What is somebody's own stays theirs, whomever they let in.
  if (into.kind === 'own' && into.visitor !== from.visitor) return notDone('not-together')
  // Who was erased has left all of it, and is nobody that somebody else could turn out to be.
  if (same && ![into, from].every(isAskerThere)) return notDone('not-together')
  // Nobody could go on with what is open there.
  if (into.state === 'closed' && from.state === 'open') return notDone('conversation-closed')
  // What has ended stays so, though it is now part of something that goes on.
  const ended = into.state === 'open' && from.state === 'closed' ? [...from.interactions.values()] : []
  const of = { conversation: from.conversation }
  return changesOf([
    ...(same && into.visitor !== from.visitor ? samePerson(shapes, from.visitor, into.visitor, same) : []),
    ...ended.flatMap(({ id, state }) =>
      state === 'open' ? [{ kind: 'state', of: { interaction: id }, was: 'open', is: 'closed' } as const] : [],
    ),
    ...from.tickets.map(
      ({ id }) => ({ kind: 'move-ticket', ticket: id, from: from.conversation, to: into.conversation }) as const,
    ),
    ...(from.state === 'open' ? [{ kind: 'state', of, was: 'open', is: 'closed' } as const] : []),
    { kind: 'merged', of, was: null, is: into.conversation },
  ])
}
