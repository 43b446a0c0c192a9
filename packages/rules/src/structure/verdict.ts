import type { Change } from './changes.ts'

/** What comes of a decision on structures: the changes to make and what else it found, or why it is refused. */
export type StructureVerdict<R extends string, More = unknown> =
  | ({ readonly ok: true; readonly changes: Change[] } & More)
  | NotDone<R>

export interface NotDone<R extends string = UsualRefusal> {
  readonly ok: false
  readonly refusal: R
}

/** Of those that are refused for the usual reasons. */
export type Decided<More = unknown> = StructureVerdict<UsualRefusal, More>

type UsualRefusal =
  | 'not-there'
  | 'not-allowed'
  | 'conversation-closed'
  | 'interaction-closed'
  | 'wrong-state'
  | 'asks-here'
  | 'no-such-person'

export const changesOf = (changes: Change[]): { ok: true; changes: Change[] } => ({ ok: true, changes })

export const notDone = <R extends string>(refusal: R): NotDone<R> => ({ ok: false, refusal })
