import { type Language, languages } from '@parley/model'
import { parseAnswer } from './parse-answer.ts'
import {
  isName,
  readFact,
  readFills,
  readStepName,
  readText,
  readTexts,
  readVariable,
  readWait,
} from './parse-parts.ts'
import { parseTest } from './parse-test.ts'
import type { ScriptProblem } from './problem.ts'
import { type Destination, type Rule, type Script, type Step, scriptBounds } from './script.ts'
import { Shape } from './shape.ts'

/** Reads a script of the format, of whatever is given. Null when it is none: the problems say where. Whether it leads anywhere is not looked at. */
export function parseScript(value: unknown): { script: Script | null; problems: ScriptProblem[] } {
  const problems: ScriptProblem[] = []
  const script = readScript(new Shape(value, {}, problems))
  return { script: problems.length === 0 ? script : null, problems }
}

function readScript(shape: Shape): Script {
  const fields = shape.fields(['format', 'language', 'alias', 'begins', 'start', 'steps', 'rules'])
  const language = fields.language.oneOf<Language>(languages)
  const steps = fields.steps.entries(scriptBounds.steps).map(([id, step]) => {
    if (!isName(id)) step.wrong('bad-name', id.slice(0, 60))
    return [id, readStep(step.as({ step: id.slice(0, 60) }), language)] as const
  })
  return {
    format: fields.format.oneOf([1] as const),
    language,
    ...(fields.alias.isAbsent ? {} : { alias: readAlias(fields.alias) }),
    begins: fields.begins.oneOf(['at-entry', 'with-first-words'] as const),
    start: readStepName(fields.start),
    steps: Object.fromEntries(steps),
    ...(fields.rules.isAbsent
      ? {}
      : {
          rules: fields.rules
            .list(scriptBounds.rules)
            .map((rule, index) => readRule(rule.as({ rule: index }), language)),
        }),
  }
}

const kinds = ['say', 'ask', 'branch', 'set', 'wait', 'hand-over', 'end'] as const

function readStep(shape: Shape, language: Language): Step {
  const kind = shape.field('kind').oneOf(kinds)
  switch (kind) {
    case 'say': {
      const { text, next, at } = shape.fields(['kind', 'text', 'next', 'at'])
      return { kind, text: readTexts(text, language), next: readStepName(next), ...readPlace(at) }
    }
    case 'ask':
      return readAsk(shape, language)
    case 'branch': {
      const { cases, otherwise, at } = shape.fields(['kind', 'cases', 'otherwise', 'at'])
      const read = cases.list(scriptBounds.cases).map((one) => {
        const { when, next } = one.fields(['when', 'next'])
        return { when: when.list(scriptBounds.tests).map(parseTest), next: readStepName(next) }
      })
      return { kind, cases: read, otherwise: readStepName(otherwise), ...readPlace(at) }
    }
    case 'set': {
      const { variable, to, fills, next, at } = shape.fields(['kind', 'variable', 'to', 'fills', 'next', 'at'])
      const value = to.text(scriptBounds.valueLength)
      return {
        kind,
        variable: readVariable(variable),
        to: value,
        ...readFills(fills),
        next: readStepName(next),
        ...readPlace(at),
      }
    }
    case 'wait': {
      const { ms, next, at } = shape.fields(['kind', 'ms', 'next', 'at'])
      return { kind, ms: readWait(ms), next: readStepName(next), ...readPlace(at) }
    }
    case 'hand-over': {
      const { text, to, at } = shape.fields(['kind', 'text', 'to', 'at'])
      return { kind, ...readText(text, language), to: readDestination(to), ...readPlace(at) }
    }
    case 'end': {
      const { text, at } = shape.fields(['kind', 'text', 'at'])
      return { kind, ...readText(text, language), ...readPlace(at) }
    }
  }
}

const askFields = [
  'kind',
  'text',
  'answer',
  'keep',
  'fills',
  'unlessKnown',
  'next',
  'otherwise',
  'reminder',
  'patienceMs',
  'at',
] as const

function readAsk(shape: Shape, language: Language): Step {
  const fields = shape.fields(askFields)
  const { keep, unlessKnown, otherwise, reminder, patienceMs } = fields
  return {
    kind: 'ask',
    text: readTexts(fields.text, language),
    answer: parseAnswer(fields.answer, language),
    ...(keep.isAbsent ? {} : { keep: readVariable(keep) }),
    ...readFills(fields.fills),
    ...(unlessKnown.isAbsent ? {} : { unlessKnown: unlessKnown.flag() }),
    next: readStepName(fields.next),
    ...(otherwise.isAbsent ? {} : { otherwise: readStepName(otherwise) }),
    ...(reminder.isAbsent ? {} : { reminder: readReminder(reminder, language) }),
    ...(patienceMs.isAbsent ? {} : { patienceMs: readWait(patienceMs) }),
    ...readPlace(fields.at),
  }
}

function readReminder(shape: Shape, language: Language) {
  const { afterMs, text } = shape.fields(['afterMs', 'text'])
  return { afterMs: readWait(afterMs), text: readTexts(text, language) }
}

function readRule(shape: Shape, language: Language): Rule {
  const { when, text, to } = shape.fields(['when', 'text', 'to'])
  return { when: when.list(scriptBounds.tests).map(parseTest), ...readText(text, language), to: readDestination(to) }
}

function readDestination(shape: Shape): Destination {
  const { facts, people, teams } = shape.fields(['facts', 'people', 'teams'])
  const values = (list: Shape) => list.list(scriptBounds.choices).map((value) => value.text(scriptBounds.valueLength))
  return {
    ...(facts.isAbsent
      ? {}
      : {
          facts: Object.fromEntries(
            facts.entries(scriptBounds.facts).map(([name, list]) => [readFact(list, name), values(list)]),
          ),
        }),
    ...(people.isAbsent ? {} : { people: values(people) }),
    ...(teams.isAbsent ? {} : { teams: values(teams) }),
  }
}

function readAlias(shape: Shape): string {
  const alias = shape.text(40).trim()
  if (alias === '') shape.wrong('malformed')
  return alias
}

function readPlace(shape: Shape): { at?: { x: number; y: number } } {
  if (shape.isAbsent) return {}
  const { x, y } = shape.fields(['x', 'y'])
  return { at: { x: x.number(-1e6, 1e6), y: y.number(-1e6, 1e6) } }
}
