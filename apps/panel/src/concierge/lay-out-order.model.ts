import type { Slot } from './lay-out-slot.model.ts'

/**
 * The rows, each from left to right. They begin as one comes to them when one follows every arrow in its order, which is what whoever wrote
 * the branches expects and what stays when something is added; they are changed only where that makes fewer arrows cross.
 */
export function inOrder(roots: readonly Slot[]): Slot[][] {
  const levels: Slot[][] = []
  const seen = new Set<Slot>()
  const visit = (one: Slot) => {
    if (seen.has(one)) return
    seen.add(one)
    let level = levels[one.level]
    if (!level) {
      level = []
      levels[one.level] = level
    }
    level.push(one)
    for (const next of one.below) visit(next)
  }
  for (const root of roots) visit(root)
  let best = Array.from(levels, (level) => level ?? [])
  let fewest = crossings(best)
  for (let sweep = 0; sweep < 6 && fewest > 0; sweep += 1) {
    const tried = swept(best, sweep % 2 === 0)
    const count = crossings(tried)
    if (count >= fewest) continue
    best = tried
    fewest = count
  }
  // Where arrows leave a box side by side, the left one leads to the left.
  for (const one of best.flat()) {
    const row = places(best[one.level + 1] ?? [])
    one.below.sort((a, b) => (row.get(a) ?? 0) - (row.get(b) ?? 0))
  }
  return best
}

/** Every row sorted by the middle of what it hangs on, row after row, downwards or upwards. */
function swept(levels: readonly Slot[][], isDown: boolean): Slot[][] {
  const result = levels.map((level) => [...level])
  const order = isDown ? result.keys() : [...result.keys()].reverse()
  for (const index of order) {
    const level = result[index] ?? []
    const beside = places(result[index + (isDown ? -1 : 1)] ?? [])
    const own = places(level)
    const middle = (one: Slot) => {
      const found = (isDown ? one.above : one.below).flatMap((other) => beside.get(other) ?? [])
      return found.length === 0 ? (own.get(one) ?? 0) : found.reduce((sum, place) => sum + place, 0) / found.length
    }
    const middles = new Map(level.map((one) => [one, middle(one)]))
    level.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0))
  }
  return result
}

function crossings(levels: readonly Slot[][]): number {
  let count = 0
  for (const [index, level] of levels.entries()) {
    const row = places(levels[index + 1] ?? [])
    const ends = level.map((one) => one.below.map((next) => row.get(next) ?? 0))
    for (let left = 0; left < ends.length; left += 1) {
      for (let right = left + 1; right < ends.length; right += 1) {
        for (const a of ends[left] ?? []) for (const b of ends[right] ?? []) if (a > b) count += 1
      }
    }
  }
  return count
}

const places = (level: readonly Slot[]) => new Map(level.map((one, index) => [one, index]))
