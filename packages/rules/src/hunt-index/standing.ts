import { type Criteria, type Hours, isOpen } from '../criteria/index.ts'
import { localTime, minuteMs } from '../criteria/local-time.ts'
import { steadyUntil } from './steady-until.ts'
import type { Standing } from './timed-slots.ts'

const dayMs = 24 * 60 * minuteMs
const weekMinutes = 7 * 24 * 60

/**
 * Whether somebody with these hours may be asked. It stays so at least until the next moment of their week at which a span begins or
 * ends, or until their clocks are put. A holiday changes nothing in between: it begins and ends at midnight, where spans do too.
 */
export function standingOfHours(hours: Hours, nowMs: number): Standing {
  const now = new Date(nowMs)
  const isBlocked = !isOpen(hours, now)
  const local = localTime(hours.timeZone, now)
  if (!local) return { isBlocked, until: nowMs + 7 * dayMs }
  const minute = (local.day - 1) * 24 * 60 + local.minute
  let ahead = weekMinutes
  for (const { day, from, to } of hours.week) {
    ahead = Math.min(
      ahead,
      minutesUntil(minute, (day - 1) * 24 * 60 + from),
      minutesUntil(minute, (day - 1) * 24 * 60 + to),
    )
  }
  const edge = Math.floor(nowMs / minuteMs + ahead) * minuteMs
  return { isBlocked, until: Math.min(edge, steadyUntil(hours.timeZone, nowMs)) }
}

/** Whether somebody is away, until the next of their spans begins or ends. */
export function standingOfAway(away: NonNullable<Criteria['away']>, nowMs: number): Standing {
  let isBlocked = false
  let until = Number.POSITIVE_INFINITY
  for (const span of away) {
    const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
    if (from <= nowMs && nowMs < to) isBlocked = true
    for (const edge of [from, to]) if (edge > nowMs) until = Math.min(until, edge)
  }
  return { isBlocked, until }
}

function minutesUntil(minute: number, edge: number): number {
  const ahead = (edge - minute) % weekMinutes
  return ahead > 0 ? ahead : ahead + weekMinutes
}
