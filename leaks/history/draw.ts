/** Repeatable chance: the same seed draws the same history everywhere. */
export interface Draw {
  next(): number
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  shuffle<T>(list: readonly T[]): T[]
}
