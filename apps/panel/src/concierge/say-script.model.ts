import type { ScriptAnswer, ScriptFact, ScriptProblem, ScriptStep, ScriptTest, ScriptTexts } from '@parley/protocol'
import { isLanguage, type Language, languageNames } from '../words/words.model.ts'
import type { ExitLabel } from './exits.model.ts'
import type { StepKind } from './script-edit.model.ts'
import type { ScriptWord } from './words/load-script-words.ts'

type SayScript = (word: ScriptWord, values?: Record<string, string | number>) => string

/** What ids stand for. */
export interface Names {
  readonly topics: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
  readonly teams: ReadonlyMap<string, string>
}

/** How it is spoken: by whom, and in which language the script's own texts are shown. */
export interface Speaking {
  readonly say: SayScript
  /** Of the reader. */
  readonly language: Language
  /** Of the script's texts, and the one that every text has. */
  readonly shown: string
  readonly first: string
  readonly names: Names
}

export const kindWords: Record<StepKind, { name: ScriptWord; how: ScriptWord }> = {
  ask: { name: 'kind.ask', how: 'kind.askHow' },
  say: { name: 'kind.say', how: 'kind.sayHow' },
  branch: { name: 'kind.branch', how: 'kind.branchHow' },
  set: { name: 'kind.set', how: 'kind.setHow' },
  wait: { name: 'kind.wait', how: 'kind.waitHow' },
  'hand-over': { name: 'kind.handOver', how: 'kind.handOverHow' },
  end: { name: 'kind.end', how: 'kind.endHow' },
}

export const answerWords: Record<ScriptAnswer['kind'], ScriptWord> = {
  text: 'answer.text',
  choice: 'answer.choice',
  'yes-no': 'answer.yesNo',
  date: 'answer.date',
  number: 'answer.number',
  contact: 'answer.contact',
}

const textIn = (texts: ScriptTexts | undefined, { shown, first }: Pick<Speaking, 'shown' | 'first'>): string =>
  texts?.[shown] || texts?.[first] || ''

/** Cut where there is little room. */
export const short = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** The one line by which a step is known: its words, or what it does. */
export function titleOf(step: ScriptStep, speaking: Speaking): string {
  const { say } = speaking
  switch (step.kind) {
    case 'ask':
    case 'say':
      return textIn(step.text, speaking) || say('step.noText')
    case 'branch': {
      const abouts = step.cases.flatMap(({ when }) => when.map((test) => aboutTest(test, say)))
      return say('step.dependsOn', { what: [...new Set(abouts)].join(', ') })
    }
    case 'set':
      return `${step.variable || '…'} = ${step.to || '…'}`
    case 'wait':
      return say('step.waits', { time: sayTime(step.ms, speaking.language) })
    case 'hand-over':
      return textIn(step.text, speaking) || sayDestination(step.to, speaking)
    case 'end':
      return textIn(step.text, speaking) || say('kind.endHow')
  }
}

export function kindLine(step: ScriptStep, say: SayScript): string {
  const kind = say(kindWords[step.kind].name)
  return step.kind === 'ask' ? `${kind} · ${say(answerWords[step.answer.kind])}` : kind
}

export function sayExit(label: ExitLabel, speaking: Speaking): string {
  const { say } = speaking
  switch (label.kind) {
    case 'yes':
      return say('exit.yes')
    case 'no':
      return say('exit.no')
    case 'answered':
      return say('exit.answered')
    case 'unanswered':
      return say('exit.unanswered')
    case 'otherwise':
      return say('exit.otherwise')
    case 'choices':
      return label.labels.map((texts) => textIn(texts, speaking) || '…').join(' · ')
    case 'tests':
      return label.tests.map((test) => sayTest(test, speaking)).join(' & ') || '…'
  }
}

function sayTest(test: ScriptTest, { say, names }: Speaking): string {
  const about = aboutTest(test, say)
  switch (test.test) {
    case 'is':
      return `${about} = ${test.value || '…'}`
    case 'one-of':
      return `${about} = ${test.values.join(' / ') || '…'}`
    case 'contains':
      return `${about}: ${test.words.map((word) => `“${word}”`).join(', ') || '…'}`
    case 'between':
      if (test.from === undefined) return `${about} ≤ ${test.to ?? '…'}`
      return test.to === undefined ? `${about} ≥ ${test.from}` : `${about} ${test.from}–${test.to}`
    case 'known':
      return `${about} ${say('test.isKnown')}`
    case 'language':
      return `${about}: ${test.oneOf.map(nameOfLanguage).join(', ') || '…'}`
    case 'topic':
      return `${about}: ${test.oneOf.map((id) => names.topics.get(id) ?? id).join(', ') || '…'}`
    case 'wants-person':
      return about
  }
}

function aboutTest(test: ScriptTest, say: SayScript): string {
  switch (test.test) {
    case 'language':
      return say('fact.language')
    case 'topic':
      return say('fact.topic')
    case 'wants-person':
      return say('test.wantsPerson')
    default:
      return sayVariable(test.of, say)
  }
}

const knownWords: Record<string, ScriptWord> = {
  topic: 'fact.topic',
  language: 'fact.language',
  region: 'fact.region',
  site: 'test.site',
  url: 'test.url',
  said: 'test.said',
}
export const knownNames = Object.keys(knownWords)

export function sayVariable(name: string, say: SayScript): string {
  const word = Object.hasOwn(knownWords, name) ? knownWords[name] : undefined
  return word ? say(word) : name || '…'
}

export const nameOfLanguage = (tag: string): string => (isLanguage(tag) ? languageNames[tag] : tag)

export function sayFact(fact: ScriptFact, say: SayScript): string {
  if (fact.startsWith('field:')) return say('fact.field', { name: fact.slice(6) })
  if (fact.startsWith('answer:')) return say('fact.answer', { name: fact.slice(7) })
  return sayVariable(fact, say) === fact ? say('fact.product') : sayVariable(fact, say)
}

export function sayDestination(
  to: { people?: readonly string[]; teams?: readonly string[]; facts?: Partial<Record<string, readonly string[]>> },
  { say, names }: Speaking,
): string {
  const whom = [
    ...(to.people ?? []).map((id) => names.people.get(id) ?? id),
    ...(to.teams ?? []).map((id) => names.teams.get(id) ?? id),
  ]
  if (whom.length > 0) return whom.join(', ')
  const topics = (to.facts?.topic ?? []).map((id) => names.topics.get(id) ?? id)
  return topics.length > 0 ? `${say('fact.topic')}: ${topics.join(', ')}` : say('to.anyone')
}

export function sayProblem(problem: ScriptProblem, say: SayScript): string {
  const what = problem.because === 'text-missing' ? nameOfLanguage(problem.what ?? '') : (problem.what ?? '')
  return say(`problem.${problem.because}`, { what })
}

export const units = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const
export type Unit = keyof typeof units

/** In the largest unit in which it is a whole number. */
export function inUnits(ms: number): { count: number; unit: Unit } {
  for (const unit of ['days', 'hours', 'minutes'] as const) {
    if (ms >= units[unit] && ms % units[unit] === 0) return { count: ms / units[unit], unit }
  }
  return { count: Math.round(ms / units.seconds), unit: 'seconds' }
}

const intlUnits: Record<Unit, string> = { seconds: 'second', minutes: 'minute', hours: 'hour', days: 'day' }

export function sayTime(ms: number, language: string): string {
  const { count, unit } = inUnits(ms)
  return new Intl.NumberFormat(language, { style: 'unit', unit: intlUnits[unit], unitDisplay: 'long' }).format(count)
}
