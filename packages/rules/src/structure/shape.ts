import type { Span, SpanBasis } from '../point-of-view.ts'

/**
 * Who is where in a conversation, as far as the operations on a structure decide on it: no words, no addresses. The server's `Structure`
 * is one.
 */
export interface Shape {
  readonly conversation: string
  readonly kind: 'outside' | 'own'
  readonly visitor: string
  readonly state: 'open' | 'closed'
  readonly tickets: readonly TicketShape[]
  readonly interactions: ReadonlyMap<string, InteractionShape>
  readonly participants: readonly PlaceShape[]
  /** Every right, as it was given. */
  readonly rights: readonly Right[]
  /** What the rights come to, by person: withdrawn positions are taken out. What `mayRead` takes. */
  readonly spans: ReadonlyMap<string, readonly Span[]>
  readonly lastPositions: ReadonlyMap<string, number>
  /** The teams that are let in. */
  readonly teams?: readonly string[]
  /** Are those who answer let see each other? */
  readonly letsSee?: LetsSee | null
  readonly encryption?: Encryption
}

/** `sealed`: encrypted where it lies, and never sent over a medium that cannot carry it so. Left out: `none`. */
export type Encryption = 'none' | 'sealed'

/** Who let those who answer see each other, and what of: from then on or all, and as far as who let them may read it or beyond. */
export interface LetsSee {
  readonly by: string
  readonly history: 'none' | 'all'
  readonly anything: boolean
}

export interface TicketShape {
  readonly id: string
  readonly intake: string
  readonly state: 'open' | 'pending' | 'closed'
  readonly parent: string | null
  readonly mergedInto: string | null
  readonly encryption?: Encryption
}

export interface InteractionShape {
  readonly id: string
  readonly ticket: string
  readonly parent: string | null
  readonly kind: 'intake' | 'exchange' | 'backchannel'
  readonly purpose: 'talk' | 'whisper'
  readonly state: 'open' | 'closed'
  readonly mergedInto: string | null
  /** Positions that nobody may read any more: what was placed there was taken back. */
  readonly withdrawn: readonly number[]
  /** The teams that were let in while it stood open. */
  readonly teams?: readonly string[]
  readonly encryption?: Encryption
}

export type PlaceRole = 'initiator' | 'responder' | 'observer' | 'virtual'

export interface PlaceShape {
  readonly id: string
  readonly interaction: string
  readonly person: string
  readonly role: PlaceRole
  /** May invite, remove and give rights there: who opened it. */
  readonly manages: boolean
  readonly left: boolean
}

/** A right as it stands: a span for one person, with who gave it. */
export interface Right extends Span {
  readonly id: string
  readonly person: string
  readonly basis: SpanBasis
  readonly by: string | null
  /** `let-see`, or the team that was let in: what it ends with. */
  readonly under?: string | null
}

export const lastOf = (shape: Shape, interaction: string): number => shape.lastPositions.get(interaction) ?? 0

/** Who has a place in an interaction and has not left it. */
export function here(shape: Shape, interaction: string): PlaceShape[] {
  return shape.participants.filter((place) => place.interaction === interaction && !place.left)
}

export function placeOf(shape: Shape, interaction: string, person: string): PlaceShape | undefined {
  return shape.participants.find((place) => place.interaction === interaction && place.person === person)
}

/** Is somebody in an interaction as one of its circle? Who only watches is not, and may come in like anybody else. */
export function isIn(shape: Shape, interaction: string, person: string): boolean {
  const place = placeOf(shape, interaction, person)
  return place !== undefined && !place.left && place.role !== 'observer'
}

/**
 * Did somebody who only watches answer there before? Whoever does not see that they watch sees that they have gone: their words stay theirs,
 * and a place that vanished would tell what one that is left does not.
 */
export function hasAnswered({ rights }: Pick<Shape, 'rights'>, { person, interaction, role }: PlaceShape): boolean {
  if (role !== 'observer') return false
  return rights.some(
    (right) => right.person === person && right.interaction === interaction && right.basis === 'member',
  )
}

/** Does it take nothing any more, of itself or because its ticket is closed? */
export function isClosed(shape: Shape, { state, ticket }: InteractionShape): boolean {
  return state === 'closed' || isTicketClosed(shape, ticket)
}

export function isTicketClosed(shape: Shape, ticket: string | undefined): boolean {
  return shape.tickets.some(({ id, state }) => id === ticket && state === 'closed')
}

/** Is it the story so far of a ticket for whoever comes: what it opened with, or an exchange that has ended? `ending`: those that end now. */
export function isOver({ id, kind, state }: InteractionShape, ending: readonly string[] = []): boolean {
  return kind === 'intake' || (kind === 'exchange' && (state === 'closed' || ending.includes(id)))
}

/** Does whose conversation it is have a part in it still? Only erasing ends it everywhere. */
export function isAskerThere({ participants, visitor }: Pick<Shape, 'participants' | 'visitor'>): boolean {
  return participants.some(({ person, left }) => person === visitor && !left)
}

/** Who is in an interaction as who asks. */
export function askingSide(shape: Shape, interaction: string): Set<string> {
  return new Set(here(shape, interaction).flatMap(({ role, person }) => (role === 'initiator' ? [person] : [])))
}

/** Who asks on a ticket: in what it opened with, or, where it was split off, in its exchanges. A conversation that was merged has several. */
export function askersOf(shape: Shape, { ticket, intake }: { ticket: string; intake: string }): Set<string> {
  const there = askingSide(shape, intake)
  if (there.size > 0) return there
  const exchanges = [...shape.interactions.values()].filter((one) => one.ticket === ticket && one.kind === 'exchange')
  const asking = new Set(exchanges.flatMap(({ id }) => [...askingSide(shape, id)]))
  if (asking.size > 0) return asking
  // Who was erased has left all of it, and is brought in nowhere any more.
  return new Set(isAskerThere(shape) ? [shape.visitor] : [])
}
