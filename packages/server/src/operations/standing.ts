import type { PersonId } from '@parley/model'
import { type AccountRole, type Deed, type DeedVerdict, mayDo, mayRead, type Standing, type Thing } from '@parley/rules'
import { type Structure, spansOf } from '../road/index.ts'
import { interactionsOf, stateOf } from './things.ts'

interface Who {
  readonly person: PersonId
  readonly role: AccountRole | null
}

/** Where somebody stands towards one thing: a ticket or a conversation is as near as the nearest interaction of it. */
export function standingIn(structure: Structure, { person, role }: Who, of: Thing): Standing {
  const inside = new Set(interactionsOf(structure, of))
  const places = structure.participants.filter(
    (place) => place.person === person && !place.left && inside.has(place.interaction),
  )
  const writing = places.filter((place) => place.role !== 'observer')
  const reads = [...inside].some((id) => mayRead(spansOf(structure, person), id).length > 0)
  return {
    role,
    part: writing.length > 0 ? 'member' : places.length > 0 ? 'observer' : reads ? 'reader' : 'none',
    side: writing.length === 0 ? null : writing.some((place) => place.role !== 'initiator') ? 'answering' : 'asking',
    manages: writing.some(({ manages }) => manages),
  }
}

/** May they do this to it? What is none of this conversation is not there. */
export function mayDoTo(structure: Structure, who: Who, deed: Deed, of: Thing): DeedVerdict {
  if (stateOf(structure, of) === null) return { ok: false, refusal: 'not-there' }
  return mayDo(deed, standingIn(structure, who, of))
}
