/** A place in a row that something takes: a box, a label, or an arrow that only passes. */
export interface Slot {
  readonly level: number
  readonly width: number
  readonly height: number
  readonly box: string | null
  /** Where arrows come from and lead to, in the rows above and below. */
  readonly above: Slot[]
  readonly below: Slot[]
}

/** How far from the middle of a box an arrow leaves it: side by side in the order of what they lead to. */
export function portOf(upper: Slot, next: Slot | undefined): number {
  const count = upper.below.length
  const index = next ? upper.below.indexOf(next) : 0
  if (count < 2 || upper.box === null) return 0
  return (index - (count - 1) / 2) * Math.min(28, upper.width / (count + 1))
}
