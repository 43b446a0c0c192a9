/** Time is passed in, so that tests can stand at any moment. */
export interface Clock {
  now(): Date
}

let lastMs = Number.NaN
let lastText = ''

/** As `toISOString` gives it, made once for what happens in the same millisecond: a batch of messages, told to all who hear them. */
export function isoTime(date: Date): string {
  const ms = date.getTime()
  if (ms !== lastMs) {
    lastText = date.toISOString()
    lastMs = ms
  }
  return lastText
}

export const systemClock: Clock = { now: () => new Date() }

export const seconds = (count: number): number => count * 1_000
export const minutes = (count: number): number => count * 60_000
export const hours = (count: number): number => count * 3_600_000
export const days = (count: number): number => count * 86_400_000
