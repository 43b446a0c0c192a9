import type { TypedMedium } from '../addresses/index.ts'
import type { Destination, Filled, StepId, VariableName } from './script.ts'

/** Where the concierge stands in a conversation. Plain data, so that it can be stored and gone on with by any process. */
export interface RunState {
  readonly phase: /** Nothing has been said yet. */
    | 'not-begun'
    /** It has asked and awaits the answer. */
    | 'asked'
    /** A code went to the address that it was given, and is to come back. */
    | 'confirming'
    /** It lets time pass. */
    | 'waiting'
    /** It has said a lot without a word of the visitor, and goes on at `step` when there is one. */
    | 'quiet'
    | 'over'
  readonly step: StepId
  readonly variables: Readonly<Record<VariableName, string>>
  /** How often the question that it stands at was not understood. */
  readonly misses: number
  /** Whether the visitor was reminded of it. */
  readonly reminded: boolean
  /** When the step that it stands at was come to, in milliseconds. */
  readonly since: number
  /** Times that it spoke since the visitor's last word. */
  readonly unanswered: number
  /** Steps so far. */
  readonly steps: number
}

/** Something that happens to it. */
export type RunEvent =
  /** The window was opened, or the first words came: `said` is empty or them. */
  | { readonly kind: 'begun'; readonly said: string }
  /**
   * The visitor has said something. `consents`: what they answered to the consent that was asked for; left out, there was no such field.
   * `code`: whether the words are the code that went to their address; left out, they are no code.
   */
  | { readonly kind: 'said'; readonly text: string; readonly consents?: boolean; readonly code?: 'right' | 'wrong' }
  /** No code is needed for the address that was given, or none can be sent. */
  | { readonly kind: 'nothing-to-confirm' }
  /** Time may have come for something. */
  | { readonly kind: 'time' }

/** One thing to say. */
export interface RunSay {
  readonly step: StepId | null
  readonly text: string
  /** Filled for a question: how it can be answered other than in free words. */
  readonly question?:
    | { readonly kind: 'text' | 'date' | 'number' }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    | {
        readonly kind: 'contact'
        readonly medium: TypedMedium
        readonly consent: string
        readonly yes: string
        readonly no: string
      }
}

/** A fact that an answer told, with the question that it answers. */
export interface ToldFact {
  readonly about: Filled
  readonly values: readonly string[]
  /** The question as it was asked; null for what the script itself sets. */
  readonly question: string | null
  /** The answer as people write it. */
  readonly shown: string
}

/** An address that the visitor gave with their consent. */
export interface GivenContact {
  readonly medium: TypedMedium
  readonly value: string
  /** The consent as it was read. */
  readonly consent: string
}

/** What happened at a step: for the funnel and for "why". */
export interface Passed {
  readonly step: StepId
  readonly what:
    | 'reached'
    | 'answered'
    | 'handed-over'
    | 'not-understood'
    | 'declined'
    | 'no-answer'
    | 'gave-up'
    | 'known-already'
    | 'reminded'
    | 'confirmed'
}

/** What follows. Times are milliseconds since 1970. */
export type Then =
  | { readonly kind: 'waiting-for-answer'; readonly until: number | null }
  | { readonly kind: 'waiting-for-words' }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'hand-over'; readonly to: Destination; readonly because: HandOverReason }
  | { readonly kind: 'done'; readonly because: 'end' | 'too-many-steps' | 'was-over' }

export type HandOverReason =
  | { readonly kind: 'step'; readonly step: StepId }
  | { readonly kind: 'rule'; readonly rule: number }
  | { readonly kind: 'wants-person' }

export interface Advanced {
  readonly state: RunState
  readonly says: readonly RunSay[]
  readonly facts: readonly ToldFact[]
  readonly contact: GivenContact | null
  readonly then: Then
  readonly passed: readonly Passed[]
}
