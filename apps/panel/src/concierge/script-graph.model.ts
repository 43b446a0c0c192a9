import type { Script } from '@parley/protocol'
import { exitsOf } from './exits.model.ts'
import type { Arrow, Box, Laid } from './lay-out.model.ts'
import { type Speaking, sayExit } from './say-script.model.ts'

/** An arrow of the diagram: one way on, or several that lead from the same step to the same one. */
export interface Way extends Arrow {
  readonly step: string
  /** The ways on that it stands for. */
  readonly ats: readonly string[]
  readonly words: string
}

export interface ScriptGraph {
  readonly boxes: readonly Box[]
  readonly ways: readonly Way[]
  /** Boxes that stand for a way that leads nowhere, by their id. */
  readonly nowhere: ReadonlyMap<string, { step: string; at: string }>
}

const boxSize = { width: 216, height: 86 }
const nowhereSize = { width: 168, height: 44 }
const labelHeight = 24
const widest = 180

/** What there is to draw. */
export function graphOf(script: Script, speaking: Speaking): ScriptGraph {
  const boxes: Box[] = Object.keys(script.steps).map((id) => ({ id, ...boxSize }))
  const nowhere = new Map<string, { step: string; at: string }>()
  const ways = new Map<string, Way>()
  for (const [step, one] of Object.entries(script.steps)) {
    for (const { at, to, label } of exitsOf(one)) {
      let target = to
      if (!Object.hasOwn(script.steps, to)) {
        target = `${step}:${at}`
        nowhere.set(target, { step, at })
        boxes.push({ id: target, ...nowhereSize })
      }
      const id = `${step}>${target}`
      const before = ways.get(id)
      const words = [before?.words, label ? sayExit(label, speaking) : ''].filter(Boolean).join(' · ')
      ways.set(id, {
        id,
        step,
        from: step,
        to: target,
        ats: [...(before?.ats ?? []), at],
        words,
        label: { width: words === '' ? 22 : roomFor(words), height: labelHeight },
      })
    }
  }
  return { boxes, ways: [...ways.values()], nowhere }
}

/** Letters of the far East are twice as wide; what does not fit is cut by the style, and whole in the step's form. */
function roomFor(words: string): number {
  const letters = [...words].reduce((sum, letter) => sum + (letter > '⺀' ? 13 : 7.8), 0)
  return Math.min(widest, Math.round(letters + 40))
}

export type Towards = 'up' | 'down' | 'left' | 'right' | 'first' | 'last'

/** The box that an arrow key leads to: along the arrows up and down, along the row to the sides. */
export function boxTowards(laid: Laid, ways: readonly Way[], from: string, towards: Towards): string {
  const row = laid.rows.find((ids) => ids.includes(from)) ?? []
  const x = (id: string) => laid.boxes.get(id)?.x ?? 0
  const nearest = (ids: readonly string[]) =>
    [...ids].sort((a, b) => Math.abs(x(a) - x(from)) - Math.abs(x(b) - x(from)))[0] ?? from
  const beside = row[row.indexOf(from) + (towards === 'left' ? -1 : 1)]
  const index = laid.rows.indexOf(row)
  switch (towards) {
    case 'first':
      return laid.rows[0]?.[0] ?? from
    case 'last':
      return laid.rows.at(-1)?.at(-1) ?? from
    case 'left':
    case 'right':
      return beside ?? from
    case 'down': {
      const next = ways
        .filter((way) => way.from === from && laid.arrows.get(way.id)?.runs === 'down')
        .map((way) => way.to)
      return nearest(next.length > 0 ? next : (laid.rows[index + 1] ?? []))
    }
    case 'up': {
      const above = ways
        .filter((way) => way.to === from && laid.arrows.get(way.id)?.runs === 'down')
        .map((way) => way.from)
      return nearest(above.length > 0 ? above : (laid.rows[index - 1] ?? []))
    }
  }
}

/** The line of an arrow as an SVG path. */
export function pathOf(course: Laid['arrows'] extends ReadonlyMap<string, infer A> ? A : never): string {
  const [first, ...rest] = course.course
  if (!first) return ''
  if (course.runs === 'around') {
    const [out, back, end] = rest
    return out && back && end ? `M ${first.x} ${first.y} C ${out.x} ${out.y} ${back.x} ${back.y} ${end.x} ${end.y}` : ''
  }
  let path = `M ${first.x} ${first.y}`
  let before = first
  for (const [index, point] of rest.entries()) {
    if (index % 2 === 0) path += point.y === before.y ? '' : ` L ${point.x} ${point.y}`
    else {
      const half = (before.y + point.y) / 2
      path += ` C ${before.x} ${half} ${point.x} ${half} ${point.x} ${point.y}`
    }
    before = point
  }
  return path
}
