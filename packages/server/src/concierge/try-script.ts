import type { TriedLine, TriedScript, TryEvent } from '@parley/protocol'
import {
  type Advanced,
  advance,
  checkScript,
  type Known,
  newRun,
  type RunEvent,
  type ScriptProblem,
} from '@parley/rules'

export interface TryWanted {
  readonly script: unknown
  /** Left out: the script's own. */
  readonly language?: string
  /** What is known of the request before it begins. */
  readonly known: Known['facts']
  readonly events: readonly TryEvent[]
}

/** Plays a script from its beginning: the same functions as in a conversation, and nothing is stored. */
export function tryScript(
  wanted: TryWanted,
  now: Date,
): { ok: true; tried: TriedScript } | { ok: false; problems: readonly ScriptProblem[] } {
  const checked = checkScript(wanted.script)
  if (!checked.ok) return { ok: false, problems: checked.problems }
  const { script } = checked
  let at = now.getTime()
  let known: Known = { language: wanted.language ?? script.language, facts: wanted.known }
  let state = newRun(script)
  let last: Advanced | null = null
  const lines: TriedLine[] = []
  const told: Record<string, string[]> = {}

  const happen = (event: RunEvent) => {
    const wasAt = state.phase === 'not-begun' ? undefined : state.step
    const text = event.kind === 'begun' ? event.said : event.kind === 'said' ? event.text : ''
    if (text !== '') lines.push({ from: 'visitor', text, ...(wasAt === undefined ? {} : { step: wasAt }) })
    last = advance(script, state, event, known, new Date(at))
    state = last.state
    for (const { text, step, question } of last.says) {
      const choices = question?.kind === 'choice' ? { choices: [...question.choices] } : {}
      lines.push({ from: 'concierge', text, ...(step === null ? {} : { step }), ...choices })
    }
    for (const { about, values } of last.facts) {
      told[about] = [...values]
      known = { ...known, facts: { ...known.facts, [about]: values } }
    }
    const why = whyOf(last)
    const line = lines.at(-1)
    if (why && line) line.why = why
  }

  if (script.begins === 'at-entry') happen({ kind: 'begun', said: '' })
  for (const event of wanted.events) {
    if (event.kind === 'passed') {
      at += event.ms
      if (state.phase !== 'not-begun') happen({ kind: 'time' })
    } else if (state.phase === 'not-begun') happen({ kind: 'begun', said: event.text })
    // No code is sent in a preview: any six digits are it.
    else if (state.phase === 'confirming' && /^\d{6}$/.test(event.text.trim())) happen({ ...event, code: 'right' })
    else happen(event)
  }
  return {
    ok: true,
    tried: { lines, ...standing(last, at), variables: state.variables, facts: told, warnings: [...checked.problems] },
  }
}

function whyOf({ passed, then }: Advanced): string | undefined {
  if (then.kind === 'hand-over') return then.because.kind
  return passed.find(({ what }) => what !== 'reached')?.what
}

function standing(last: Advanced | null, at: number): Pick<TriedScript, 'then' | 'step' | 'goesOnInMs' | 'to'> {
  if (!last) return standingAt('waiting-for-words', null)
  const { state } = last
  const step = state.phase === 'over' ? null : state.step
  const what = last.then
  if (what.kind === 'hand-over') return { ...standingAt('handed-over', step), to: plainDestination(what.to) }
  const then = what.kind === 'wait' ? 'waiting' : what.kind
  const until = what.kind === 'wait' || what.kind === 'waiting-for-answer' ? what.until : null
  return { ...standingAt(then, step), ...(until === null ? {} : { goesOnInMs: Math.max(0, until - at) }) }
}

function standingAt(then: TriedScript['then'], step: string | null): Pick<TriedScript, 'then' | 'step'> {
  return { then, step }
}

type HandedOver = Extract<Advanced['then'], { kind: 'hand-over' }>

function plainDestination({ facts, people, teams }: HandedOver['to']): NonNullable<TriedScript['to']> {
  return {
    ...(facts
      ? { facts: Object.fromEntries(Object.entries(facts).map(([about, values = []]) => [about, [...values]])) }
      : {}),
    ...(people ? { people: [...people] } : {}),
    ...(teams ? { teams: [...teams] } : {}),
  }
}
