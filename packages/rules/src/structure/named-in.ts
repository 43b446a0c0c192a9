import type { Change, Thing } from './changes.ts'

/** What these changes are about, by id. Of a link its ends are named, and of one person who is another what was theirs. */
export interface NamedIn {
  readonly conversations: string[]
  readonly tickets: string[]
  readonly interactions: string[]
  readonly places: string[]
  readonly rights: string[]
}

export function namedIn(changes: readonly Change[]): NamedIn {
  const named: NamedIn = { conversations: [], tickets: [], interactions: [], places: [], rights: [] }
  const { conversations, tickets, interactions, places, rights } = named
  const nameThing = (thing: Thing) => {
    if ('conversation' in thing) conversations.push(thing.conversation)
    else if ('ticket' in thing) tickets.push(thing.ticket)
    else if ('interaction' in thing) interactions.push(thing.interaction)
    else places.push(thing.place)
  }
  for (const change of changes) {
    switch (change.kind) {
      case 'open-ticket':
      case 'move-ticket':
        tickets.push(change.ticket)
        break
      case 'open-interaction':
      case 'give':
      case 'move-interaction':
      case 'place':
      case 'withdraw':
        interactions.push(change.interaction)
        break
      case 'join':
      case 'leave':
      case 'return':
      case 'redirect':
        places.push(change.place)
        break
      case 'end':
        rights.push(change.right)
        break
      case 'state':
      case 'merged':
      case 'field':
        nameThing(change.of)
        break
      case 'become':
        conversations.push(...(change.rows.conversations ?? []))
        places.push(...(change.rows.places ?? []))
        rights.push(...(change.rows.rights ?? []))
        break
      case 'link':
      case 'unlink':
        nameThing(change.a)
        nameThing(change.b)
        break
    }
  }
  return named
}
