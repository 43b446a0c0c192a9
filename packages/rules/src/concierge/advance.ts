import { nearestLanguage } from '@parley/model'
import { keptIn } from './answers-kept.ts'
import { type Asked, hold, valuesOf } from './holds.ts'
import { kindWords } from './kind-words.ts'
import type { Known } from './known.ts'
import { againWords, nextWhenKnown, questionOf } from './question.ts'
import type {
  Advanced,
  GivenContact,
  HandOverReason,
  Passed,
  RunEvent,
  RunSay,
  RunState,
  Then,
  ToldFact,
} from './run.ts'
import {
  type AskStep,
  type Destination,
  type Filled,
  mostSteps,
  mostUnanswered,
  type Script,
  type StepId,
} from './script.ts'
import { stepOf } from './step-graph.ts'
import { asPeopleWrite, speak, spokenLanguage } from './texts.ts'
import { type Understood, understand } from './understand/understand.ts'
import { wantsPerson } from './understand/wants-person.ts'

/** As long as a code is good. */
const codePatienceMs = 900_000

/** A text with long answers in its braces is cut here. */
const mostSaid = 4_000

/** A question is put at most so many times more. */
const mostMisses = 2

export function newRun(script: Script): RunState {
  const nothing = { misses: 0, reminded: false, since: 0, unanswered: 0, steps: 0 }
  return { phase: 'not-begun', step: script.start, variables: {}, ...nothing }
}

/**
 * One thing happens, and the concierge goes on as far as it can: pure, so that it can be tried without a conversation and repeated after a
 * crash. The same script, state, event, knowledge and time give the same.
 */
export function advance(script: Script, state: RunState, event: RunEvent, known: Known, now: Date): Advanced {
  const run = new Running(script, state, known, now)
  if (state.phase === 'over') return run.stop({ kind: 'done', because: 'was-over' })
  switch (event.kind) {
    case 'begun':
      return state.phase === 'not-begun' ? run.begin(event.said) : run.stay()
    case 'said':
      return run.hear(event)
    case 'time':
      return run.passTime()
    case 'nothing-to-confirm':
      return run.needNoCode()
  }
}

/** The values that change while it goes on; gone when it stands still again. */
class Running {
  readonly #script: Script
  readonly #now: Date
  #state: RunState
  #known: Known
  #said = ''
  #wantsPerson = false
  readonly #says: RunSay[] = []
  readonly #facts: ToldFact[] = []
  readonly #passed: Passed[] = []
  #contact: GivenContact | null = null

  constructor(script: Script, state: RunState, known: Known, now: Date) {
    this.#script = script
    this.#state = state
    this.#known = known
    this.#now = now
  }

  begin(said: string): Advanced {
    this.#listen(said)
    return this.#mustHandOver(false) ?? this.#goTo(this.#state.step)
  }

