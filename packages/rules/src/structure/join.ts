import { mayRead, type Range } from '../point-of-view.ts'
import type { Change } from './changes.ts'
import { letNewcomerSee, seeNoMore } from './let-see.ts'
import { isIn, lastOf, type PlaceRole, placeOf, type Shape } from './shape.ts'
import { within } from './within.ts'

/** What somebody who comes in is given of what was said before. */
export type History = 'none' | 'all' | { readonly from: number }

export interface Joining {
  readonly interaction: string
  readonly person: string
  readonly role: PlaceRole
  readonly manages?: boolean
  /** Who lets them in; null: the house, by a rule. */
  readonly by: string | null
  readonly alias?: string | null
  readonly face?: string | null
  readonly via?: { readonly medium: string; readonly address: string | null } | null
  readonly history?: History
  /** The giver may give what they do not read themselves: supervisors, administrators, the house. */
  readonly givesAnything?: boolean
}

/**
 * Somebody comes into an interaction, for the first time or again: a place, what is said from here on, and of what was said before as much
 * as they are given and as who gives it may read (0120, Join). Where those who answer are let see each other, they are from now on. Nothing where they are here already; who only watched is of the circle from now on.
 */
export function join(shape: Shape, joining: Joining, newId: () => string): Change[] {
  const { interaction, person, role, by } = joining
  const { conversation } = shape
  const last = lastOf(shape, interaction)
  const before = placeOf(shape, interaction, person)
  if (before && !before.left && (role === 'observer' || isIn(shape, interaction, person))) return []
  const place: Change[] = !before
    ? [
        {
          ...{ kind: 'join', place: newId(), conversation, interaction, person, role, by },
          manages: joining.manages ?? false,
          alias: joining.alias ?? null,
          face: joining.face ?? null,
          via: joining.via ?? null,
        },
      ]
    : before.left
      ? [{ kind: 'return', place: before.id }]
      : []
  const basis = role === 'observer' ? 'observer' : 'member'
  const right = { kind: 'give', conversation, interaction, person, by } as const
  // Who watched before writes now; or the other way round.
  const anew: Change[] =
    before && before.role !== role
      ? [{ kind: 'field', of: { place: before.id }, field: 'role', was: before.role, is: role }]
      : []
  return [
    ...place,
    ...anew,
    { ...right, right: newId(), from: last + 1, to: null, basis },
    ...historyOf(shape, joining, last).map(
      ({ from, to }): Change => ({ ...right, right: newId(), from, to, basis: by === null ? 'rule' : 'grant' }),
    ),
    ...(role === 'responder' || role === 'virtual' ? letNewcomerSee(shape, { interaction, person }, newId) : []),
  ]
}

/** As far as it was said, and as far as the giver may read it. */
function historyOf(shape: Shape, { interaction, by, history = 'none', givesAnything }: Joining, last: number): Range[] {
  if (history === 'none' || last === 0) return []
  const from = history === 'all' ? 1 : Math.max(1, history.from)
  if (from > last) return []
  if (by === null || givesAnything) return [{ from, to: last }]
  return within(mayRead(shape.spans.get(by) ?? [], interaction), { from, to: last })
}

/**
 * The part in an interaction that these places are ends: open rights there end where it stands, and those by which their people see
 * the others of an exchange that is over for them (0120, Leave).
 */
export function leave(shape: Shape, places: readonly string[], because: string | null): Change[] {
  const going = shape.participants.filter(({ id, left }) => places.includes(id) && !left)
  const changes = going.flatMap(({ id, person, interaction }): Change[] => [
    { kind: 'leave', place: id, because },
    ...shape.rights
      .filter((right) => right.person === person && right.interaction === interaction && right.to === null)
      .map((right): Change => ({ kind: 'end', right: right.id, was: null, is: lastOf(shape, interaction) })),
  ])
  const ended = new Set(changes.flatMap((change) => (change.kind === 'end' ? [change.right] : [])))
  return [...changes, ...seeNoMore(shape, going).filter((change) => change.kind === 'end' && !ended.has(change.right))]
}
