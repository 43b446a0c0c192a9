import { portOf, type Slot } from './lay-out-slot.model.ts'

const gap = 22

/** The middle of every slot: near what it hangs on, and never nearer to its neighbour than there is room for. */
export function spread(levels: readonly (readonly Slot[])[]): Map<Slot, number> {
  const xs = new Map<Slot, number>()
  for (const level of levels) place(level, (_, index) => ({ x: index, weight: 1 }), xs)
  for (let round = 0; round < 40; round += 1) {
    const isDown = round % 2 === 0
    // At last both ways at once, so that neither end of an arrow has it all as it wants.
    const looks = round < 16 ? (isDown ? 'above' : 'below') : 'both'
    for (const level of isDown ? levels : [...levels].reverse()) {
      place(level, (one) => wished(one, looks, xs), xs)
    }
  }
  for (const level of levels) {
    for (const one of level) if (one.box === null && one.above[0]?.box !== null) straighten(one, levels, xs)
  }
  return xs
}

/** An arrow that passes several rows goes straight down as far as the others leave it the same room in each. */
function straighten(first: Slot, levels: readonly (readonly Slot[])[], xs: Map<Slot, number>): void {
  let run: Slot[] = []
  let [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const settle = () => {
    const mean = run.reduce((sum, one) => sum + (xs.get(one) ?? 0), 0) / run.length
    for (const one of run) xs.set(one, Math.min(to, Math.max(from, mean)))
  }
  for (let one: Slot | undefined = first; one?.box === null; one = one.below[0]) {
    const [least, most] = roomOf(one, levels, xs)
    if (Math.max(from, least) > Math.min(to, most)) {
      settle()
      run = []
      from = least
      to = most
    }
    run.push(one)
    from = Math.max(from, least)
    to = Math.min(to, most)
  }
  settle()
}

/** How far to the left and to the right it may go without touching its neighbours. */
function roomOf(one: Slot, levels: readonly (readonly Slot[])[], xs: ReadonlyMap<Slot, number>): [number, number] {
  const level = levels[one.level] ?? []
  const index = level.indexOf(one)
  const [left, right] = [level[index - 1], level[index + 1]]
  const apart = (other: Slot) => one.width / 2 + gap + other.width / 2
  return [
    left ? (xs.get(left) ?? 0) + apart(left) : Number.NEGATIVE_INFINITY,
    right ? (xs.get(right) ?? 0) - apart(right) : Number.POSITIVE_INFINITY,
  ]
}

/** Arrows that only pass hold each other straight; boxes give way to them. */
const pull = (one: Slot, other: Slot) => {
  if (one.box === null && other.box === null) return 10
  return one.box === null || other.box === null ? 2 : 1
}

function wished(one: Slot, looks: 'above' | 'below' | 'both', xs: ReadonlyMap<Slot, number>) {
  let [sum, weight] = [0, 0]
  const add = (other: Slot, x: number) => {
    const strength = pull(one, other)
    sum += strength * x
    weight += strength
  }
  if (looks !== 'below') for (const other of one.above) add(other, (xs.get(other) ?? 0) + portOf(other, one))
  if (looks !== 'above') for (const other of one.below) add(other, (xs.get(other) ?? 0) - portOf(one, other))
  return weight === 0 ? { x: xs.get(one) ?? 0, weight: 1 } : { x: sum / weight, weight }
}

/**
 * Each as near to its wish as the others allow: the least sum of squares under "left of, with room between", which pooling neighbours that
 * want to be too near gives exactly (isotonic regression).
 */
function place(
  level: readonly Slot[],
  wish: (one: Slot, index: number) => { x: number; weight: number },
  xs: Map<Slot, number>,
): void {
  const offsets: number[] = []
  let offset = 0
  for (const [index, one] of level.entries()) {
    const before = level[index - 1]
    if (before) offset += before.width / 2 + gap + one.width / 2
    offsets.push(offset)
  }
  const pools: { sum: number; weight: number; count: number }[] = []
  for (const [index, one] of level.entries()) {
    const { x, weight } = wish(one, index)
    let pool = { sum: (x - (offsets[index] ?? 0)) * weight, weight, count: 1 }
    for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, weight: pool.weight + last.weight, count: pool.count + last.count }
    }
    pools.push(pool)
  }
  let index = 0
  for (const { sum, weight, count } of pools) {
    for (let step = 0; step < count; step += 1, index += 1) {
      const one = level[index]
      if (one) xs.set(one, sum / weight + (offsets[index] ?? 0))
    }
  }
}
