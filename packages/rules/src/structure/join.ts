import { mayRead, type Range } from '../point-of-view.ts'
import type { Change } from './changes.ts'
import { letNewcomerSee } from './let-see.ts'
import { lastOf, type PlaceRole, placeOf, type Shape } from './shape.ts'
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
 * as they are given and as who gives it may read (0120, Join). Where those who answer are let see each other, they are from now on. Nothing where they are here already.
 */
export function join(shape: Shape, joining: Joining, newId: () => string): Change[] {
  const { interaction, person, role, by } = joining
  const { conversation } = shape
  const last = lastOf(shape, interaction)
  const before = placeOf(shape, interaction, person)
  if (before && !before.left) return []
  const place: Change = before
    ? { kind: 'return', place: before.id }
    : {
        ...{ kind: 'join', place: newId(), conversation, interaction, person, role, by },
        manages: joining.manages ?? false,
        alias: joining.alias ?? null,
        face: joining.face ?? null,
        via: joining.via ?? null,
      }
  const basis = role === 'observer' ? 'observer' : 'member'
  const right = { kind: 'give', conversation, interaction, person, by } as const
  // Who watched before, and had gone, writes now; or the other way round.
  const anew: Change[] =
    before && before.role !== role
      ? [{ kind: 'field', of: { place: before.id }, field: 'role', was: before.role, is: role }]
      : []
  return [
    place,
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

/** Somebody's part in an interaction ends: their open rights there end where it stands (0120, Leave). */
export function leave(shape: Shape, placeId: string, because: string | null): Change[] {
  const place = shape.participants.find(({ id }) => id === placeId)
  if (!place || place.left) return []
  const is = lastOf(shape, place.interaction)
  return [
    { kind: 'leave', place: placeId, because },
    ...shape.rights
      .filter((right) => right.person === place.person && right.interaction === place.interaction && right.to === null)
      .map((right): Change => ({ kind: 'end', right: right.id, was: null, is })),
  ]
}
