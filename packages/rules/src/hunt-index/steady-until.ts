import { minuteMs, offsetAt } from '../criteria/local-time.ts'

const aheadMs = 8 * 24 * 60 * minuteMs
const steady = new Map<string, { readonly fromMs: number; readonly untilMs: number }>()

/** Until when the clocks there surely go on as they do now: until they are put, or eight days ahead of when that was last looked up. */
export function steadyUntil(timeZone: string, nowMs: number): number {
  const known = steady.get(timeZone)
  if (known && known.fromMs <= nowMs && nowMs < known.untilMs) return known.untilMs
  const now = offsetAt(timeZone, nowMs)
  let [fromMinute, toMinute] = [Math.floor(nowMs / minuteMs), Math.floor((nowMs + aheadMs) / minuteMs)]
  if (offsetAt(timeZone, toMinute * minuteMs) !== now) {
    while (toMinute - fromMinute > 1) {
      const middle = (fromMinute + toMinute) >>> 1
      if (offsetAt(timeZone, middle * minuteMs) === now) fromMinute = middle
      else toMinute = middle
    }
  }
  steady.set(timeZone, { fromMs: nowMs, untilMs: toMinute * minuteMs })
  return toMinute * minuteMs
}
