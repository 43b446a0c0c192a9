/** When something takes messages at all; null: no bound. ISO times. */
export interface TakesBounds {
  readonly from: string | null
  readonly until: string | null
}

/** Whether it takes messages at this moment: from its beginning on, and no more from its end on. */
export function isTaking({ from, until }: TakesBounds, now: Date): boolean {
  if (from !== null && Date.parse(from) > now.getTime()) return false
  return until === null || Date.parse(until) > now.getTime()
}
