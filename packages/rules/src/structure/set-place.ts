import type { Change } from './changes.ts'
import { houseFace } from './faces.ts'
import { lastOf, type Shape } from './shape.ts'

export interface PlaceWanted {
  readonly alias?: string | undefined
  readonly manages?: boolean | undefined
  readonly role?: 'responder' | 'observer' | undefined
  /** Null: nobody but themselves. */
  readonly face?: string | null | undefined
}

export interface PlaceContext {
  readonly place: string
  readonly by: string
  /** A supervisor or administrator. */
  readonly watches: boolean
  /** They have a place that manages there. */
  readonly manages: boolean
  /** What it is called now, and what others are called, as far as who asks may know. */
  readonly alias: string
  readonly face?: string | null
  readonly others: readonly string[]
  /** What identifies somebody of this conversation: nobody is called by it. */
  readonly identities: readonly string[]
}

export type PlaceVerdict =
  | { readonly ok: true; readonly changes: readonly Change[] }
  | {
      readonly ok: false
      readonly refusal: 'not-there' | 'not-allowed' | 'wrong-state' | 'alias-taken' | 'alias-identifies'
    }

/**
 * Another name, another role, or the right to manage, for somebody's place. What one is called oneself one may choose; for others whoever
 * manages there does. Somebody becomes an observer, or ceases to be one, from the next message on: their rights end and begin anew.
 */
export function setPlace(shape: Shape, context: PlaceContext, wanted: PlaceWanted, newId: () => string): PlaceVerdict {
  const { watches, manages, by } = context
  const place = shape.participants.find(({ id }) => id === context.place)
  if (!place) return { ok: false, refusal: 'not-there' }
  if (place.left) return { ok: false, refusal: 'wrong-state' }
  const isOwn = place.person === by && place.role !== 'observer'
  const mayName = watches || manages || (isOwn && place.role === 'responder')
  if (!mayName || ((wanted.manages !== undefined || wanted.role !== undefined) && !watches && !manages)) {
    return { ok: false, refusal: 'not-allowed' }
  }
  const of = { place: place.id }
  const changes: Change[] = []
  if (wanted.alias !== undefined && wanted.alias !== context.alias) {
    const not = whyNotCalled(context, wanted.alias)
    if (not) return { ok: false, refusal: not }
    changes.push({ kind: 'field', of, field: 'alias', was: context.alias, is: wanted.alias })
  }
  const { face = null } = context
  if (wanted.face !== undefined && wanted.face !== face) {
    // Whoever stands behind it sees who else does.
    if (!watches) return { ok: false, refusal: 'not-allowed' }
    // Others may stand behind the same face; that it is theirs is what it is for.
    if (wanted.face !== null && wanted.face !== houseFace && identifies(context, wanted.face)) {
      return { ok: false, refusal: 'alias-identifies' }
    }
    changes.push({ kind: 'field', of, field: 'face', was: face, is: wanted.face })
  }
  if (wanted.manages !== undefined && wanted.manages !== place.manages) {
    changes.push({ kind: 'field', of, field: 'manages', was: place.manages, is: wanted.manages })
  }
  if (wanted.role !== undefined && wanted.role !== place.role) {
    if (place.role !== 'responder' && place.role !== 'observer') return { ok: false, refusal: 'wrong-state' }
    // Who watches unseen is let in by who may let people watch.
    if (!watches) return { ok: false, refusal: 'not-allowed' }
    changes.push({ kind: 'field', of, field: 'role', was: place.role, is: wanted.role })
    changes.push(...anew(shape, place.interaction, place.person, wanted.role, by, newId))
  }
  return { ok: true, changes }
}

function anew(
  shape: Shape,
  interaction: string,
  person: string,
  role: 'responder' | 'observer',
  by: string,
  newId: () => string,
): Change[] {
  const last = lastOf(shape, interaction)
  const { conversation } = shape
  const open = shape.rights.filter(
    (right) => right.interaction === interaction && right.person === person && right.to === null,
  )
  return [
    ...open.map((right): Change => ({ kind: 'end', right: right.id, was: null, is: last })),
    {
      ...{ kind: 'give', right: newId(), conversation, interaction, person, from: last + 1, to: null },
      ...{ basis: role === 'observer' ? 'observer' : 'member', by },
    },
  ]
}

function whyNotCalled(context: PlaceContext, alias: string): 'alias-identifies' | 'alias-taken' | null {
  if (identifies(context, alias)) return 'alias-identifies'
  return context.others.some((other) => nameKey(other) === nameKey(alias)) ? 'alias-taken' : null
}

const identifies = ({ identities }: PlaceContext, name: string): boolean =>
  identities.some((known) => nameKey(known) === nameKey(name))

/** Names are the same that are read the same. */
function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
