import { mayRead } from '../point-of-view.ts'
import { type AccountRole, type Deed, type DeedVerdict, mayDo, type Standing } from './rights.ts'
import { placeOf, type Shape } from './shape.ts'

/** Who does something. */
export interface Who {
  readonly person: string
  /** Null for a visitor, and for whoever has left the account. */
  readonly role: AccountRole | null
}

/** Where somebody stands towards one interaction. */
export function standingAt(shape: Shape, { person, role }: Who, interaction: string): Standing {
  const place = placeOf(shape, interaction, person)
  const isHere = place !== undefined && !place.left
  const writes = isHere && place.role !== 'observer'
  const reads = mayRead(shape.spans.get(person) ?? [], interaction).length > 0
  return {
    role,
    part: writes ? 'member' : isHere ? 'observer' : reads ? 'reader' : 'none',
    side: writes ? (place.role === 'initiator' ? 'asking' : 'answering') : null,
    manages: writes && place.manages,
  }
}

/** May they do this to that interaction? What is none of this conversation is not there. */
export function mayDoAt(shape: Shape, who: Who, deed: Deed, interaction: string): DeedVerdict {
  if (!shape.interactions.has(interaction)) return { ok: false, refusal: 'not-there' }
  return mayDo(deed, standingAt(shape, who, interaction))
}

/** Do they watch over the account, and may give what they do not read themselves? */
export const watches = ({ role }: Pick<Who, 'role'>): boolean => role === 'supervisor' || role === 'administrator'
