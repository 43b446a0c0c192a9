import { type Range, viewNumber } from '../point-of-view.ts'
import { isClosed, lastOf, type Shape } from './shape.ts'
import { changesOf, notDone, type StructureVerdict } from './verdict.ts'

/**
 * Messages that whoever copies may read are placed besides at the end of another interaction, in their order; those that stand there
 * already are left out (0120, Copy). `to` is in `shape`; `readable` and the positions are of where they come from.
 */
export function copy(
  shape: Shape,
  wanted: {
    readonly to: string
    readonly messages: readonly { readonly id: string; readonly position: number }[]
    readonly readable: readonly Range[]
    /** Those of the messages that stand in `to` and were not withdrawn there. */
    readonly standing: ReadonlySet<string>
    readonly by: string
  },
): StructureVerdict<'not-there' | 'wrong-state' | 'conversation-closed' | 'interaction-closed'> {
  const to = shape.interactions.get(wanted.to)
  if (!to) throw new Error('what is copied to is not there')
  if (wanted.messages.some(({ position }) => viewNumber(wanted.readable, position) === null)) {
    return notDone('not-there')
  }
  if (shape.state === 'closed') return notDone('conversation-closed')
  if (isClosed(shape, to)) return notDone('interaction-closed')
  const missing = wanted.messages
    .filter(({ id }) => !wanted.standing.has(id))
    .toSorted((a, b) => a.position - b.position)
  if (missing.length === 0) return notDone('wrong-state')
  const last = lastOf(shape, to.id)
  const { conversation } = shape
  return changesOf(
    missing.map(({ id }, index) => {
      const position = last + 1 + index
      return { kind: 'place', conversation, interaction: to.id, position, message: id, by: wanted.by }
    }),
  )
}
