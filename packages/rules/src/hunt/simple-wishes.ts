import type { Condition, Criteria } from '../criteria/criteria.ts'

/** What a responder's own page asks for in lists, beside whatever else their criteria say: the one condition in `all` about this, if there is one. */
export function listWanted(criteria: Criteria, about: 'topic' | 'language'): readonly string[] | null {
  return criteria.all?.find((condition) => isList(condition, about))?.oneOf ?? null
}

/** The same criteria with this list wanted; null wants any. An empty list wants none. */
export function withListWanted(
  criteria: Criteria,
  about: 'topic' | 'language',
  list: readonly string[] | null,
): Criteria {
  const { all = [], ...rest } = criteria
  const others = all.filter((condition) => !isList(condition, about))
  const wanted = list === null ? others : [...others, { about, oneOf: list }]
  return wanted.length > 0 ? { ...rest, all: wanted } : rest
}

function isList(condition: Condition, about: string): condition is Extract<Condition, { oneOf: readonly string[] }> {
  return condition.about === about && 'oneOf' in condition
}
