import type { Word } from '../words/words.model.ts'

/** One own fact as a form holds it: anything but a text is shown as JSON. */
export interface FactDraft {
  /** For the list on the screen; a fact that is renamed stays the same line. */
  line: number
  name: string
  value: string
}

/** What a conversation keeps of its beginning is not the house's to change. */
const keptNames = ['page', 'context', 'fields', 'beganOver']
export const mostFacts = 50
export const longestName = 60

export const factsDraft = (metadata: Readonly<Record<string, unknown>>): FactDraft[] =>
  Object.entries(metadata).map(([name, value], line) => ({ line, name, value: written(value) }))

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** What `metadata` is asked for: names that are new or changed, and null for one that is gone. */
export function factsInput(
  was: Readonly<Record<string, unknown>>,
  facts: readonly FactDraft[],
): Record<string, unknown> {
  const now = new Map(facts.map(({ name, value }) => [name.trim(), value] as const).filter(([name]) => name !== ''))
  const gone = Object.keys(was).filter((name) => !now.has(name))
  const changed = [...now].filter(([name, value]) => !Object.hasOwn(was, name) || written(was[name]) !== value)
  return Object.fromEntries([
    ...gone.map((name) => [name, null]),
    ...changed.map(([name, value]) => [name, typedAs(value, Object.hasOwn(was, name) ? was[name] : undefined)]),
  ])
}

/** A number stays a number where it was one; whatever is new is the text that was typed. */
function typedAs(value: string, before: unknown): unknown {
  if (before === undefined || typeof before === 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Why a line cannot be kept as it is; null where it can. */
export function factProblem({ line, name, value }: FactDraft, all: readonly FactDraft[]): Word | null {
  const wanted = name.trim()
  if (wanted === '') return value.trim() === '' ? null : 'details.factNoName'
  if (keptNames.includes(wanted)) return 'details.factKept'
  return all.some((other) => other.line < line && other.name.trim() === wanted) ? 'details.factTwice' : null
}
