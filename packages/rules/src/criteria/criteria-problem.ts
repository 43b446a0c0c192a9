/** What is wrong with criteria that somebody wants to save. `params` are for the sentence about it. */
export type CriteriaProblemCode =
  | 'wrong-shape'
  | 'unknown-key'
  /** most */
  | 'too-large'
  /** most */
  | 'too-many-conditions'
  | 'unknown-about'
  | 'no-values'
  /** most */
  | 'too-many-values'
  | 'empty-value'
  /** most */
  | 'too-long'
  | 'no-bounds'
  | 'not-a-number'
  /** from, to */
  | 'bounds-crossed'
  /** value */
  | 'bad-language'
  | 'bad-network'
  | 'bad-pattern'
  | 'no-word'
  | 'star-inside'
  /** value: wanted, and by `none` not wanted */
  | 'wanted-and-not-wanted'
  /** Two conditions of `all` about something of which a request has one, with nothing in common. */
  | 'never-both'
  /** value */
  | 'unknown-time-zone'
  | 'no-hours'
  | 'bad-span'
  /** most */
  | 'too-many-spans'
  /** value */
  | 'bad-holiday'
  /** value */
  | 'bad-instant'
  | 'away-crossed'

export interface CriteriaProblem {
  /** Where: `['all', 2, 'oneOf', 17]`. */
  readonly path: readonly (string | number)[]
  readonly code: CriteriaProblemCode
  readonly params: Readonly<Record<string, string | number>>
}

/** More would be a wall of text; whoever mends these sees the rest. */
export const mostProblems = 20

/** Takes note of what is wrong. */
export type Complain = (
  path: CriteriaProblem['path'],
  code: CriteriaProblemCode,
  params?: CriteriaProblem['params'],
) => void

export type Fields = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
