import type { Hours } from './criteria.ts'
import { type LocalTime, localTime, minuteMs, offsetAt, wallTime } from './local-time.ts'

export type HoursState = 'open' | 'closed' | 'holiday'

/**
 * Whether these hours hold at an instant, by the clock on the wall: a time that comes twice when clocks are put back counts both times,
 * one that is left out when they are put forward never. A time zone that is not known here closes nothing.
 */
export function isOpen(hours: Hours, now: Date): boolean {
  return hoursState(hours, now) === 'open'
}

export function hoursState(hours: Hours, now: Date): HoursState {
  const local = localTime(hours.timeZone, now)
  if (!local) return 'open'
  if (hours.holidays?.some((holiday) => isOn(holiday, local.date))) return 'holiday'
  return isInWeek(hours, local) ? 'open' : 'closed'
}

/**
 * The next instant at which `isOpen` says something else than now; null if there is none within 400 days. What opens again after a long
 * holiday is found; a holiday further away is nothing that anybody needs to be told.
 */
export function nextChange(hours: Hours, now: Date): Date | null {
  const local = localTime(hours.timeZone, now)
  if (!local || hours.week.length === 0) return null
  const openNow = isOpen(hours, now)
  // A week shows everything that spans do, and a day more what a clock that is put back does.
  const days = hours.holidays?.length ? 400 : 9
  const today = Date.parse(`${local.date}T00:00Z`)
  for (let ahead = 0; ahead < days; ahead += 1) {
    const change = changesOn(hours, today + ahead * dayMs).find(
      (instantMs) => instantMs > now.getTime() && isOpen(hours, new Date(instantMs)) !== openNow,
    )
    if (change !== undefined) return new Date(change)
  }
  return null
}

const dayMs = 24 * 60 * minuteMs

function isInWeek({ week }: Hours, { day, minute }: LocalTime): boolean {
  return week.some((span) => span.day === day && span.from <= minute && minute < span.to)
}

function isOn(holiday: string, date: string): boolean {
  return holiday.length === 5 ? date.endsWith(`-${holiday}`) : date === holiday
}

// All instants of a day, in order, at which something may change: midnight, where a span begins or ends, and where the clocks are put.
// A wall time is at one instant, at two when clocks are put back, and at none when they are put forward; then the jump is what counts.
function changesOn(hours: Hours, dayStartMs: number): number[] {
  const { day } = wallTime(dayStartMs)
  const before = offsetAt(hours.timeZone, dayStartMs - dayMs) ?? 0
  const after = offsetAt(hours.timeZone, dayStartMs + 2 * dayMs) ?? 0
  const minutes = [0, ...hours.week.filter((span) => span.day === day).flatMap(({ from, to }) => [from, to])]
  const instants = minutes.flatMap((minute) => {
    const wallMs = dayStartMs + minute * minuteMs
    return [wallMs - before, wallMs - after]
  })
  if (before !== after) instants.push(jumpBetween(hours.timeZone, dayStartMs - dayMs, dayStartMs + 2 * dayMs))
  return instants.sort((a, b) => a - b)
}

function jumpBetween(timeZone: string, fromMs: number, toMs: number): number {
  const before = offsetAt(timeZone, fromMs)
  let [early, late] = [Math.floor(fromMs / minuteMs), Math.floor(toMs / minuteMs)]
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (offsetAt(timeZone, middle * minuteMs) === before) early = middle
    else late = middle
  }
  return late * minuteMs
}