  hear(event: Extract<RunEvent, { kind: 'said' }>): Advanced {
    this.#listen(event.text)
    const { phase, step } = this.#state
    if (phase === 'not-begun') return this.#mustHandOver(false) ?? this.#goTo(step)
    const at = stepOf(this.#script, step)
    if (phase === 'confirming' && at?.kind === 'ask') return this.#hearCode(at, event)
    if (phase !== 'asked' || at?.kind !== 'ask') {
      return this.#mustHandOver(false) ?? this.#goTo(phase === 'waiting' && at?.kind === 'wait' ? at.next : step)
    }
    const understood = understand(at, event.text, this.#spoken(), this.#now)
    const isSurelyMeant = understood.kind === 'answer' && understood.isExact
    // A wish for a person is no answer, unless it is one that was offered.
    if (!isSurelyMeant && this.#wantsPerson) return this.#mustHandOver(false) ?? this.stay()
    if (understood.kind === 'not-understood') return this.#mustHandOver(true) ?? this.#askAgain(at)
    const next = understood.kind === 'answer' ? this.#take(at, understood, event.consents) : null
    if (understood.kind === 'declined') this.#pass('declined')
    return (
      this.#mustHandOver(true) ?? (this.#contact ? this.#awaitCode(at) : this.#goTo(next ?? at.otherwise ?? at.next))
    )
  }

  passTime(): Advanced {
    const { phase, step, since, reminded } = this.#state
    const at = stepOf(this.#script, step)
    if (phase === 'waiting' && at?.kind === 'wait' && this.#now.getTime() >= since + at.ms) return this.#goTo(at.next)
    if (phase === 'confirming' && at?.kind === 'ask') {
      return this.#now.getTime() >= since + codePatienceMs ? this.#goTo(at.next) : this.stay()
    }
    if (phase !== 'asked' || at?.kind !== 'ask') return this.stay()
    const waited = this.#now.getTime() - since
    if (at.patienceMs !== undefined && waited >= at.patienceMs) {
      this.#pass('no-answer')
      return this.#goTo(at.otherwise ?? at.next)
    }
    if (at.reminder && !reminded && waited >= at.reminder.afterMs) {
      this.#pass('reminded')
      this.#say(speak(this.#script, at.reminder.text, this.#asked()))
      this.#set({ reminded: true })
    }
    return this.stay()
  }

  needNoCode(): Advanced {
    const at = stepOf(this.#script, this.#state.step)
    return this.#state.phase === 'confirming' && at?.kind === 'ask' ? this.#goTo(at.next) : this.stay()
  }

  /** Nothing changes: it awaits what it awaited. */
  stay(): Advanced {
    const { phase, step, since, reminded } = this.#state
    const at = stepOf(this.#script, step)
    if (phase === 'waiting' && at?.kind === 'wait') return this.#result({ kind: 'wait', until: since + at.ms })
    if (phase === 'confirming') return this.#result({ kind: 'waiting-for-answer', until: since + codePatienceMs })
    if (phase !== 'asked' || at?.kind !== 'ask') return this.#result({ kind: 'waiting-for-words' })
    const times = [
      at.reminder && !reminded ? since + at.reminder.afterMs : Infinity,
      at.patienceMs === undefined ? Infinity : since + at.patienceMs,
    ]
    const until = Math.min(...times)
    return this.#result({ kind: 'waiting-for-answer', until: Number.isFinite(until) ? until : null })
  }

  stop(then: Then): Advanced {
    this.#set({ phase: 'over' })
    return this.#result(then)
  }

  #listen(said: string): void {
    this.#said = said
    this.#wantsPerson = wantsPerson(said)
    if (said.trim() !== '') this.#set({ unanswered: 0 })
  }

  /** Runs on from a step until it has to wait for somebody, or is over. */
  #goTo(first: StepId): Advanced {
    let id = first
    for (;;) {
      const step = stepOf(this.#script, id)
      this.#set({ step: id, steps: this.#state.steps + 1, misses: 0, reminded: false, since: this.#now.getTime() })
      // A checked script has every step that it names; one that would go on for ever is stopped here.
      if (!step || this.#state.steps > mostSteps) return this.stop({ kind: 'done', because: 'too-many-steps' })
      const speaks = step.kind === 'say' || step.kind === 'ask'
      if (speaks && this.#state.unanswered >= mostUnanswered) {
        this.#set({ phase: 'quiet' })
        return this.#result({ kind: 'waiting-for-words' })
      }
      this.#pass('reached')
      switch (step.kind) {
        case 'say':
          this.#say(speak(this.#script, step.text, this.#asked()))
          id = step.next
          break
        case 'set':
          this.#keep(
            step.variable,
            speak(this.#script, { [this.#script.language]: step.to }, this.#asked()),
            step.fills ?? [],
            null,
          )
          id = step.next
          break
        case 'branch':
          id = step.cases.find(({ when }) => hold(when, this.#asked()))?.next ?? step.otherwise
          break
        case 'ask': {
          const next = this.#knownAlready(step)
          if (next === null) return this.#ask(step)
          id = next
          break
        }
        case 'wait':
          this.#set({ phase: 'waiting' })
          return this.stay()
        case 'hand-over':
          if (step.text) this.#say(speak(this.#script, step.text, this.#asked()))
          return this.#handOver(step.to, { kind: 'step', step: id })
        case 'end':
          if (step.text) this.#say(speak(this.#script, step.text, this.#asked()))
          return this.stop({ kind: 'done', because: 'end' })
      }
    }
  }

  #ask(step: AskStep, before = ''): Advanced {
    const asked = this.#asked()
    const text = [before, speak(this.#script, step.text, asked)].filter((part) => part !== '').join('\n')
    this.#say(text, questionOf(this.#script, step, asked))
    this.#set({ phase: 'asked' })
    return this.stay()
  }

  #askAgain(step: AskStep): Advanced {
    this.#pass('not-understood')
    const misses = this.#state.misses + 1
    if (misses > mostMisses) {
      this.#pass('gave-up')
      return this.#goTo(step.otherwise ?? step.next)
    }
    this.#set({ misses, reminded: false, since: this.#now.getTime() })
    return this.#ask(step, againWords(this.#script, step, this.#asked()))
  }

  #awaitCode(step: AskStep): Advanced {
    this.#say(kindWords[spokenLanguage(this.#script, step.text, this.#asked())].codeSent)
    this.#set({ phase: 'confirming', misses: 0, since: this.#now.getTime() })
    return this.stay()
  }

  /** Who writes something else has better things to do: the code can come later, by the window's own way. */
  #hearCode(step: AskStep, { code }: Extract<RunEvent, { kind: 'said' }>): Advanced {
    const own = kindWords[spokenLanguage(this.#script, step.text, this.#asked())]
    if (code === 'right') {
      this.#pass('confirmed')
      this.#say(own.codeRight)
      return this.#goTo(step.next)
    }
    if (code === 'wrong' && this.#state.misses < mostMisses) {
      this.#set({ misses: this.#state.misses + 1 })
      this.#say(own.codeWrong)
      return this.stay()
    }
    return this.#mustHandOver(false) ?? this.#goTo(step.next)
  }

  /** Keeps an answer; gives where it goes on, or null where the question goes on without one. */
  #take(
    step: AskStep,
    { value, next }: Extract<Understood, { kind: 'answer' }>,
    consents: boolean | undefined,
  ): StepId | null {
    const { answer } = step
    if (answer.kind === 'contact') {
      if (consents === false) {
        this.#pass('declined')
        return null
      }
      this.#contact = { medium: answer.medium, value, consent: speak(this.#script, answer.consent, this.#asked()) }
    }
    this.#pass('answered')
    // An address is no fact of a request: those who are asked for help never see it.
    const name = keptIn(this.#state.step, step)
    const fills: readonly Filled[] = step.fills && step.fills.length > 0 ? step.fills : [`answer:${name}`]
    this.#keep(name, value, answer.kind === 'contact' ? [] : fills, speak(this.#script, step.text, this.#asked()))
    return next ?? step.next
  }

  #keep(name: string, value: string, fills: readonly Filled[], question: string | null): void {
    this.#set({ variables: { ...this.#state.variables, [name]: value } })
    const shown = asPeopleWrite(this.#script, name, value, nearestLanguage(this.#known.language))
    for (const about of fills) {
      this.#facts.push({ about, values: [value], question, shown })
      this.#known = { ...this.#known, facts: { ...this.#known.facts, [about]: [value] } }
    }
  }

  /** Where it goes on when a question need not be asked, as everything that it would tell is known; null when it is to be asked. */
  #knownAlready(step: AskStep): StepId | null {
    const { fills = [] } = step
    if (!step.unlessKnown || fills.length === 0) return null
    const values = fills.map((about) => this.#known.facts[about]?.[0])
    const [value] = values
    if (value === undefined || values.some((one) => one === undefined)) return null
    this.#pass('known-already')
    this.#set({ variables: { ...this.#state.variables, [keptIn(this.#state.step, step)]: value } })
    return nextWhenKnown(step, value)
  }

  /** The first rule that holds; else the visitor's wish for a person, which needs none. */
  #mustHandOver(isAnswered: boolean): Advanced | null {
    const asked = this.#asked(isAnswered ? false : this.#wantsPerson)
    for (const [index, rule] of (this.#script.rules ?? []).entries()) {
      if (!hold(rule.when, asked)) continue
      if (rule.text) this.#say(speak(this.#script, rule.text, asked))
      const isWish = rule.when.some(({ test }) => test === 'wants-person')
      return this.#handOver(rule.to, isWish ? { kind: 'wants-person' } : { kind: 'rule', rule: index })
    }
    return asked.wantsPerson ? this.#handOver({}, { kind: 'wants-person' }) : null
  }

  #handOver(to: Destination, because: HandOverReason): Advanced {
    if (this.#state.phase !== 'not-begun') this.#pass('handed-over')
    for (const [about, values = []] of Object.entries(to.facts ?? {})) {
      this.#facts.push({ about: about as Filled, values, question: null, shown: values.join(', ') })
    }
    return this.stop({ kind: 'hand-over', to, because })
  }

  #asked(wantsPerson = this.#wantsPerson): Asked {
    return { variables: this.#state.variables, known: this.#known, said: this.#said, wantsPerson }
  }

  #spoken(): { language: string; region: string | null } {
    return { language: this.#known.language, region: valuesOf('region', this.#asked())[0] ?? null }
  }

  #say(text: string, question?: RunSay['question']): void {
    if (text === '') return
    const within = text.slice(0, mostSaid)
    this.#says.push({ step: this.#state.step, text: within, ...(question ? { question } : {}) })
    this.#set({ unanswered: this.#state.unanswered + 1 })
  }

  #pass(what: Passed['what']): void {
    this.#passed.push({ step: this.#state.step, what })
  }

  #set(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change }
  }

  #result(then: Then): Advanced {
    const { phase } = this.#state
    if (then.kind === 'hand-over' && phase !== 'over') throw new Error('handed over and not over')
    return {
      state: this.#state,
      says: this.#says,
      facts: this.#facts,
      contact: this.#contact,
      then,
      passed: this.#passed,
    }
  }
}
