import { inOrder } from './lay-out-order.model.ts'
import { spread } from './lay-out-places.model.ts'
import { portOf, type Slot } from './lay-out-slot.model.ts'

/** What is drawn as a box. Lengths are in sixteenths of the diagram's letter size, so that a bigger letter makes a bigger picture. */
export interface Box {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** An arrow, and the room that its label needs; the arrows of one box are drawn in this order, from the first to the last. */
export interface Arrow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: { readonly width: number; readonly height: number } | null
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface LaidArrow {
  /** Pairs of points with a straight line between the two of a pair, and a curve from one pair to the next. */
  readonly course: readonly Point[]
  /** The middle of its label, or of where a label would be. */
  readonly label: Point
  /** `up`: back to where one came from. `around`: from a box to itself. */
  readonly runs: 'down' | 'up' | 'around'
}

export interface Laid {
  readonly width: number
  readonly height: number
  /** Upper left corners. */
  readonly boxes: ReadonlyMap<string, Point>
  readonly arrows: ReadonlyMap<string, LaidArrow>
  /** Ids from top to bottom, within a row as they stand beside each other: for the arrow keys. */
  readonly rows: readonly (readonly string[])[]
}

const rowGap = 20

/**
 * Layers, as in Sugiyama's family of methods: a box stands below everything that leads to it; a label has a row of its own between; an arrow
 * that passes a row takes a place in it, so that nothing lies on anything. Boxes that `start` does not lead to stand beside it.
 */
export function layOut(start: string, boxes: readonly Box[], arrows: readonly Arrow[]): Laid {
  const known = new Set(boxes.map((box) => box.id))
  const drawn = arrows.filter((arrow) => known.has(arrow.from) && known.has(arrow.to))
  const { isBack, ranks, roots } = rank(start, boxes, drawn)
  const slots = new Map<string, Slot>()
  for (const box of boxes) {
    slots.set(box.id, slot((ranks.get(box.id) ?? 0) * 2, box.width, box.height, box.id))
  }
  const chains = new Map<string, Slot[]>()
  for (const arrow of drawn) {
    if (arrow.from !== arrow.to) chains.set(arrow.id, chain(arrow, isBack.has(arrow.id), slots))
  }
  const levels = inOrder(roots.flatMap((root) => slots.get(root) ?? []))
  const xs = spread(levels)
  const tops: number[] = []
  const heights = levels.map((level) => Math.max(0, ...level.map((one) => one.height)))
  let y = 0
  for (const height of heights) {
    tops.push(y)
    y += height + rowGap
  }
  const left = Math.min(0, ...levels.flat().map((one) => (xs.get(one) ?? 0) - one.width / 2))
  const middle = (one: Slot) => Math.round((xs.get(one) ?? 0) - left)
  const top = (one: Slot) => tops[one.level] ?? 0
  const at = new Map(boxes.flatMap((box) => placeOf(slots.get(box.id), middle, top)))
  const courses = new Map<string, LaidArrow>()
  for (const arrow of drawn) {
    const passed = chains.get(arrow.id)
    const from = slots.get(arrow.from)
    const to = slots.get(arrow.to)
    if (!from || !to) continue
    if (!passed) {
      courses.set(arrow.id, ontoItself(middle(from) + from.width / 2, top(from), from.height))
      continue
    }
    const isUp = isBack.has(arrow.id)
    const [upper, lower] = isUp ? [to, from] : [from, to]
    const downwards: Point[] = []
    const exit = middle(upper) + portOf(upper, passed[0])
    downwards.push({ x: exit, y: top(upper) + upper.height }, { x: exit, y: top(upper) + (heights[upper.level] ?? 0) })
    for (const one of passed) {
      downwards.push({ x: middle(one), y: top(one) }, { x: middle(one), y: top(one) + (heights[one.level] ?? 0) })
    }
    downwards.push({ x: middle(lower), y: top(lower) }, { x: middle(lower), y: top(lower) })
    const labelled = isUp ? passed.at(-1) : passed[0]
    courses.set(arrow.id, {
      course: isUp ? downwards.reverse() : downwards,
      label: labelled
        ? { x: middle(labelled), y: top(labelled) + (heights[labelled.level] ?? 0) / 2 }
        : { x: exit, y: top(upper) },
      runs: isUp ? 'up' : 'down',
    })
  }
  return {
    width: Math.max(0, ...levels.flat().map((one) => middle(one) + one.width / 2)),
    height: Math.max(0, y - rowGap),
    boxes: at,
    arrows: courses,
    rows: levels.map((level) => level.flatMap((one) => one.box ?? [])).filter((row) => row.length > 0),
  }
}

function placeOf(one: Slot | undefined, middle: (slot: Slot) => number, top: (slot: Slot) => number) {
  return one?.box ? [[one.box, { x: middle(one) - one.width / 2, y: top(one) }] as const] : []
}

const slot = (level: number, width: number, height: number, box: string | null): Slot => ({
  level,
  width,
  height,
  box,
  above: [],
  below: [],
})

/** The places between its two boxes; the one next to where it comes from holds the label. */
function chain(arrow: Arrow, isUp: boolean, slots: ReadonlyMap<string, Slot>): Slot[] {
  const upper = slots.get(isUp ? arrow.to : arrow.from)
  const lower = slots.get(isUp ? arrow.from : arrow.to)
  if (!upper || !lower) return []
  const passed: Slot[] = []
  for (let level = upper.level + 1; level < lower.level; level += 1) {
    const isNextToSource = level === (isUp ? lower.level - 1 : upper.level + 1)
    const label = isNextToSource ? arrow.label : null
    passed.push(slot(level, label?.width ?? 24, label?.height ?? (level % 2 === 1 ? 12 : 0), null))
  }
  let before = upper
  for (const one of [...passed, lower]) {
    before.below.push(one)
    one.above.push(before)
    before = one
  }
  return passed
}

function ontoItself(right: number, y: number, height: number): LaidArrow {
  const x = right + 18
  const [from, to] = [y + height * 0.7, y + height * 0.3]
  return {
    course: [
      { x: right, y: from },
      { x, y: from },
      { x, y: to },
      { x: right, y: to },
    ],
    label: { x, y: (from + to) / 2 },
    runs: 'around',
  }
}

/** Which arrows lead back, and how many boxes lie above each box on the longest way to it. */
function rank(start: string, boxes: readonly Box[], arrows: readonly Arrow[]) {
  const leaving = new Map<string, Arrow[]>(boxes.map((box) => [box.id, []]))
  const entered = new Set<string>()
  for (const arrow of arrows) {
    leaving.get(arrow.from)?.push(arrow)
    if (arrow.from !== arrow.to) entered.add(arrow.to)
  }
  const isBack = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  const finished: string[] = []
  const visit = (id: string) => {
    state.set(id, 'open')
    for (const arrow of leaving.get(id) ?? []) {
      const before = state.get(arrow.to)
      if (before === 'open') isBack.add(arrow.id)
      else if (!before) visit(arrow.to)
    }
    state.set(id, 'done')
    finished.push(id)
  }
  const ids = boxes.map((box) => box.id)
  const roots: string[] = []
  for (const id of [start, ...ids.filter((one) => !entered.has(one)), ...ids]) {
    if (state.has(id) || !leaving.has(id)) continue
    roots.push(id)
    visit(id)
  }
  const ranks = new Map<string, number>(ids.map((id) => [id, 0]))
  for (const id of finished.reverse()) {
    for (const arrow of leaving.get(id) ?? []) {
      if (!isBack.has(arrow.id)) ranks.set(arrow.to, Math.max(ranks.get(arrow.to) ?? 0, (ranks.get(id) ?? 0) + 1))
    }
  }
  return { isBack, ranks, roots }
}
