import { compareFact } from './compare-fact.ts'
import type { About, Condition, Criteria } from './criteria.ts'
import type { Complain } from './criteria-problem.ts'
import { keysOf, normalise } from './normalise.ts'

type Values = Extract<Condition, { oneOf: readonly string[] }>
type Bounds = Exclude<Condition, Values>

/** Complains about wishes that undo each other. The criteria are otherwise in order. */
export function findContradictions({ all = [], any = [], none = [] }: Criteria, complain: Complain): void {
  for (const [group, wishes] of Object.entries({ all, any })) {
    for (const [index, wish] of wishes.entries()) {
      for (const unwanted of none)
        if (unwanted.about === wish.about) refuseUndone(wish, unwanted, [group, index], complain)
    }
  }
  for (const [index, wish] of all.entries()) {
    if (all.slice(0, index).some((earlier) => isNeverBoth(earlier, wish))) complain(['all', index], 'never-both')
  }
}

function refuseUndone(
  wish: Condition,
  unwanted: Condition,
  path: readonly (string | number)[],
  complain: Complain,
): void {
  if (isValues(wish) && isValues(unwanted)) {
    const refuses = refusing(unwanted)
    const index = wish.oneOf.findIndex(refuses)
    const value = wish.oneOf[index]
    if (value !== undefined) complain([...path, 'oneOf', index], 'wanted-and-not-wanted', { value })
  }
  if (!isValues(wish) && !isValues(unwanted) && isWithin(wish, unwanted)) {
    complain(path, 'wanted-and-not-wanted', { value: `${wish.from ?? ''}–${wish.to ?? ''}` })
  }
}

// Whoever wants Alaska and not the United States is asked about neither; the other way round all but Alaska is left.
function refusing({ about, oneOf }: Values): (wanted: string) => boolean {
  if (about === 'words' || about === 'url') return (wanted) => oneOf.some((one) => compareFact(about, one, wanted))
  const unwanted = new Set(oneOf.map((one) => normalise(about, one)))
  return (wanted) => keysOf(about, wanted).some((key) => unwanted.has(key))
}

// Of all other things a request may have several: two products, two words.
const single: readonly About[] = ['site', 'topic', 'language', 'region']

function isNeverBoth(one: Condition, other: Condition): boolean {
  if (!isValues(one) || !isValues(other) || one.about !== other.about || !single.includes(one.about)) return false
  const { about } = one
  return !one.oneOf.some((a) => other.oneOf.some((b) => compareFact(about, a, b) || compareFact(about, b, a)))
}

function isWithin(inner: Bounds, outer: Bounds): boolean {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = outer
  return from <= (inner.from ?? Number.NEGATIVE_INFINITY) && (inner.to ?? Number.POSITIVE_INFINITY) <= to
}

function isValues(condition: Condition): condition is Values {
  return 'oneOf' in condition
}
