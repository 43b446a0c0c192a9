import type { Script } from '@parley/protocol'
import { type ExitLabel, exitsOf } from './exits.model.ts'

export interface OutlineLine {
  readonly depth: number
  /** The branch that leads here. */
  readonly via: ExitLabel | null
  readonly is:
    | { readonly kind: 'step'; readonly id: string }
    /** Goes on at a step that stands elsewhere in the list. */
    | { readonly kind: 'jump'; readonly from: string; readonly at: string; readonly to: string }
    | { readonly kind: 'nowhere'; readonly from: string; readonly at: string }
}

/**
 * The script as a list: what follows stands below, branches stand indented, and a step to which several branches lead stands once, after
 * all of them. Steps that nothing leads to come last.
 */
export function outlineOf(script: Script): OutlineLine[] {
  const ids = Object.keys(script.steps)
  const waiting = incoming(script)
  const shown = new Set<string>()
  const lines: OutlineLine[] = []

  const show = (id: string, depth: number, via: ExitLabel | null): string[] => {
    shown.add(id)
    lines.push({ depth, via, is: { kind: 'step', id } })
    const exits = script.steps[id] ? exitsOf(script.steps[id]) : []
    const isFork = exits.length > 1
    let later: string[] = []
    for (const { at, to, label } of exits) {
      const inner = isFork ? depth + 1 : depth
      if (!script.steps[to]) {
        lines.push({ depth: inner, via: label, is: { kind: 'nowhere', from: id, at } })
        continue
      }
      const left = (waiting.get(to) ?? 0) - 1
      waiting.set(to, left)
      if (left <= 0 && !shown.has(to) && !later.includes(to)) later = later.concat(show(to, inner, label))
      else {
        if (isFork || shown.has(to) || left > 0)
          lines.push({ depth: inner, via: label, is: { kind: 'jump', from: id, at, to } })
        if (!shown.has(to) && !later.includes(to)) later.push(to)
      }
    }
    if (!isFork) return later
    return settle(later, depth)
  }
  /** Shows those to which nothing more will lead from elsewhere; the others wait for whoever stands outside. */
  const settle = (later: string[], depth: number): string[] => {
    let rest = later
    for (;;) {
      const ready = rest.find((id) => !shown.has(id) && (waiting.get(id) ?? 0) <= 0)
      if (!ready) return rest.filter((id) => !shown.has(id))
      rest = rest.filter((id) => id !== ready).concat(show(ready, depth, null))
    }
  }

  let rest = script.steps[script.start] ? settle(show(script.start, 0, null), 0) : []
  // What only a way back leads to, or nothing at all.
  for (
    let next = rest[0] ?? ids.find((id) => !shown.has(id));
    next;
    next = rest[0] ?? ids.find((id) => !shown.has(id))
  ) {
    const id = next
    rest = settle([...rest.filter((one) => one !== id && !shown.has(one)), ...show(id, 0, null)], 0)
  }
  return lines
}

/** How many ways lead to each step from those that the beginning leads to; a way back is none, or its end would wait for itself. */
function incoming(script: Script): Map<string, number> {
  const count = new Map<string, number>()
  const state = new Map<string, 'open' | 'done'>()
  const visit = (id: string) => {
    state.set(id, 'open')
    for (const { to } of script.steps[id] ? exitsOf(script.steps[id]) : []) {
      if (!script.steps[to] || state.get(to) === 'open') continue
      count.set(to, (count.get(to) ?? 0) + 1)
      if (!state.has(to)) visit(to)
    }
    state.set(id, 'done')
  }
  visit(script.start)
  for (const id of Object.keys(script.steps)) if (!state.has(id)) visit(id)
  return count
}
