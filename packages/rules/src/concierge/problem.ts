import type { StepId } from './script.ts'

/** One thing that is wrong with a script, and where. A warning does not keep it from being saved. */
export interface ScriptProblem {
  readonly level: 'refused' | 'warning'
  readonly because: ScriptProblemReason
  /** The step; absent for the script as a whole and for its rules. */
  readonly step?: StepId
  /** The rule, counted from 0. */
  readonly rule?: number
  /** Where inside, as a path: `text.de`, `cases.1.when.0`, `answer.choices.2.label`. */
  readonly path?: string
  /** What it is about: the name of a step that is not there, of a variable, a language, the steps of a loop joined by ` → `, a bound. */
  readonly what?: string
}

export type ScriptProblemReason =
  | 'malformed'
  | 'too-many'
  | 'too-long'
  | 'no-start'
  | 'unknown-step'
  | 'dead-end'
  | 'no-way-out'
  | 'loop'
  | 'unreachable'
  | 'text-missing'
  | 'bad-name'
  | 'unknown-variable'
  | 'twice'
  | 'never-met'
  | 'out-of-bounds'

/** Reasons that are remarks: it can be stored, and somebody should look at it. */
const warnings: ReadonlySet<ScriptProblemReason> = new Set(['unreachable'])

export type Where = Pick<ScriptProblem, 'step' | 'rule' | 'path'>

export function problem(because: ScriptProblemReason, where: Where, what?: string): ScriptProblem {
  const level = warnings.has(because) ? 'warning' : 'refused'
  return { level, because, ...where, ...(what === undefined ? {} : { what }) }
}
