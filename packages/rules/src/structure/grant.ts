import { mayRead, positionOf, type Range } from '../point-of-view.ts'
import { asksOn } from './backchannel.ts'
import type { Change } from './changes.ts'
import { lastOf, type Right, type Shape } from './shape.ts'
import { mayDoAt, type Who, watches } from './standing-at.ts'
import { type Decided, notDone } from './verdict.ts'
import { endOf, within } from './within.ts'

export interface Granting {
  readonly interaction: string
  readonly person: string
  readonly by: Who
  /**
   * A part, in the giver's own numbers; for supervisors and administrators who read nothing of it, in those of the whole. `to` left out: and what is
   * still to come. Or `all`, from the first on. Left out: from now on.
   */
  readonly part?: 'all' | { readonly from: number; readonly to?: number | undefined } | undefined
}

/** Somebody is given a part of an interaction to read: no more than the giver may read at this moment (0120, Grant). */
export function grant(shape: Shape, granting: Granting, newId: () => string): Decided {
  const { interaction, person, by } = granting
  const verdict = mayDoAt(shape, by, 'grant', interaction)
  if (!verdict.ok) return verdict
  if (isHiddenFrom(shape, interaction, person)) return notDone('asks-here')
  const pieces = piecesOf(shape, granting)
  if (pieces.length === 0) return notDone('not-allowed')
  if (pieces.every((piece) => isCovered(piece, grantsOf(shape, granting)))) return notDone('wrong-state')
  const { conversation } = shape
  return {
    ok: true,
    changes: pieces.map(({ from, to }) => ({
      ...{ kind: 'give', right: newId(), conversation, interaction, person, from, to, basis: 'grant', by: by.person },
    })),
  }
}

function piecesOf(shape: Shape, { interaction, by, part }: Granting): Range[] {
  const own = mayRead(shape.spans.get(by.person) ?? [], interaction)
  if (part === undefined || part === 'all') {
    const wanted = { from: part === 'all' ? 1 : lastOf(shape, interaction) + 1, to: null }
    return watches(by) ? [wanted] : within(own, wanted)
  }
  // What was not said yet has no number: up to one, only what stands there is given.
  const said = { from: 1, to: lastOf(shape, interaction) }
  if (watches(by) && own.length === 0) {
    return part.to === undefined ? [{ from: part.from, to: null }] : within([said], { from: part.from, to: part.to })
  }
  const from = positionOf(own, part.from)
  const to = part.to === undefined ? null : positionOf(own, part.to)
  // A number that they do not have: there is nothing by it that could be theirs to give.
  if (from === null || (part.to !== undefined && to === null)) return []
  return within(to === null ? own : within(own, said), { from, to })
}

/** Takes back a `grant`, `observer` or `rule` right whole (0120, Revoke). Who only manages takes back what they gave; who watches, anything. */
export function revoke(
  shape: Shape,
  { interaction, person, by }: { interaction: string; person: string; by: Who },
): Decided {
  const verdict = mayDoAt(shape, by, 'grant', interaction)
  if (!verdict.ok) return verdict
  const taken = shape.rights.filter(
    (right) =>
      right.interaction === interaction && right.person === person && givesSomething(right) && mayTakeBack(right, by),
  )
  if (taken.length === 0) return notDone('wrong-state')
  const isObserver = taken.some(({ basis }) => basis === 'observer')
  const seats = shape.participants.filter(
    (place) =>
      isObserver &&
      place.interaction === interaction &&
      place.person === person &&
      place.role === 'observer' &&
      !place.left,
  )
  return {
    ok: true,
    changes: [
      ...taken.map((right): Change => ({ kind: 'end', right: right.id, was: right.to, is: 0 })),
      ...seats.map((place): Change => ({ kind: 'leave', place: place.id, because: null })),
    ],
  }
}

/** A backchannel is never for who asks where it was opened from (0120, Backchannel). */
export function isHiddenFrom(shape: Shape, interaction: string, person: string): boolean {
  return shape.interactions.get(interaction)?.kind === 'backchannel' && asksOn(shape, interaction, person)
}

/** What they were granted, as far as whoever grants knows of it. */
function grantsOf(shape: Shape, { interaction, person, by }: Granting): Range[] {
  const granted = shape.rights.filter(
    (right) => right.person === person && right.basis === 'grant' && !right.under && mayTakeBack(right, by),
  )
  return mayRead(granted, interaction)
}

const isCovered = (piece: Range, by: readonly Range[]) =>
  by.some((range) => range.from <= piece.from && endOf(range) >= endOf(piece))
/** Who watches takes back whatever was given; others what they gave themselves. What is read by taking part is nobody's to take. */
export const mayTakeBack = (right: Pick<Right, 'basis' | 'by'>, by: Who): boolean =>
  watches(by) ? right.basis !== 'member' : right.basis === 'grant' && right.by === by.person

const givesSomething = (right: Right) => right.to === null || right.to >= right.from
