import { languages } from '@parley/model'
import type { AskStep, Script, StepId, VariableName } from './script.ts'

/** What a variable may come to hold. */
export type Held =
  | { readonly kind: 'any' }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly from: number; readonly to: number }

/** The variable that keeps the answer to a question. */
export function keptIn(id: StepId, step: AskStep): VariableName {
  return step.keep ?? id
}

/** Everything that tests and texts may name, with what it may hold. */
export function heldBy(script: Script): ReadonlyMap<VariableName, Held> {
  const held = new Map<VariableName, Held>([
    ['topic', { kind: 'any' }],
    ['language', { kind: 'values', values: languages }],
    ['region', { kind: 'any' }],
    ['site', { kind: 'any' }],
    ['url', { kind: 'any' }],
    ['said', { kind: 'any' }],
  ])
  const add = (name: VariableName, more: Held) => {
    const before = held.get(name)
    held.set(name, before ? either(before, more) : more)
  }
  for (const [id, step] of Object.entries(script.steps)) {
    if (step.kind === 'ask') add(keptIn(id, step), heldByAnswer(step))
    if (step.kind === 'set')
      add(step.variable, step.to.includes('{') ? { kind: 'any' } : { kind: 'values', values: [step.to] })
  }
  return held
}

function heldByAnswer({ answer, unlessKnown }: AskStep): Held {
  // What is known from elsewhere need not be one of the answers.
  if (unlessKnown) return { kind: 'any' }
  if (answer.kind === 'choice') return { kind: 'values', values: answer.choices.map(({ value }) => value) }
  if (answer.kind === 'yes-no') return { kind: 'values', values: ['yes', 'no'] }
  if (answer.kind === 'number') return { kind: 'number', from: answer.from ?? -Infinity, to: answer.to ?? Infinity }
  return { kind: 'any' }
}

function either(a: Held, b: Held): Held {
  if (a.kind === 'values' && b.kind === 'values') return { kind: 'values', values: [...a.values, ...b.values] }
  return { kind: 'any' }
}
