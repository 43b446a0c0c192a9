import { applyChanges } from './apply-changes.ts'
import type { Change } from './changes.ts'
import { join, leave } from './join.ts'
import { letNewcomerSee } from './let-see.ts'
import { isNextSealed } from './sealed-in.ts'
import { askersOf, here, isOver, lastOf, type PlaceShape, placeOf, type Shape } from './shape.ts'

export interface Transfer {
  readonly ticket: string
  /** Who transfers it. */
  readonly by: string
  /** They may take it from all who have it, though they have no place there. */
  readonly watches: boolean
  /** Who has it at once; null where people are asked first. */
  readonly to: string | null
  /** Whom it may go to: none of them may have it already. */
  readonly meant: readonly string[]
  /** What the site gives of what was said before, and whether each who answers has an exchange of their own. */
  readonly history: 'all' | 'none'
  readonly circle: 'private' | 'shared'
}

export type TransferVerdict =
  | {
      readonly ok: true
      /** Whose part ends. */
      readonly from: readonly PlaceShape[]
      /** The exchange that whoever has it at once is in. */
      readonly interaction: string | null
      readonly place: string | null
      readonly changes: readonly Change[]
    }
  | {
      readonly ok: false
      readonly refusal: 'not-there' | 'not-allowed' | 'wrong-state' | 'conversation-closed' | 'asks-here'
    }

/**
 * A ticket goes from those who have it to somebody else (0120, Transfer). Who has a place there gives away their own; a supervisor without
 * one that of everybody. Their rights end where it stands. Who gets it at once has an exchange with the asking side and, where the site gives
 * it, a right to what was said so far on the ticket, in the intake and in exchanges that are over.
 */
export function transfer(shape: Shape, wanted: Transfer, newId: () => string): TransferVerdict {
  const ticket = shape.tickets.find(({ id }) => id === wanted.ticket)
  if (!ticket) return { ok: false, refusal: 'not-there' }
  if (shape.state === 'closed') return { ok: false, refusal: 'conversation-closed' }
  if (ticket.state === 'closed' || shape.kind === 'own') return { ok: false, refusal: 'wrong-state' }
  const holding = shape.participants.filter((place) => !place.left && answersOn(shape, place, ticket.id))
  const own = holding.filter(({ person, role }) => person === wanted.by && role === 'responder')
  if (own.length === 0 && !wanted.watches) return { ok: false, refusal: 'not-allowed' }
  const asking = here(shape, ticket.intake).filter(({ role }) => role === 'initiator')
  const isAsking = (person: string) => person === shape.visitor || asking.some((place) => place.person === person)
  if (wanted.meant.some(isAsking)) return { ok: false, refusal: 'asks-here' }
  const people = holding.filter(({ role }) => role === 'responder')
  if (wanted.meant.some((person) => people.some((place) => place.person === person))) {
    return { ok: false, refusal: 'wrong-state' }
  }
  // Nothing scripted is said any more once somebody has it.
  const scripted = holding.filter(({ role }) => role === 'virtual')
  const from = own.length > 0 ? [...own, ...(wanted.to === null ? [] : scripted)] : holding
  const closed = exchangesThatEnd(shape, from, wanted.circle)
  const changes: Change[] = [
    ...leave(
      shape,
      from.map(({ id }) => id),
      'by-hand',
    ),
    ...closed.map((id): Change => ({ kind: 'state', of: { interaction: id }, was: 'open', is: 'closed' })),
  ]
  if (wanted.to === null) return { ok: true, from, interaction: null, place: null, changes }
  const joined = joinExchange(shape, { ...wanted, to: wanted.to }, { intake: ticket.intake, closed }, newId)
  const [after = shape] = applyChanges([shape], [...changes, ...joined.changes])
  const seen = letNewcomerSee(after, { interaction: joined.interaction, person: wanted.to }, newId)
  return { ok: true, from, ...joined, changes: [...changes, ...joined.changes, ...seen] }
}

/** A place that answers on this ticket, towards who asks. */
function answersOn(shape: Shape, { interaction, role }: PlaceShape, ticket: string): boolean {
  const found = shape.interactions.get(interaction)
  return found?.ticket === ticket && found.kind !== 'backchannel' && (role === 'responder' || role === 'virtual')
}

/** Exchanges of their own in which nobody is left who answers, once these have gone. */
export function exchangesThatEnd(shape: Shape, from: readonly PlaceShape[], circle: Transfer['circle']): string[] {
  if (circle === 'shared') return []
  return [...new Set(from.map(({ interaction }) => interaction))].filter((id) => {
    const found = shape.interactions.get(id)
    const others = here(shape, id).some(
      ({ id: place, role }) => role === 'responder' && from.every((one) => one.id !== place),
    )
    return found?.kind === 'exchange' && found.state === 'open' && !others
  })
}

function joinExchange(
  shape: Shape,
  { ticket, to, history, circle }: Transfer & { to: string },
  { intake, closed }: { intake: string; closed: readonly string[] },
  newId: () => string,
): { interaction: string; place: string; changes: Change[] } {
  const { conversation } = shape
  const all = [...shape.interactions.values()].filter((one) => one.ticket === ticket)
  const over = all.filter((one) => isOver(one, closed))
  const story = (history === 'all' ? over : []).flatMap(({ id }): Change[] => {
    const last = lastOf(shape, id)
    const right = { right: newId(), conversation, interaction: id, person: to, by: null }
    return last === 0 ? [] : [{ kind: 'give', ...right, from: 1, to: last, basis: 'rule' }]
  })
  const who = { person: to, role: 'responder', by: null } as const
  const shared =
    circle === 'shared' ? all.find(({ kind, state }) => kind === 'exchange' && state === 'open')?.id : undefined
  if (shared !== undefined) {
    const joined = join(shape, { ...who, interaction: shared, history }, newId)
    const place = placeOf(shape, shared, to)?.id ?? placeIn(joined)
    return { interaction: shared, place, changes: [...joined, ...story] }
  }
  const interaction = newId()
  const askers = askersOf(shape, { ticket, intake })
  const joined = join(shape, { ...who, interaction }, newId)
  const opened: Change[] = [
    {
      ...{ kind: 'open-interaction', conversation, interaction, ticket, parent: intake, as: 'exchange' },
      ...{ purpose: 'talk', name: null, category: null },
      ...(isNextSealed(shape, ticket, closed) ? { sealed: true } : {}),
    },
    ...[...askers].flatMap((person) => join(shape, { interaction, person, role: 'initiator', by: null }, newId)),
  ]
  return { interaction, place: placeIn(joined), changes: [...opened, ...joined, ...story] }
}

function placeIn(changes: readonly Change[]): string {
  const joined = changes.find((change) => change.kind === 'join')
  if (joined?.kind !== 'join') throw new Error('who joins has no place')
  return joined.place
}
