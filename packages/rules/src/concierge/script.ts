import type { Language } from '@parley/model'
import type { TypedMedium } from '../addresses/index.ts'

/**
 * What the concierge says and asks, as data: a public format, kept in files and handed from one installation to another. `format` rises
 * when a reader of the format before would misunderstand it. A script that `checkScript` refuses is never stored, and a stored version is
 * never changed: a conversation goes on with the version that it began with.
 */
export interface Script {
  readonly format: 1
  /** The language that every text has; spoken where the visitor's is missing. */
  readonly language: Language
  /** Under this name it speaks; left out, as "assistant" in the visitor's language. */
  readonly alias?: string
  /** When it begins: as soon as the window is opened, before the visitor has written a word, or with their first words. */
  readonly begins: 'at-entry' | 'with-first-words'
  /** The step that it begins with. */
  readonly start: StepId
  readonly steps: Readonly<Record<StepId, Step>>
  /** Looked at whenever the visitor has said something, in this order, once their words were taken as an answer. */
  readonly rules?: readonly Rule[]
}

/** A letter of a to z, then letters, digits, `-` and `_`; at most 40. Shown in the funnel and in refusals, and never to visitors. */
export type StepId = string

/** A letter of a to z, then letters, digits, `-` and `_`; at most 40. Shown in texts as `{name}`. */
export type VariableName = string

/**
 * What to say, by language. `{name}` stands for what the variable of that name holds, as people write it: the label of a choice, not its
 * value; nothing while it holds nothing. At most 2,000 characters each.
 */
export type Texts = Readonly<Partial<Record<Language, string>>>

/** Where the editor draws a step. No meaning besides. */
export interface Place {
  readonly x: number
  readonly y: number
}

export type Step = SayStep | AskStep | BranchStep | SetStep | WaitStep | HandOverStep | EndStep

/** Says something and goes on. */
export interface SayStep {
  readonly kind: 'say'
  readonly text: Texts
  readonly next: StepId
  readonly at?: Place
}

/**
 * Asks, and waits for the answer. What is not understood is asked again, kindly, twice at the most; then it goes on at `otherwise` (or
 * `next`) without an answer.
 */
export interface AskStep {
  readonly kind: 'ask'
  readonly text: Texts
  readonly answer: AnswerKind
  /** The variable that keeps the answer. Left out, the step's own id names it. */
  readonly keep?: VariableName
  /**
   * Which facts of the request the answer tells: they reach those who are being asked for help, and refine the search, at once. Left out:
   * `answer:` and the name of the variable. An address tells none.
   */
  readonly fills?: readonly Filled[]
  /** Not asked when all that it `fills` is known already: the answer is then the fact. */
  readonly unlessKnown?: boolean
  readonly next: StepId
  /** Where it goes on without an answer. */
  readonly otherwise?: StepId
  /** Said once, when the visitor has not answered for a while. */
  readonly reminder?: { readonly afterMs: number; readonly text: Texts }
  /** When the visitor has not answered for so long, it goes on at `otherwise` (or `next`). Left out: it waits as long as the conversation is open. */
  readonly patienceMs?: number
  readonly at?: Place
}

/** What kind of answer is understood. What the variable holds is said for each. */
export type AnswerKind =
  /** Any words, held as they were written. */
  | { readonly kind: 'text' }
  /** One of these, by its number, its label (in any language that it has) or nearly its label. Holds the value. */
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  /** Holds `yes` or `no`. */
  | { readonly kind: 'yes-no'; readonly yes?: StepId; readonly no?: StepId }
  /** A day, as people write one. Holds `2026-12-24`. */
  | { readonly kind: 'date' }
  /** A number within these bounds (both included), as people write one. Holds it with a point: `1250.5`. */
  | { readonly kind: 'number'; readonly from?: number; readonly to?: number }
  /**
   * An address at which the visitor can be reached later. The consent is shown with the question, and the address is kept only with it: a
   * tick in the form, or, where there are no forms, giving the address in answer to the very question that states it. Holds the address.
   */
  | { readonly kind: 'contact'; readonly medium: TypedMedium; readonly consent: Texts }

