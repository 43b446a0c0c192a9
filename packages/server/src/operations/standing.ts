import { type Deed, type DeedVerdict, mayDo, type Standing, standingAmong, type Thing, type Who } from '@parley/rules'
import type { Structure } from '../road/index.ts'
import { interactionsOf, stateOf } from './things.ts'

/** Where somebody stands towards one thing: a ticket or a conversation is as near as the nearest interaction of it. */
export function standingIn(structure: Structure, who: Who, of: Thing): Standing {
  return standingAmong(structure, who, new Set(interactionsOf(structure, of)))
}

/** Nobody watches over what is somebody's own: there a supervisor is whom its owner has let in, or nobody. */
export function asInOne<Someone extends Who>(
  { kind, visitor }: Pick<Structure, 'kind' | 'visitor'>,
  who: Someone,
): Someone {
  const isOthers = kind === 'own' && visitor !== who.person
  return isOthers && who.role !== null && who.role !== 'responder' ? { ...who, role: 'operator' } : who
}

/** May they do this to it? What is none of this conversation is not there. */
export function mayDoTo(structure: Structure, who: Who, deed: Deed, of: Thing): DeedVerdict {
  if (stateOf(structure, of) === null) return { ok: false, refusal: 'not-there' }
  return mayDo(deed, standingIn(structure, who, of))
}
