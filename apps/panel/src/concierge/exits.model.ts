import type { Script, ScriptAnswer, ScriptStep, ScriptTest, ScriptTexts } from '@parley/protocol'

/** One way on from a step. `''` as `to` is a way that leads nowhere yet. */
export interface Exit {
  /** `next`, `otherwise`, `yes`, `no`, `choice.0`, `case.0`: where in the step it is written. */
  readonly at: string
  readonly to: string
  readonly label: ExitLabel | null
}

/** What an arrow says, to be put into words where it is drawn. */
export type ExitLabel =
  | { readonly kind: 'yes' | 'no' | 'answered' | 'unanswered' | 'otherwise' }
  | { readonly kind: 'choices'; readonly labels: readonly ScriptTexts[] }
  | { readonly kind: 'tests'; readonly tests: readonly ScriptTest[] }

/** Every way on from a step, in the order of its branches; a way that can never be taken is none. */
export function exitsOf(step: ScriptStep): Exit[] {
  switch (step.kind) {
    case 'hand-over':
    case 'end':
      return []
    case 'say':
    case 'set':
    case 'wait':
      return [{ at: 'next', to: step.next, label: null }]
    case 'branch':
      return [
        ...step.cases.map(({ when, next }, index) => exit(`case.${index}`, next, { kind: 'tests', tests: when })),
        exit('otherwise', step.otherwise, { kind: 'otherwise' }),
      ]
    case 'ask': {
      const { own, rest } = answered(step.answer)
      const isOpen = rest === null || rest.kind !== 'none'
      const exits = [...own]
      if (isOpen || step.otherwise === undefined) {
        const label = rest?.kind === 'none' ? ({ kind: 'unanswered' } as const) : (rest ?? null)
        const isOnly = own.length === 0 && step.otherwise === undefined
        exits.push(exit('next', step.next, isOnly ? null : own.length > 0 ? label : { kind: 'answered' }))
      }
      if (step.otherwise !== undefined) exits.push(exit('otherwise', step.otherwise, { kind: 'unanswered' }))
      return exits
    }
  }
}

const exit = (at: string, to: string, label: ExitLabel | null): Exit => ({ at, to, label })

/** Answers that have a way of their own, and what is left for `next`. */
function answered(answer: ScriptAnswer): { own: Exit[]; rest: ExitLabel | { kind: 'none' } | null } {
  if (answer.kind === 'yes-no') {
    const own: Exit[] = []
    if (answer.yes !== undefined) own.push(exit('yes', answer.yes, { kind: 'yes' }))
    if (answer.no !== undefined) own.push(exit('no', answer.no, { kind: 'no' }))
    if (own.length === 2) return { own, rest: { kind: 'none' } }
    return { own, rest: own.length === 0 ? null : { kind: answer.yes === undefined ? 'yes' : 'no' } }
  }
  if (answer.kind !== 'choice') return { own: [], rest: null }
  const own = answer.choices.flatMap(({ next, label }, index) =>
    next === undefined ? [] : [exit(`choice.${index}`, next, { kind: 'choices', labels: [label] })],
  )
  const others = answer.choices.filter(({ next }) => next === undefined).map(({ label }) => label)
  if (others.length === 0 && own.length > 0) return { own, rest: { kind: 'none' } }
  return { own, rest: { kind: 'choices', labels: others } }
}

/** A `next` that can never be taken leads where `otherwise` does, so that no fault hides in what is not drawn. */
export function withoutHidden(step: ScriptStep): ScriptStep {
  if (step.kind !== 'ask' || step.otherwise === undefined) return step
  const isHidden = step.next !== step.otherwise && !exitsOf(step).some(({ at }) => at === 'next')
  return isHidden ? { ...step, next: step.otherwise } : step
}

/** The same step with one way on leading elsewhere. */
export const leadTo = (step: ScriptStep, at: string, to: string): ScriptStep => withoutHidden(led(step, at, to))

function led(step: ScriptStep, at: string, to: string): ScriptStep {
  const [what, index] = at.split('.')
  if (step.kind === 'ask') {
    if (what === 'next' || what === 'otherwise') return { ...step, [what]: to }
    if (step.answer.kind === 'yes-no' && (what === 'yes' || what === 'no')) {
      return { ...step, answer: { ...step.answer, [what]: to } }
    }
    if (step.answer.kind === 'choice' && what === 'choice') {
      const choices = step.answer.choices.map((one, n) => (n === Number(index) ? { ...one, next: to } : one))
      return { ...step, answer: { ...step.answer, choices } }
    }
    return step
  }
  if (step.kind === 'branch') {
    if (what === 'otherwise') return { ...step, otherwise: to }
    return { ...step, cases: step.cases.map((one, n) => (n === Number(index) ? { ...one, next: to } : one)) }
  }
  return 'next' in step ? { ...step, next: to } : step
}

/** Every way that leads to a step: from which, and by which exit. */
export function waysTo(script: Script, id: string): { from: string; at: string }[] {
  return Object.entries(script.steps).flatMap(([from, step]) =>
    allWays(step)
      .filter(({ to }) => to === id)
      .map(({ at }) => ({ from, at })),
  )
}

/** Also those that can never be taken: a `next` behind choices that all have a way of their own. */
export function allWays(step: ScriptStep): { at: string; to: string }[] {
  const drawn = exitsOf(step)
  if (step.kind !== 'ask' || drawn.some(({ at }) => at === 'next')) return drawn
  return [...drawn, { at: 'next', to: step.next }]
}
