import type { Change } from './changes.ts'
import { lastOf, placeOf, type Shape } from './shape.ts'
import { mayDoAt, type Who } from './standing-at.ts'
import { type Decided, notDone } from './verdict.ts'

/** A coach's seat: a place that reads from here on, or from the beginning, and does not write. */
export function observe(
  shape: Shape,
  { by, interaction, all }: { by: Who; interaction: string; all: boolean },
  newId: () => string,
): Decided<{ readonly place: string }> {
  const verdict = mayDoAt(shape, by, 'observe', interaction)
  if (!verdict.ok) return verdict
  const { conversation } = shape
  const { person } = by
  const before = placeOf(shape, interaction, person)
  if (before && !before.left) return notDone('wrong-state')
  const place = before?.id ?? newId()
  const seat: Change[] = before
    ? [
        { kind: 'return', place },
        ...(before.role === 'observer'
          ? []
          : [{ kind: 'field', of: { place }, field: 'role', was: before.role, is: 'observer' } as const]),
      ]
    : [
        {
          ...{ kind: 'join', place, conversation, interaction, person, role: 'observer', manages: false },
          ...{ by: person, alias: null, face: null, via: { medium: 'web', address: null } },
        },
      ]
  const from = all ? 1 : lastOf(shape, interaction) + 1
  return {
    ok: true,
    place,
    changes: [
      ...seat,
      {
        ...{ kind: 'give', right: newId(), conversation, interaction, person },
        ...{ from, to: null, basis: 'observer', by: person },
      },
    ],
  }
}
