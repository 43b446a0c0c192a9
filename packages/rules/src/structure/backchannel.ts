import { mayRead, positionOf } from '../point-of-view.ts'
import type { Change } from './changes.ts'
import { type History, join, leave } from './join.ts'
import type { Deed } from './rights.ts'
import { isSealedIn } from './sealed-in.ts'
import {
  hasAnswered,
  type InteractionShape,
  isClosed,
  isIn,
  isTicketClosed,
  lastOf,
  placeOf,
  type Shape,
} from './shape.ts'
import { mayDoAt, type Who, watches } from './standing-at.ts'
import { type Decided, type NotDone, notDone } from './verdict.ts'
import { within } from './within.ts'

/** A new backchannel of an interaction, with who opens it in it from its first position. Whoever else is to be in it is invited. */
export function openBackchannel(
  shape: Shape,
  { by, from, name, category }: { by: Who; from: string; name: string | null; category: string | null },
  newId: () => string,
): Decided<{ readonly interaction: string; readonly place: string }> {
  const verdict = mayDoAt(shape, by, 'open-backchannel', from)
  if (!verdict.ok) return verdict
  if (shape.state === 'closed') return notDone('conversation-closed')
  // Of what has ended one may still talk apart; in a ticket that is closed nothing could be said there.
  if (isTicketClosed(shape, shape.interactions.get(from)?.ticket)) return notDone('interaction-closed')
  if (asksOn(shape, from, by.person)) return notDone('asks-here')
  return opened(shape, { by: by.person, parent: from, purpose: 'talk', name, category }, newId)
}

/** The rows of a backchannel that is opened now. */
export function opened(
  shape: Shape,
  wanted: {
    by: string
    parent: string
    purpose: InteractionShape['purpose']
    name: string | null
    category: string | null
  },
  newId: () => string,
): { readonly ok: true; readonly changes: Change[]; readonly interaction: string; readonly place: string } {
  const { conversation } = shape
  const { by, parent, purpose, name, category } = wanted
  const ticket = shape.interactions.get(parent)?.ticket
  if (ticket === undefined) throw new Error('a backchannel of nothing')
  const interaction = newId()
  const place = newId()
  return {
    ok: true,
    interaction,
    place,
    changes: [
      {
        ...{ kind: 'open-interaction', conversation, interaction, ticket, parent },
        ...{ as: 'backchannel', purpose, name, category },
        ...(isSealedIn(shape, parent) ? { sealed: true } : {}),
      },
      {
        ...{ kind: 'join', place, conversation, interaction, person: by, role: 'responder', manages: true },
        ...{ by: null, alias: null, face: null, via: null },
      },
      {
        ...{ kind: 'give', right: newId(), conversation, interaction, person: by },
        ...{ from: 1, to: null, basis: 'member', by: null },
      },
    ],
  }
}

/** Does this person ask, or have they asked, on the ticket of an interaction? They answer nowhere on it, and are in no backchannel of it. */
export function asksOn({ participants, interactions }: Shape, interaction: string, person: string): boolean {
  const ticket = interactions.get(interaction)?.ticket
  return participants.some(
    (place) =>
      place.person === person && place.role === 'initiator' && interactions.get(place.interaction)?.ticket === ticket,
  )
}

/** May somebody bring others into this interaction, by inviting or by adding them? Whisperers have in theirs who stands where they whisper. */
export function mayBringInto(
  shape: Shape,
  by: Who,
  interaction: string,
  deed: Extract<Deed, 'invite' | 'add'>,
): { readonly ok: true } | NotDone {
  const verdict = mayDoAt(shape, by, deed, interaction)
  if (!verdict.ok) return verdict
  const found = shape.interactions.get(interaction)
  if (shape.state === 'closed') return notDone('conversation-closed')
  if (found && isClosed(shape, found)) return notDone('interaction-closed')
  // Somebody's own space has nobody else in it to begin with, and is an intake.
  const isIntake = found?.kind === 'intake' && shape.kind !== 'own'
  if (isIntake || found?.purpose === 'whisper') return notDone('wrong-state')
  return { ok: true }
}

/** May this person be brought into it? Null: yes. */
export function whyNotInto(shape: Shape, interaction: string, person: string): NotDone['refusal'] | null {
  if (asksOn(shape, interaction, person)) return 'asks-here'
  return isIn(shape, interaction, person) ? 'wrong-state' : null
}

/** People come into an interaction at once, without being asked. */
export function addPeople(
  shape: Shape,
  { by, interaction, people, history }: { by: Who; interaction: string; people: readonly string[]; history: History },
  newId: () => string,
): Decided<{ readonly places: string[] }> {
  const verdict = mayBringInto(shape, by, interaction, 'add')
  if (!verdict.ok) return verdict
  const changes: Change[] = []
  const places: string[] = []
  for (const person of new Set(people)) {
    const not = whyNotInto(shape, interaction, person)
    if (not) return notDone(not)
    const came = comeIn(shape, { interaction, person, by, history, historyOf: interaction, via: null }, newId)
    changes.push(...came.changes)
    places.push(came.place)
  }
  return { ok: true, changes, places }
}

