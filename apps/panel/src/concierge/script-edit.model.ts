import type { Script, ScriptStep, ScriptTexts } from '@parley/protocol'
import { allWays, exitsOf, leadTo, waysTo, withoutHidden } from './exits.model.ts'

export type StepKind = ScriptStep['kind']
export const stepKinds: readonly StepKind[] = ['ask', 'say', 'branch', 'set', 'wait', 'hand-over', 'end']

/** A step that was added or changed, and the script with it. */
export interface Edited {
  readonly script: Script
  /** The step to look at now. */
  readonly step: string
}

/** The shortest script that may be saved once its texts are written: a question, and people. */
export function firstScript(language: string): Script {
  const script: Script = {
    format: 1,
    language,
    begins: 'with-first-words',
    start: 'question-1',
    steps: { 'question-1': { kind: 'ask', text: { [language]: '' }, answer: { kind: 'text' }, next: 'hand-over-1' } },
  }
  script.steps['hand-over-1'] = { kind: 'hand-over', to: {} }
  return script
}

const namedAfter: Record<StepKind, string> = {
  ask: 'question',
  say: 'say',
  branch: 'branch',
  set: 'note',
  wait: 'wait',
  'hand-over': 'hand-over',
  end: 'end',
}

function freshId(script: Script, kind: StepKind): string {
  for (let n = 1; ; n += 1) {
    const id = `${namedAfter[kind]}-${n}`
    if (!Object.hasOwn(script.steps, id)) return id
  }
}

function newStep(kind: StepKind, language: string, next: string): ScriptStep {
  const text: ScriptTexts = { [language]: '' }
  switch (kind) {
    case 'ask':
      return { kind, text, answer: { kind: 'text' }, next }
    case 'say':
      return { kind, text, next }
    case 'branch':
      return { kind, cases: [{ when: [{ test: 'known', of: 'topic' }], next }], otherwise: next }
    case 'set':
      return { kind, variable: '', to: '', next }
    case 'wait':
      return { kind, ms: 30_000, next }
    case 'hand-over':
      return { kind, to: {} }
    case 'end':
      return { kind }
  }
}

/** A new step on one way on from another; it goes on where that way led. `null` puts it at the beginning. */
export function addAfter(script: Script, after: { step: string; at: string } | null, kind: StepKind): Edited {
  const id = freshId(script, kind)
  if (!after) {
    const steps = { ...script.steps, [id]: newStep(kind, script.language, script.start) }
    return { script: { ...script, steps, start: id }, step: id }
  }
  const before = script.steps[after.step]
  if (!before) return { script, step: after.step }
  // An answer that had no way of its own went on with the others.
  const to = allWays(before).find(({ at }) => at === after.at)?.to ?? ('next' in before ? before.next : '')
  const steps = placed(script.steps, after.step, id, newStep(kind, script.language, to))
  return { script: { ...script, steps: { ...steps, [after.step]: leadTo(before, after.at, id) } }, step: id }
}

/** Beside the one it follows, so that the file reads in the order in which it was written. */
function placed(steps: Script['steps'], after: string, id: string, step: ScriptStep): Script['steps'] {
  return Object.fromEntries(
    Object.entries(steps).flatMap(([name, one]) =>
      name === after
        ? [
            [name, one],
            [id, step],
          ]
        : [[name, one]],
    ),
  )
}

/** Takes a step out: what led to it leads where it went on; nowhere, when it was the last. */
export function removeStep(script: Script, id: string): Edited {
  const step = script.steps[id]
  if (!step) return { script, step: script.start }
  const on = exitsOf(step).find(({ to }) => to !== id && to !== '')?.to ?? ''
  const ways = waysTo(script, id)
  const steps = { ...script.steps }
  for (const { from, at } of ways) {
    const before = steps[from]
    if (before) steps[from] = leadTo(before, at, on)
  }
  delete steps[id]
  const start = script.start === id ? on || (Object.keys(steps)[0] ?? '') : script.start
  const looked = ways.find(({ from }) => from !== id)?.from ?? start
  return { script: { ...script, steps, start }, step: looked }
}

export const replaceStep = (script: Script, id: string, step: ScriptStep): Script => ({
  ...script,
  steps: { ...script.steps, [id]: withoutHidden(step) },
})

export function connect(script: Script, from: { step: string; at: string }, to: string): Script {
  const step = script.steps[from.step]
  return step ? replaceStep(script, from.step, leadTo(step, from.at, to)) : script
}

/** Another kind of step in the same place, with what both have. */
export function changeKind(script: Script, id: string, kind: StepKind): Script {
  const step = script.steps[id]
  if (!step || step.kind === kind) return script
  const next = exitsOf(step).find(({ to }) => to !== '')?.to ?? ''
  const fresh = newStep(kind, script.language, next)
  const text = 'text' in step ? step.text : undefined
  const hasWords = text && Object.values(text).some((one) => one.trim() !== '')
  if (
    hasWords &&
    (fresh.kind === 'ask' || fresh.kind === 'say' || fresh.kind === 'hand-over' || fresh.kind === 'end')
  ) {
    fresh.text = text
  }
  return replaceStep(script, id, fresh)
}

const nameLetters = /^[a-z0-9_-]{1,40}$/

/** Why a step may not be called so; null when it may. */
export function nameFault(script: Script, id: string, name: string): 'letters' | 'taken' | null {
  if (!nameLetters.test(name)) return 'letters'
  return name !== id && Object.hasOwn(script.steps, name) ? 'taken' : null
}

/** Another name for a step, wherever it is named: in ways on, and as the variable of a question that has no other. */
export function renameStep(script: Script, id: string, name: string): Edited {
  if (name === id || nameFault(script, id, name)) return { script, step: id }
  const isVariable = script.steps[id]?.kind === 'ask' && variableOf(script, id) === id
  const steps = Object.fromEntries(
    Object.entries(script.steps).map(([key, step]) => {
      let renamed = step
      for (const { at, to } of allWays(step)) if (to === id) renamed = leadTo(renamed, at, name)
      return [key === id ? name : key, isVariable ? withVariable(renamed, id, name) : renamed]
    }),
  )
  const rules = script.rules?.map((rule) => (isVariable ? withVariable(rule, id, name) : rule))
  const start = script.start === id ? name : script.start
  return { script: { ...script, steps, start, ...(rules ? { rules } : {}) }, step: name }
}

function variableOf(script: Script, id: string): string | null {
  const step = script.steps[id]
  if (step?.kind === 'ask') return step.keep ?? id
  return step?.kind === 'set' ? step.variable : null
}

/** All names that a test or a text may ask about, besides those that are always known. */
export function variablesOf(script: Script): string[] {
  const names = Object.keys(script.steps).flatMap((id) => variableOf(script, id) || [])
  return [...new Set(names)]
}

/** In tests (`of`) and in texts (`{name}`), however deep. */
function withVariable<T>(value: T, from: string, to: string): T
function withVariable(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(`{${from}}`, `{${to}}`)
  if (Array.isArray(value)) return value.map((one) => withVariable(one, from, to))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'of' && one === from ? to : withVariable(one, from, to)]),
  )
}
