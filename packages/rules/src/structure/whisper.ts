import { opened } from './backchannel.ts'
import type { Change } from './changes.ts'
import { join, leave } from './join.ts'
import { here, isClosed, placeOf, type Shape } from './shape.ts'
import { mayDoAt, type Who } from './standing-at.ts'
import { type Decided, notDone } from './verdict.ts'

/**
 * Where a whisper is said: the backchannel of its parent that is kept for this whisperer, with everyone in it who is on the answering side of
 * the parent now. Made when it is first needed.
 */
export function whisper(
  shape: Shape,
  { by, parent }: { by: Who; parent: string },
  newId: () => string,
): Decided<{ readonly interaction: string }> {
  const verdict = mayDoAt(shape, by, 'whisper', parent)
  if (!verdict.ok) return verdict
  if (shape.state === 'closed') return notDone('conversation-closed')
  const found = shape.interactions.get(parent)
  if (found && isClosed(shape, found)) return notDone('interaction-closed')
  if (found?.purpose === 'whisper') return notDone('wrong-state')
  if (here(shape, parent).some(({ person, role }) => person === by.person && role === 'initiator')) {
    return notDone('asks-here')
  }
  const heard = listeners(shape, parent, by.person)
  if (heard.length === 0) return notDone('no-such-person')
  const before = whisperedIn(shape, parent, by.person)
  if (before === null) {
    const made = opened(shape, { by: by.person, parent, purpose: 'whisper', name: null, category: null }, newId)
    return {
      ok: true,
      interaction: made.interaction,
      changes: [...made.changes, ...heard.flatMap((person) => enter(shape, made.interaction, person, by, newId))],
    }
  }
  const gone = here(shape, before).filter(({ person }) => person !== by.person && !heard.includes(person))
  const changes: Change[] = []
  if (shape.interactions.get(before)?.state === 'closed') {
    changes.push({ kind: 'state', of: { interaction: before }, was: 'closed', is: 'open' })
  }
  for (const person of [by.person, ...heard]) changes.push(...enter(shape, before, person, by, newId))
  const ids = gone.map(({ id }) => id)
  changes.push(...leave(shape, ids, null))
  return { ok: true, interaction: before, changes }
}

function enter(shape: Shape, interaction: string, person: string, by: Who, newId: () => string): Change[] {
  return join(shape, { interaction, person, role: 'responder', by: by.person }, newId)
}

/** Everyone here who answers, but who whispers. */
function listeners(shape: Shape, parent: string, whisperer: string): string[] {
  const answering = here(shape, parent).filter(({ role }) => role !== 'initiator' && role !== 'observer')
  return [...new Set(answering.flatMap(({ person }) => (person === whisperer ? [] : [person])))]
}

/** The one of these that is kept for this whisperer: they manage it. */
function whisperedIn(shape: Shape, parent: string, whisperer: string): string | null {
  for (const one of shape.interactions.values()) {
    if (one.parent !== parent || one.purpose !== 'whisper' || one.mergedInto !== null) continue
    if (placeOf(shape, one.id, whisperer)?.manages) return one.id
  }
  return null
}
