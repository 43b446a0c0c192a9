import { type Held, heldBy } from './answers-kept.ts'
import { isNeverMet } from './never-met.ts'
import { parseScript } from './parse-script.ts'
import { problem, type ScriptProblem, type Where } from './problem.ts'
import type { Script, Step, Test, Texts, VariableName } from './script.ts'
import { exitsOf, reachable, ringsAtOnce, stepOf, withWayOut } from './step-graph.ts'
import { namesIn } from './texts.ts'

/** More would not be read. */
const mostProblems = 200

/**
 * Reads a script from outside and looks whether it can be run: every path ends, nothing runs round for ever, nothing is asked of what is
 * never known. Everything that is wrong is told at once, with its place. Warnings alone do not keep it from being run.
 */
export function checkScript(
  value: unknown,
):
  | { ok: true; script: Script; problems: readonly ScriptProblem[] }
  | { ok: false; problems: readonly ScriptProblem[] } {
  const parsed = parseScript(value)
  if (!parsed.script) return { ok: false, problems: parsed.problems.slice(0, mostProblems) }
  const problems = [...checkWays(parsed.script), ...checkNames(parsed.script)].slice(0, mostProblems)
  const isRefused = problems.some(({ level }) => level === 'refused')
  return isRefused ? { ok: false, problems } : { ok: true, script: parsed.script, problems }
}

function checkWays(script: Script): ScriptProblem[] {
  const problems: ScriptProblem[] = []
  if (!stepOf(script, script.start)) problems.push(problem('no-start', { path: 'start' }, script.start))
  for (const [id, step] of Object.entries(script.steps)) {
    for (const { to, path } of exitsOf(step)) {
      if (to.trim() === '') problems.push(problem('dead-end', { step: id, path }))
      else if (!stepOf(script, to)) problems.push(problem('unknown-step', { step: id, path }, to))
    }
  }
  const isWhole = problems.length === 0
  for (const ring of ringsAtOnce(script)) {
    problems.push(problem('loop', { step: ring[0] ?? script.start }, [...ring, ring[0]].join(' → ')))
  }
  const reached = reachable(script)
  // Behind a step that leads nowhere nothing has a way out: that is told already.
  const out = withWayOut(script)
  const first = isWhole ? [...reached].find((id) => !out.has(id)) : undefined
  if (first !== undefined) problems.push(problem('no-way-out', { step: first }))
  for (const id of Object.keys(script.steps)) if (!reached.has(id)) problems.push(problem('unreachable', { step: id }))
  return problems
}

function checkNames(script: Script): ScriptProblem[] {
  const held = heldBy(script)
  const problems: ScriptProblem[] = []
  for (const [id, step] of Object.entries(script.steps)) {
    for (const [path, texts] of textsOf(step)) problems.push(...checkTexts(texts, { step: id }, path, held))
    if (step.kind === 'branch') {
      const cases = step.cases.map(({ when }, index) => ({ when, where: { step: id, path: `cases.${index}` } }))
      problems.push(...checkTests(cases, held))
    }
  }
  for (const [index, rule] of (script.rules ?? []).entries()) {
    if (rule.text) problems.push(...checkTexts(rule.text, { rule: index }, 'text', held))
  }
  const rules = (script.rules ?? []).map(({ when }, index) => ({ when, where: { rule: index } }))
  // A rule that always holds would end every conversation with its first word.
  for (const { when, where } of rules)
    if (when.length === 0) problems.push(problem('malformed', { ...where, path: 'when' }))
  return [...problems, ...checkTests(rules, held)]
}

/** A case is never met when its tests contradict each other or the answers, or when one before it is met whenever it would be. */
function checkTests(
  cases: readonly { when: readonly Test[]; where: Where }[],
  held: ReadonlyMap<VariableName, Held>,
): ScriptProblem[] {
  const problems: ScriptProblem[] = []
  const before: Set<string>[] = []
  for (const { when, where } of cases) {
    const unknown = when.flatMap((test) => ('of' in test && !held.has(test.of) ? [test.of] : []))
    for (const name of unknown) problems.push(problem('unknown-variable', where, name))
    const own = new Set(when.map((test) => JSON.stringify(test)))
    const isTaken = before.some((earlier) => [...earlier].every((test) => own.has(test)))
    if (isTaken || (unknown.length === 0 && isNeverMet(when, held))) problems.push(problem('never-met', where))
    before.push(own)
  }
  return problems
}

function checkTexts(texts: Texts, where: Where, path: string, held: ReadonlyMap<VariableName, Held>): ScriptProblem[] {
  return Object.entries(texts).flatMap(([language, text]) =>
    namesIn(text ?? '').flatMap((name) =>
      held.has(name) ? [] : [problem('unknown-variable', { ...where, path: `${path}.${language}` }, name)],
    ),
  )
}

function textsOf(step: Step): [string, Texts][] {
  const texts: [string, Texts][] = []
  if ('text' in step && step.text) texts.push(['text', step.text])
  if (step.kind === 'set') texts.push(['to', { en: step.to }])
  if (step.kind === 'ask') {
    if (step.reminder) texts.push(['reminder.text', step.reminder.text])
    if (step.answer.kind === 'contact') texts.push(['answer.consent', step.answer.consent])
    if (step.answer.kind === 'choice') {
      for (const [index, { label }] of step.answer.choices.entries())
        texts.push([`answer.choices.${index}.label`, label])
    }
  }
  return texts
}
