import { maySee } from '../point-of-view.ts'
import type { Change, Sealable, Thing } from './changes.ts'
import { mayDo } from './rights.ts'
import { isSealedIn, isTicketSealed } from './sealed-in.ts'
import type { Shape } from './shape.ts'
import { standingAmong, type Who, watches } from './standing-at.ts'
import { changesOf, type Decided, notDone } from './verdict.ts'

/** A message as far as it decides on whether it is sealed. */
export interface SealedMessage {
  readonly author: string
  readonly sealed: boolean
  /** Where it stands in this conversation. */
  readonly stands: readonly { readonly interaction: string; readonly position: number }[]
}

/**
 * From now on this is sealed, with all that stands in it (0138). Who watches over it seals anything; who manages an interaction, that one;
 * who said something, what they said. What is sealed stays so: these changes are none to be undone.
 */
export function seal(
  shape: Shape,
  { of, by, message }: { of: Sealable; by: Who; message: SealedMessage | null },
): Decided {
  if ('message' in of) return sealMessage(shape, by, message)
  const inside = interactionsIn(shape, of)
  if (inside === null) return notDone('not-there')
  const deed = 'interaction' in of ? 'seal-interaction' : 'seal'
  const verdict = mayDo(deed, standingAmong(shape, by, new Set(inside)))
  if (!verdict.ok) return verdict
  if (isSealed(shape, of)) return notDone('wrong-state')
  // What is part of a ticket says so itself, and stays sealed wherever it is moved.
  const parts = 'ticket' in of ? inside.filter((id) => shape.interactions.get(id)?.encryption !== 'sealed') : []
  return changesOf([becomes(of), ...parts.map((interaction) => becomes({ interaction }))])
}

function sealMessage(shape: Shape, by: Who, message: SealedMessage | null): Decided {
  if (!message) return notDone('not-there')
  const spans = shape.spans.get(by.person) ?? []
  const reads = message.stands.some(({ interaction, position }) => maySee(spans, interaction, position))
  if (!reads && !watches(by)) return notDone('not-there')
  if (message.author !== by.person && !watches(by)) return notDone('not-allowed')
  return message.sealed ? notDone('wrong-state') : changesOf([])
}

const becomes = (of: Thing): Change => ({ kind: 'field', of, field: 'encryption', was: 'none', is: 'sealed' })

function isSealed(shape: Shape, of: Exclude<Sealable, { message: string }>): boolean {
  if ('interaction' in of) return isSealedIn(shape, of.interaction)
  return 'ticket' in of ? isTicketSealed(shape, of.ticket) : shape.encryption === 'sealed'
}

/** Null: there is no such thing. */
function interactionsIn(shape: Shape, of: Exclude<Sealable, { message: string }>): string[] | null {
  if ('interaction' in of) return shape.interactions.has(of.interaction) ? [of.interaction] : null
  const all = [...shape.interactions.values()]
  if ('conversation' in of) return all.map(({ id }) => id)
  if (!shape.tickets.some(({ id }) => id === of.ticket)) return null
  return all.flatMap(({ id, ticket }) => (ticket === of.ticket ? [id] : []))
}
