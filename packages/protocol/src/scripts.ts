/*
 * Scripts of the concierge over HTTP, for administrators: `/api/desk/admin/scripts`. The format itself is explained in
 * packages/rules/src/concierge/script.ts; the types here are the same, and the server's compiler sees that they stay so.
 *
 * GET    /api/desk/admin/scripts                 ScriptList
 * POST   /api/desk/admin/scripts                 SaveScript → ScriptView (201), or ScriptRefused (422)
 * GET    /api/desk/admin/scripts/:id             ScriptView; `?version=3` gives that version's steps
 * PUT    /api/desk/admin/scripts/:id             SaveScript with `basedOn` → ScriptView; ScriptRefused; 409 `changed-meanwhile`
 * PATCH  /api/desk/admin/scripts/:id             ChangeScript → ScriptView
 * PUT    /api/desk/admin/scripts/order           { ids } (all of them, first asked first) → ScriptList
 * POST   /api/desk/admin/scripts/check           { script } → { problems }
 * POST   /api/desk/admin/scripts/try             TryScript → TriedScript, or ScriptRefused
 * GET    /api/desk/admin/scripts/:id/funnel      ScriptFunnel of the newest version; `?version=3` of that one, `&days=30` of what began since
 */
import type { TypedMedium } from './http.ts'

export interface Script {
  format: 1
  /** BCP 47, one of the eleven. Every text has it. */
  language: string
  alias?: string
  begins: 'at-entry' | 'with-first-words'
  start: string
  steps: Record<string, ScriptStep>
  rules?: ScriptRule[]
}

/** By language. */
export type ScriptTexts = Record<string, string>

export interface ScriptPlace {
  x: number
  y: number
}

export type ScriptStep =
  | { kind: 'say'; text: ScriptTexts; next: string; at?: ScriptPlace }
  | ScriptAsk
  | { kind: 'branch'; cases: { when: ScriptTest[]; next: string }[]; otherwise: string; at?: ScriptPlace }
  | { kind: 'set'; variable: string; to: string; fills?: ScriptFact[]; next: string; at?: ScriptPlace }
  | { kind: 'wait'; ms: number; next: string; at?: ScriptPlace }
  | { kind: 'hand-over'; text?: ScriptTexts; to: ScriptDestination; at?: ScriptPlace }
  | { kind: 'end'; text?: ScriptTexts; at?: ScriptPlace }

export interface ScriptAsk {
  kind: 'ask'
  text: ScriptTexts
  answer: ScriptAnswer
  keep?: string
  fills?: ScriptFact[]
  unlessKnown?: boolean
  next: string
  otherwise?: string
  reminder?: { afterMs: number; text: ScriptTexts }
  patienceMs?: number
  at?: ScriptPlace
}

export type ScriptAnswer =
  | { kind: 'text' }
  | { kind: 'choice'; choices: ScriptChoice[] }
  | { kind: 'yes-no'; yes?: string; no?: string }
  | { kind: 'date' }
  | { kind: 'number'; from?: number; to?: number }
  | { kind: 'contact'; medium: TypedMedium; consent: ScriptTexts }

export interface ScriptChoice {
  value: string
  label: ScriptTexts
  next?: string
}

export type ScriptFact = 'topic' | 'product' | 'language' | 'region' | `field:${string}` | `answer:${string}`

export interface ScriptDestination {
  facts?: Partial<Record<ScriptFact, string[]>>
  people?: string[]
  teams?: string[]
}

export interface ScriptRule {
  when: ScriptTest[]
  text?: ScriptTexts
  to: ScriptDestination
}

export type ScriptTest =
  | { test: 'is'; of: string; value: string }
  | { test: 'one-of'; of: string; values: string[] }
  | { test: 'contains'; of: string; words: string[] }
  | { test: 'between'; of: string; from?: number; to?: number }
  | { test: 'known'; of: string }
  | { test: 'language'; oneOf: string[] }
  | { test: 'topic'; oneOf: string[] }
  | { test: 'wants-person' }

/** One thing that is wrong with a script, and where. A warning does not keep it from being saved. */
export interface ScriptProblem {
  level: 'refused' | 'warning'
  because: ScriptProblemReason
  /** The step; absent for the script as a whole and for its rules. */
  step?: string
  /** The rule, counted from 0. */
  rule?: number
  /** Where inside, as a path: `text.de`, `cases.1.when.0`, `answer.choices.2.label`. */
  path?: string
  /** What it is about: the name of a step that is not there, of a variable, a language, the steps of a loop joined by ` → `, a bound. */
  what?: string
}

