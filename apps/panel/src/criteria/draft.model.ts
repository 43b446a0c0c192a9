import type { ConditionView, CriteriaView, HoursView } from '@parley/protocol'

export const groups = ['all', 'any', 'none'] as const
export type Group = (typeof groups)[number]

/** One condition being edited; `key` stays while its place changes. */
export interface Line {
  readonly key: number
  readonly condition: ConditionView
}

/** Criteria being edited: lines may still be empty. */
export interface Draft {
  readonly all: readonly Line[]
  readonly any: readonly Line[]
  readonly none: readonly Line[]
  readonly hours: HoursView | null
  readonly away: readonly { from: string; to: string }[]
  readonly nextKey: number
}

export function draftOf({ all = [], any = [], none = [], hours, away = [] }: CriteriaView): Draft {
  let key = 0
  const lines = (conditions: readonly ConditionView[]) =>
    conditions.map((condition) => {
      key += 1
      return { key, condition }
    })
  return { all: lines(all), any: lines(any), none: lines(none), hours: hours ?? null, away, nextKey: key + 1 }
}

/** What is saved: every line in its place, so that what is wrong with one can be shown there. */
export function criteriaOf(draft: Draft): CriteriaView {
  return assemble(draft, () => true)
}

/** What is tried before it is saved: lines that say nothing yet are left out. */
export function completeCriteriaOf(draft: Draft): CriteriaView {
  return assemble(draft, isComplete)
}

function assemble({ all, any, none, hours, away }: Draft, counts: (condition: ConditionView) => boolean): CriteriaView {
  const conditions = (lines: readonly Line[]) => lines.map(({ condition }) => condition).filter(counts)
  const parts = { all: conditions(all), any: conditions(any), none: conditions(none) }
  return {
    ...(parts.all.length > 0 ? { all: parts.all } : {}),
    ...(parts.any.length > 0 ? { any: parts.any } : {}),
    ...(parts.none.length > 0 ? { none: parts.none } : {}),
    ...(hours ? { hours } : {}),
    ...(away.length > 0 ? { away } : {}),
  }
}

function isComplete({ oneOf, from, to }: ConditionView): boolean {
  return oneOf ? oneOf.length > 0 : from !== undefined || to !== undefined
}

export function addLine(draft: Draft, group: Group): Draft {
  const line = { key: draft.nextKey, condition: { about: 'topic', oneOf: [] } }
  return { ...draft, [group]: [...draft[group], line], nextKey: draft.nextKey + 1 }
}

export function removeLine(draft: Draft, group: Group, key: number): Draft {
  return { ...draft, [group]: draft[group].filter((line) => line.key !== key) }
}

export function changeLine(draft: Draft, group: Group, key: number, condition: ConditionView): Draft {
  return { ...draft, [group]: draft[group].map((line) => (line.key === key ? { ...line, condition } : line)) }
}

/** The same condition about something else: values of another kind would be nonsense. */
export function changeAbout({ about, ...rest }: ConditionView, next: string): ConditionView {
  if (kindOf(about) === kindOf(next) && isNamed(next)) return { about: next, ...rest }
  return { about: next, oneOf: [] }
}

/** `field` of `field:order`, `topic` of `topic`. */
export const kindOf = (about: string): string => about.split(':', 1)[0] ?? about
/** `order` of `field:order`. */
export const nameOf = (about: string): string => about.slice(kindOf(about).length + 1)
/** Fields, page facts and answers have names of their own, and may be numbers. */
export const isNamed = (about: string): boolean => about.includes(':')

export function isSame(draft: Draft, saved: CriteriaView): boolean {
  return JSON.stringify(criteriaOf(draft)) === JSON.stringify(criteriaOf(draftOf(saved)))
}
