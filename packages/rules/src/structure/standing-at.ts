import { mayRead } from '../point-of-view.ts'
import { type AccountRole, type Deed, type DeedVerdict, mayDo, type Standing } from './rights.ts'
import type { Shape } from './shape.ts'

/** Who does something. */
export interface Who {
  readonly person: string
  /** Null for a visitor, and for whoever has left the account. */
  readonly role: AccountRole | null
}

/** Where somebody stands towards some interactions taken together: as near as to the nearest of them. */
export function standingAmong(shape: Shape, { person, role }: Who, inside: ReadonlySet<string>): Standing {
  const places = shape.participants.filter(
    (place) => place.person === person && !place.left && inside.has(place.interaction),
  )
  const writing = places.filter((place) => place.role !== 'observer')
  const spans = shape.spans.get(person) ?? []
  const reads = [...inside].some((id) => mayRead(spans, id).length > 0)
  return {
    role,
    part: writing.length > 0 ? 'member' : places.length > 0 ? 'observer' : reads ? 'reader' : 'none',
    side: writing.length === 0 ? null : writing.some((place) => place.role !== 'initiator') ? 'answering' : 'asking',
    manages: writing.some(({ manages }) => manages),
  }
}

/** Where somebody stands towards one interaction. */
export function standingAt(shape: Shape, who: Who, interaction: string): Standing {
  return standingAmong(shape, who, new Set([interaction]))
}

/** May they do this to that interaction? What is none of this conversation is not there. */
export function mayDoAt(shape: Shape, who: Who, deed: Deed, interaction: string): DeedVerdict {
  if (!shape.interactions.has(interaction)) return { ok: false, refusal: 'not-there' }
  return mayDo(deed, standingAt(shape, who, interaction))
}

/** Do they watch over the account, and may give what they do not read themselves? */
export const watches = ({ role }: Pick<Who, 'role'>): boolean => role === 'supervisor' || role === 'administrator'