/** An invitation as far as it decides on what becomes of the structure. */
export interface Invited {
  readonly interaction: string
  readonly person: string
  readonly by: Who
  /** In positions of `historyOf`. */
  readonly history: History
  /** What the history is of: the interaction itself, or the one that it was opened from. */
  readonly historyOf: string
  readonly via: { readonly medium: string; readonly address: string | null } | null
}

/** Who was invited comes in. Whom somebody has added meanwhile is there already: nothing changes, and it is no refusal. */
export function acceptInvitation(
  shape: Shape,
  invited: Invited,
  newId: () => string,
): Decided<{ readonly place: string }> {
  const { interaction, person } = invited
  const found = shape.interactions.get(interaction)
  if (!found) return notDone('not-there')
  if (shape.state === 'closed') return notDone('conversation-closed')
  if (isClosed(shape, found)) return notDone('interaction-closed')
  if (asksOn(shape, interaction, person)) return notDone('asks-here')
  const place = placeOf(shape, interaction, person)
  if (place && isIn(shape, interaction, person)) return { ok: true, changes: [], place: place.id }
  return { ok: true, ...comeIn(shape, invited, newId) }
}

function comeIn(
  shape: Shape,
  { interaction, person, by, history, historyOf, via }: Invited,
  newId: () => string,
): { changes: Change[]; place: string } {
  const before = placeOf(shape, interaction, person)
  const own = historyOf === interaction ? history : 'none'
  const changes = join(
    shape,
    { interaction, person, role: 'responder', by: by.person, via, history: own, givesAnything: watches(by) },
    newId,
  )
  const place = before?.id ?? changes.find((change) => change.kind === 'join')?.place
  if (place === undefined) throw new Error('somebody came in without a place')
  if (historyOf !== interaction && history !== 'none') {
    changes.push(...giveHistoryOf(shape, { interaction: historyOf, person, by, history }, newId))
  }
  return { changes, place }
}

/** What was said in another interaction so far, as far as who gives it may read it. */
function giveHistoryOf(
  shape: Shape,
  { interaction, person, by, history }: { interaction: string; person: string; by: Who; history: History },
  newId: () => string,
): Change[] {
  const { conversation } = shape
  const last = lastOf(shape, interaction)
  const from = typeof history === 'object' ? Math.max(1, history.from) : 1
  if (from > last) return []
  const readable = watches(by) ? [{ from: 1, to: last }] : mayRead(shape.spans.get(by.person) ?? [], interaction)
  return within(readable, { from, to: last }).map(({ from: begins, to }) => ({
    ...{ kind: 'give', right: newId(), conversation, interaction, person },
    ...{ from: begins, to, basis: 'grant', by: by.person },
  }))
}

/** A history as its giver counts it, in positions. What they do not read, and may give, they count as it stands. */
export function historyInPositions(shape: Shape, by: string, interaction: string, history: History): History {
  if (typeof history !== 'object') return history
  const ranges = mayRead(shape.spans.get(by) ?? [], interaction)
  if (ranges.length === 0) return history
  const from = positionOf(ranges, history.from)
  return from === null ? 'none' : { from }
}

/** Somebody ends their own part. Who asks goes by closing. */
export function leaveInteraction(shape: Shape, by: Who, interaction: string): Decided {
  const place = placeOf(shape, interaction, by.person)
  if (!shape.interactions.has(interaction)) return notDone('not-there')
  if (!place) return notDone(mayDoAt(shape, by, 'read', interaction).ok ? 'wrong-state' : 'not-there')
  if (place.left) return notDone('wrong-state')
  if (place.role === 'initiator') return notDone('not-allowed')
  return { ok: true, changes: leave(shape, [place.id], whyGone(shape, interaction, null)) }
}

/** Somebody's part is ended for them. */
export function removeFrom(shape: Shape, by: Who, placeId: string): Decided<{ readonly interaction: string }> {
  const place = shape.participants.find(({ id }) => id === placeId)
  if (!place) return notDone('not-there')
  const { interaction } = place
  const verdict = mayDoAt(shape, by, 'remove', interaction)
  if (!verdict.ok) return verdict
  // Who may not see that somebody watches is not told so by a refusal either.
  if (place.role === 'observer' && !watches(by)) return notDone(hasAnswered(shape, place) ? 'wrong-state' : 'not-there')
  if (place.role === 'initiator') return notDone('not-allowed')
  if (place.left) return notDone('wrong-state')
  return { ok: true, interaction, changes: leave(shape, [placeId], whyGone(shape, interaction, 'removed')) }
}

/** Who asks is told why nobody answers any more, and not by whose wish. */
function whyGone(shape: Shape, interaction: string, otherwise: 'removed' | null): string | null {
  return shape.interactions.get(interaction)?.kind === 'exchange' ? 'left' : otherwise
}
