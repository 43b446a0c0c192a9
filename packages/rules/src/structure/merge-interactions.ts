import { applyChanges } from './apply-changes.ts'
import type { Change } from './changes.ts'
import { join } from './join.ts'
import { askingSide, here, isClosed, placeOf, type Shape } from './shape.ts'
import { changesOf, notDone, type StructureVerdict } from './verdict.ts'

/**
 * One interaction closes and goes on in another: who is here in it joins that one, and its addresses lead there. What was said in it stays
 * where it is, for those who could read it (0120, Merge interactions).
 */
export function mergeInteractions(
  shape: Shape,
  { into: intoId, from: fromId, by }: { into: string; from: string; by: string },
  newId: () => string,
): StructureVerdict<'wrong-state' | 'not-together' | 'interaction-closed' | 'conversation-closed' | 'asks-here'> {
  const into = shape.interactions.get(intoId)
  const from = shape.interactions.get(fromId)
  if (!into || !from) throw new Error('an interaction that is merged is not there')
  if (into === from || isClosed(shape, from)) return notDone('wrong-state')
  if (shape.state === 'closed') return notDone('conversation-closed')
  if (isClosed(shape, into)) return notDone('interaction-closed')
  // What a ticket opens with stays what it opens with; each whisperer keeps a channel of their own.
  if (into.kind !== from.kind || into.kind === 'intake') return notDone('not-together')
  if (into.purpose === 'whisper' || from.purpose === 'whisper') return notDone('not-together')
  const coming = here(shape, from.id)
  if (into.kind === 'exchange' && !isSame(askingSide(shape, into.id), askingSide(shape, from.id))) {
    return notDone('not-together')
  }
  const asking = askingAbove(shape, into.parent)
  if (into.kind === 'backchannel' && coming.some(({ person }) => asking.has(person))) return notDone('asks-here')

  const of = { interaction: from.id }
  const closing: Change = { kind: 'state', of, was: 'open', is: 'closed' }
  // It is over when they come: whoever goes on elsewhere is not shown by that what was said here before they came.
  const [over] = applyChanges([shape], [closing])
  if (!over) throw new Error('a structure was lost')
  const joined = coming.map(({ person, role }) => {
    const changes = join(over, { interaction: into.id, person, role, by }, newId)
    const made = changes.find((change) => change.kind === 'join')
    return { person, changes, place: made?.place ?? placeOf(shape, into.id, person)?.id }
  })
  return changesOf([
    ...joined.flatMap(({ changes }) => changes),
    ...coming.map(({ id, person }): Change => {
      const to = joined.find((one) => one.person === person)?.place
      if (to === undefined) throw new Error('who was to join has no place')
      return { kind: 'redirect', place: id, was: null, is: to }
    }),
    closing,
    { kind: 'merged', of, was: null, is: into.id },
  ])
}

/** The asking side of everything that an interaction was opened from: nothing opened behind their back is shown to them. */
function askingAbove(shape: Shape, parent: string | null): Set<string> {
  const asking = new Set<string>()
  for (let above = parent; above !== null; above = shape.interactions.get(above)?.parent ?? null) {
    for (const person of askingSide(shape, above)) asking.add(person)
  }
  return asking
}

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  one.size === other.size && [...one].every((person) => other.has(person))
