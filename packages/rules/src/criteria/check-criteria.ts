import { checkCondition } from './check-condition.ts'
import { checkAway, checkHours } from './check-hours.ts'
import type { Condition, Criteria } from './criteria.ts'
import { type Complain, type CriteriaProblem, isObject, mostProblems } from './criteria-problem.ts'
import { findContradictions } from './find-contradictions.ts'

/** In `all`, `any` and `none` together. */
export const mostConditions = 50
/** Characters of the whole as JSON: some thousand words. A list that is longer is kept elsewhere, as a topic or a field. */
export const mostCharacters = 100_000

export type CheckedCriteria =
  | { readonly ok: true; readonly criteria: Criteria }
  | { readonly ok: false; readonly problems: readonly CriteriaProblem[] }

/**
 * Criteria as somebody sent them: what can be asked for, in bounds and without contradiction, or what is wrong and where. What is given
 * back is trimmed, says nothing twice and has no empty groups; it matches exactly what was sent.
 */
export function checkCriteria(input: unknown): CheckedCriteria {
  const problems: CriteriaProblem[] = []
  const complain: Complain = (path, code, params = {}) => {
    if (problems.length < mostProblems) problems.push({ path, code, params })
  }
  const criteria = read(input, complain)
  if (problems.length === 0) {
    if (JSON.stringify(criteria).length > mostCharacters) complain([], 'too-large', { most: mostCharacters })
    else findContradictions(criteria, complain)
  }
  return problems.length === 0 ? { ok: true, criteria } : { ok: false, problems }
}

const keys = ['all', 'any', 'none', 'hours', 'away']

function read(input: unknown, complain: Complain): Criteria {
  if (!isObject(input)) {
    complain([], 'wrong-shape')
    return {}
  }
  for (const key of Object.keys(input)) if (!keys.includes(key)) complain([key.slice(0, 100)], 'unknown-key')
  const groups = {
    all: listOf(input.all, 'all', complain),
    any: listOf(input.any, 'any', complain),
    none: listOf(input.none, 'none', complain),
  }
  const count = groups.all.length + groups.any.length + groups.none.length
  if (count > mostConditions) {
    complain([], 'too-many-conditions', { most: mostConditions })
    return {}
  }
  const hours = input.hours === undefined ? undefined : checkHours(input.hours, complain)
  const away = input.away === undefined ? [] : checkAway(input.away, complain)
  return {
    ...conditionsOf('all', groups.all, complain),
    ...conditionsOf('any', groups.any, complain),
    ...conditionsOf('none', groups.none, complain),
    ...(hours ? { hours } : {}),
    ...(away.length > 0 ? { away } : {}),
  }
}

function listOf(value: unknown, group: string, complain: Complain): readonly unknown[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value
  complain([group], 'wrong-shape')
  return []
}

function conditionsOf(group: 'all' | 'any' | 'none', list: readonly unknown[], complain: Complain): Criteria {
  const conditions = list.flatMap((value, index): Condition[] => {
    const condition = checkCondition(value, [group, index], complain)
    return condition ? [condition] : []
  })
  return conditions.length > 0 ? { [group]: conditions } : {}
}