export type ScriptProblemReason =
  | 'malformed' // not of the format: at `path`
  | 'too-many' // more steps, choices, cases, tests, rules or words than `what`
  | 'too-long' // a text of more than `what` characters
  | 'no-start' // it begins with a step that is not there
  | 'unknown-step' // goes on at `what`, which is not there
  | 'dead-end' // goes on nowhere
  | 'no-way-out' // from here no end and no hand-over can be reached
  | 'loop' // would run for ever: the steps `what` come round without a question or a wait
  | 'unreachable' // (warning) nothing leads here
  | 'text-missing' // without a text in `what`
  | 'bad-name' // a name with other letters than a–z, digits, - and _, or one that is known without it
  | 'unknown-variable' // `what` is kept by no step
  | 'twice' // `what` stands there twice
  | 'never-met' // no answer can ever satisfy it
  | 'out-of-bounds' // a number or a wait outside what is allowed

/** Which script is taken: the first of the list that is on and fits. Left out or empty: any. */
export interface ScriptChosenBy {
  /** Topic ids. */
  topics?: string[]
  /** Site ids. */
  sites?: string[]
  /** Patterns of the page's address, `*` for any run of characters. */
  urls?: string[]
  /** Direct links, by id. */
  links?: string[]
}

export interface ScriptSummary {
  id: string
  name: string
  isOn: boolean
  /** The newest. */
  version: number
  savedAt: string
  chosenBy: ScriptChosenBy
  begins: Script['begins']
  /** Conversations of the last 30 days. */
  runs: number
  /** How many warnings there are. */
  remarks: number
}

export interface ScriptList {
  /** In the order in which they are tried. */
  scripts: ScriptSummary[]
}

export interface ScriptView extends ScriptSummary {
  script: Script
  /** The version of `script`. */
  shown: number
  /** Newest first. */
  versions: { version: number; savedAt: string; savedBy: string | null }[]
  /** Warnings. */
  problems: ScriptProblem[]
}

export interface SaveScript {
  name: string
  chosenBy?: ScriptChosenBy
  script: Script
  /** The version that was edited: another one saved meanwhile is not overwritten. */
  basedOn?: number
}

export interface ChangeScript {
  name?: string
  isOn?: boolean
  chosenBy?: ScriptChosenBy
}

/** A `Problem` with what is wrong. */
export interface ScriptRefused {
  reason: 'script-refused'
  text: string
  problems: ScriptProblem[]
}

/** Plays a script from its beginning. Nothing is stored: the same request gives the same answer. */
export interface TryScript {
  script: Script
  /** The visitor's. */
  language?: string
  /** What is known of the request before it begins: topic, language, region, site, url. */
  known?: Record<string, string>
  /** What happens, in order; at most 200. It begins at entry or with the first words, as the script says. */
  events: TryEvent[]
}

export type TryEvent =
  | { kind: 'said'; text: string; consents?: boolean }
  /** So much time passes: waits, reminders and patience end. */
  | { kind: 'passed'; ms: number }

export interface TriedScript {
  lines: TriedLine[]
  then: 'waiting-for-words' | 'waiting-for-answer' | 'waiting' | 'handed-over' | 'done'
  /** The step it stands at; null when its part is over or has not begun. */
  step: string | null
  /** When it goes on by itself, in milliseconds from now. */
  goesOnInMs?: number
  to?: ScriptDestination
  variables: Record<string, string>
  facts: Record<string, string[]>
  warnings: ScriptProblem[]
}

export interface TriedLine {
  from: 'concierge' | 'visitor'
  text: string
  /** The step that said it, or that the visitor answered. */
  step?: string
  /** Shown as buttons. */
  choices?: string[]
  /** Why it went on as it did: `answered`, `not-understood`, `wants-person`, `rule`, `gave-up` … */
  why?: string
}

export interface ScriptFunnel {
  version: number
  /** Conversations in which it ran. */
  runs: number
  steps: FunnelStep[]
  /** How the runs ended, or that they did not. */
  ended: Record<FunnelEnd, number>
}

export type FunnelEnd = 'running' | 'done' | 'handed-over' | 'silenced' | 'left'

/** A run counts once at each step, however often it came by. */
export interface FunnelStep {
  step: string
  reached: number
  /** Answered what was asked. */
  answered: number
  /** Came no further: the conversation ended here, or nothing has been said for a day. */
  left: number
  /** Handed over from here, by the step itself, by a rule, or by a wish for a person. */
  handedOver: number
  /** A person answered while it stood here. */
  silenced: number
}
