import { numberOf } from '../criteria/normalise.ts'
import type { Held } from './answers-kept.ts'
import { holdsFor } from './holds.ts'
import type { Test, VariableName } from './script.ts'

type OfVariable = Extract<Test, { of: string }>

/** Whether no answer can satisfy all of these tests together. Only what is certain counts: free words may always say anything. */
export function isNeverMet(tests: readonly Test[], held: ReadonlyMap<VariableName, Held>): boolean {
  const byVariable = new Map<VariableName, OfVariable[]>()
  for (const test of tests) {
    if ('of' in test) byVariable.set(test.of, [...(byVariable.get(test.of) ?? []), test])
    else if (test.test !== 'wants-person' && test.oneOf.length === 0) return true
  }
  if (isApart(tests, 'language') || isApart(tests, 'topic')) return true
  return [...byVariable].some(([name, those]) => noneSatisfies(those, held.get(name) ?? { kind: 'any' }))
}

function noneSatisfies(tests: readonly OfVariable[], held: Held): boolean {
  if (tests.some(isImpossible)) return true
  if (held.kind === 'values') return !held.values.some((value) => tests.every((test) => holdsFor(test, value)))
  const listed = tests.find((test) => test.test === 'is' || test.test === 'one-of')
  if (listed) {
    const values = listed.test === 'is' ? [listed.value] : listed.test === 'one-of' ? listed.values : []
    return !values.some((value) => tests.every((test) => holdsFor(test, value)) && isWithin(value, held))
  }
  return !overlap(tests, held)
}

function isWithin(value: string, held: Held): boolean {
  if (held.kind !== 'number') return true
  const number = numberOf(value)
  return number !== null && number >= held.from && number <= held.to
}

/** Whether some number lies within all bounds. */
function overlap(tests: readonly OfVariable[], held: Held): boolean {
  const spans = tests.flatMap((test) => (test.test === 'between' ? [test] : []))
  const from = Math.max(...spans.map((span) => span.from ?? -Infinity), held.kind === 'number' ? held.from : -Infinity)
  const to = Math.min(...spans.map((span) => span.to ?? Infinity), held.kind === 'number' ? held.to : Infinity)
  return from <= to
}

function isImpossible(test: OfVariable): boolean {
  if (test.test === 'one-of') return test.values.length === 0
  if (test.test === 'contains') return test.words.length === 0
  if (test.test === 'between') return (test.from ?? -Infinity) > (test.to ?? Infinity)
  return test.test === 'is' && test.value.trim() === ''
}

/** Two tests of the same that have nothing in common. */
function isApart(tests: readonly Test[], kind: 'language' | 'topic'): boolean {
  const lists = tests.flatMap((test) => (test.test === kind ? [test.oneOf as readonly string[]] : []))
  return lists.length > 1 && !(lists[0] ?? []).some((value) => lists.every((list) => list.includes(value)))
}
