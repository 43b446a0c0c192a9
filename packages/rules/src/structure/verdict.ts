import type { Change } from './changes.ts'

/** What comes of a decision on structures: the changes, or why there are none. */
export type StructureVerdict<R extends string> =
  | { readonly ok: true; readonly changes: Change[] }
  | { readonly ok: false; readonly refusal: R }

export const changesOf = (changes: Change[]): { ok: true; changes: Change[] } => ({ ok: true, changes })

export const refuseWith = <R extends string>(refusal: R): { ok: false; refusal: R } => ({ ok: false, refusal })
