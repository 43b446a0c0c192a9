import type { Script, Step, StepId } from './script.ts'

/** One way out of a step. */
export interface Exit {
  readonly to: StepId
  /** Where it stands in the step: `next`, `cases.1.next`, `answer.choices.0.next`. */
  readonly path: string
  /** Taken at once, without waiting for the visitor or the clock. */
  readonly isAtOnce: boolean
}

export function stepOf(script: Script, id: StepId): Step | undefined {
  return Object.hasOwn(script.steps, id) ? script.steps[id] : undefined
}

export function exitsOf(step: Step): Exit[] {
  switch (step.kind) {
    case 'say':
    case 'set':
      return [{ to: step.next, path: 'next', isAtOnce: true }]
    case 'wait':
      return [{ to: step.next, path: 'next', isAtOnce: false }]
    case 'branch':
      return [
        ...step.cases.map(({ next }, index) => ({ to: next, path: `cases.${index}.next`, isAtOnce: true })),
        { to: step.otherwise, path: 'otherwise', isAtOnce: true },
      ]
    case 'ask':
      return exitsOfAsk(step)
    case 'hand-over':
    case 'end':
      return []
  }
}

/** A question that is left out when its answer is known already does not wait for anybody. */
function exitsOfAsk(step: Extract<Step, { kind: 'ask' }>): Exit[] {
  const { answer } = step
  const isAtOnce = step.unlessKnown === true && (step.fills?.length ?? 0) > 0
  const exits = [{ to: step.next, path: 'next', isAtOnce }]
  if (step.otherwise !== undefined) exits.push({ to: step.otherwise, path: 'otherwise', isAtOnce: false })
  if (answer.kind === 'choice') {
    for (const [index, { next }] of answer.choices.entries()) {
      if (next !== undefined) exits.push({ to: next, path: `answer.choices.${index}.next`, isAtOnce })
    }
  }
  if (answer.kind === 'yes-no') {
    if (answer.yes !== undefined) exits.push({ to: answer.yes, path: 'answer.yes', isAtOnce })
    if (answer.no !== undefined) exits.push({ to: answer.no, path: 'answer.no', isAtOnce })
  }
  return exits
}

/** Steps that can be come to from the start, the nearest first. */
export function reachable(script: Script): Set<StepId> {
  const found = new Set<StepId>(stepOf(script, script.start) ? [script.start] : [])
  // What is added while a set is gone through is gone through too.
  for (const id of found) {
    const step = stepOf(script, id)
    for (const { to } of step ? exitsOf(step) : []) if (stepOf(script, to)) found.add(to)
  }
  return found
}

/** All steps, as a visitor comes to them; those that nobody can come to at the end. */
export function stepsInOrder(script: Script): StepId[] {
  return [...new Set([...reachable(script), ...Object.keys(script.steps)])]
}

/** Steps from which an end or a hand-over can be come to. */
export function withWayOut(script: Script): Set<StepId> {
  const before = new Map<StepId, StepId[]>()
  const toLook: StepId[] = []
  for (const [id, step] of Object.entries(script.steps)) {
    const exits = exitsOf(step)
    if (exits.length === 0) toLook.push(id)
    for (const { to } of exits) before.set(to, [...(before.get(to) ?? []), id])
  }
  const found = new Set<StepId>()
  for (let id = toLook.pop(); id !== undefined; id = toLook.pop()) {
    if (found.has(id)) continue
    found.add(id)
    toLook.push(...(before.get(id) ?? []))
  }
  return found
}

/** Rings of steps that would run round without anybody or anything being waited for: each once, beginning where it is entered. */
export function ringsAtOnce(script: Script): StepId[][] {
  const rings: StepId[][] = []
  const done = new Set<StepId>()
  // Depth first without recursion: a script from outside must not choose how deep our stack is.
  for (const root of [script.start, ...Object.keys(script.steps)]) {
    const path: { id: StepId; exits: StepId[] }[] = []
    const enter = (id: StepId) => {
      const from = path.findIndex((on) => on.id === id)
      if (from >= 0) rings.push(path.slice(from).map((on) => on.id))
      else if (!done.has(id)) path.push({ id, exits: atOnce(script, id) })
    }
    enter(root)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.exits.pop()
      if (next !== undefined) enter(next)
      else {
        done.add(top.id)
        path.pop()
      }
    }
  }
  return rings
}

function atOnce(script: Script, id: StepId): StepId[] {
  const step = stepOf(script, id)
  return step ? exitsOf(step).flatMap(({ to, isAtOnce }) => (isAtOnce ? [to] : [])) : []
}