export interface Choice {
  /** Held in the variable, and the fact that is filled: for `topic`, the topic's id. Unique in its question. */
  readonly value: string
  readonly label: Texts
  /** Goes on here instead of at the question's `next`. */
  readonly next?: StepId
}

/** Something that is known about a request, and that responders' criteria may ask for. */
export type Filled = 'topic' | 'product' | 'language' | 'region' | `field:${string}` | `answer:${string}`

/** Goes on at the first case whose tests all hold, else at `otherwise`. */
export interface BranchStep {
  readonly kind: 'branch'
  readonly cases: readonly { readonly when: readonly Test[]; readonly next: StepId }[]
  readonly otherwise: StepId
  readonly at?: Place
}

/** Gives a variable a value (which may hold other variables in braces), and goes on. */
export interface SetStep {
  readonly kind: 'set'
  readonly variable: VariableName
  readonly to: string
  /** Also tells these facts of the request. */
  readonly fills?: readonly Filled[]
  readonly next: StepId
  readonly at?: Place
}

/** Waits and goes on. What the visitor says meanwhile ends the wait, as their words have to be answered. One second to seven days. */
export interface WaitStep {
  readonly kind: 'wait'
  readonly ms: number
  readonly next: StepId
  readonly at?: Place
}

/** Its part ends, and people are found: those whom the destination says, with the story so far. */
export interface HandOverStep {
  readonly kind: 'hand-over'
  /** Said before; left out, it goes without a word. */
  readonly text?: Texts
  readonly to: Destination
  readonly at?: Place
}

/** Its part ends. Whoever is being looked for is looked for still. */
export interface EndStep {
  readonly kind: 'end'
  readonly text?: Texts
  readonly at?: Place
}

/** Whom a conversation is handed to. Nothing in it: to the next responder that the search finds. */
export interface Destination {
  /** What the request is about from here on. */
  readonly facts?: Readonly<Partial<Record<Filled, readonly string[]>>>
  /** Person ids: these only. */
  readonly people?: readonly string[]
  /** Team and department ids: these only. */
  readonly teams?: readonly string[]
}

/**
 * When all its tests hold, the concierge's part ends at once and the conversation is handed over. That a visitor who wishes for a person
 * gets one needs no rule; a rule with `wants-person` says whom.
 */
export interface Rule {
  readonly when: readonly Test[]
  readonly text?: Texts
  readonly to: Destination
}

/**
 * A question about what is known. `of` names a variable, or one of the facts `topic`, `language`, `region`, `site`, `url`; `said` is what
 * the visitor wrote last. A test of what holds nothing does not hold.
 */
export type Test =
  /** The same text, case and white space aside. */
  | { readonly test: 'is'; readonly of: VariableName; readonly value: string }
  | { readonly test: 'one-of'; readonly of: VariableName; readonly values: readonly string[] }
  /** One of these words or phrases stands in it, as whole words, case aside; a trailing `*` for any ending: `leak*`. */
  | { readonly test: 'contains'; readonly of: VariableName; readonly words: readonly string[] }
  /** It is a number, and within these bounds (both included). */
  | { readonly test: 'between'; readonly of: VariableName; readonly from?: number; readonly to?: number }
  /** It holds something. */
  | { readonly test: 'known'; readonly of: VariableName }
  /** The visitor's language is one of these. */
  | { readonly test: 'language'; readonly oneOf: readonly Language[] }
  /** The topic is one of these, by id. */
  | { readonly test: 'topic'; readonly oneOf: readonly string[] }
  /** The visitor wishes to talk to a person. */
  | { readonly test: 'wants-person' }

/** What a variable of a script may not be called: these are known without it. */
export const knownNames = ['topic', 'language', 'region', 'site', 'url', 'said'] as const

/** Bounds of a script, looked at when it is saved. */
export const scriptBounds = {
  steps: 200,
  choices: 20,
  cases: 20,
  tests: 10,
  rules: 50,
  words: 100,
  textLength: 2_000,
  labelLength: 200,
  valueLength: 200,
  facts: 10,
  leastWaitMs: 1_000,
  mostWaitMs: 7 * 86_400_000,
} as const

/** The most that the concierge says without a word of the visitor in between; then it falls silent until they say something. */
export const mostUnanswered = 10

/** The most steps of one conversation; then its part ends. */
export const mostSteps = 300
