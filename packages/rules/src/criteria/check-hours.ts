import type { Criteria, DaySpan, Hours } from './criteria.ts'
import { type Complain, type CriteriaProblem, isObject } from './criteria-problem.ts'
import { isTimeZone } from './local-time.ts'

const mostSpans = 168
const mostHolidays = 400
const mostAway = 100
const minutesOfDay = 24 * 60

type Path = CriteriaProblem['path']

/** Hours that can be kept, in order and with spans that touch made one; null after complaining. */
export function checkHours(input: unknown, complain: Complain): Hours | null {
  const path = ['hours']
  if (!isObject(input) || !Array.isArray(input.week) || !isListOrLeftOut(input.holidays)) {
    complain(path, 'wrong-shape')
    return null
  }
  const { timeZone } = input
  if (typeof timeZone !== 'string' || timeZone.length > 100 || !isTimeZone(timeZone)) {
    complain([...path, 'timeZone'], 'unknown-time-zone', { value: String(timeZone).slice(0, 100) })
    return null
  }
  for (const key of Object.keys(input)) {
    if (!['timeZone', 'week', 'holidays'].includes(key)) complain([...path, key.slice(0, 100)], 'unknown-key')
  }
  const week = checkWeek(input.week, [...path, 'week'], complain)
  const holidays = checkHolidays(input.holidays ?? [], [...path, 'holidays'], complain)
  return { timeZone, week, ...(holidays.length > 0 ? { holidays } : {}) }
}

function isListOrLeftOut(value: unknown): value is readonly unknown[] | undefined {
  return value === undefined || Array.isArray(value)
}

function checkWeek(list: readonly unknown[], path: Path, complain: Complain): DaySpan[] {
  // Who wants never to be asked pauses; hours without an hour are a slip.
  if (list.length === 0) complain(path, 'no-hours')
  if (list.length > mostSpans) {
    complain(path, 'too-many-spans', { most: mostSpans })
    return []
  }
  const spans = list.flatMap((span, index): DaySpan[] => {
    if (isSpan(span)) return [{ day: span.day, from: span.from, to: span.to }]
    complain([...path, index], 'bad-span')
    return []
  })
  return joinSpans(spans)
}

function isSpan(span: unknown): span is DaySpan {
  if (!isObject(span)) return false
  const { day, from, to } = span
  return isBetween(day, 1, 7) && isBetween(from, 0, minutesOfDay - 1) && isBetween(to, 1, minutesOfDay) && from < to
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && least <= value && value <= most
}

function joinSpans(spans: readonly DaySpan[]): DaySpan[] {
  const joined: DaySpan[] = []
  for (const span of spans.toSorted((a, b) => a.day - b.day || a.from - b.from)) {
    const last = joined.at(-1)
    if (last && last.day === span.day && span.from <= last.to) {
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, span.to) }
    } else joined.push(span)
  }
  return joined
}

function checkHolidays(list: readonly unknown[], path: Path, complain: Complain): string[] {
  if (list.length > mostHolidays) {
    complain(path, 'too-many-values', { most: mostHolidays })
    return []
  }
  const days = list.flatMap((day, index): string[] => {
    if (typeof day === 'string' && isDay(day)) return [day]
    complain([...path, index], 'bad-holiday', { value: String(day).slice(0, 100) })
    return []
  })
  return [...new Set(days)].sort()
}

function isDay(day: string): boolean {
  // 2028 has a 29 February, and so has "every year".
  const whole = /^\d\d-\d\d$/u.test(day) ? `2028-${day}` : day
  if (!/^\d{4}-\d\d-\d\d$/u.test(whole)) return false
  const date = new Date(`${whole}T00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(whole)
}

/** Spans of absence that can be kept, as instants in UTC and in order. */
export function checkAway(input: unknown, complain: Complain): NonNullable<Criteria['away']> {
  if (!Array.isArray(input)) complain(['away'], 'wrong-shape')
  else if (input.length > mostAway) complain(['away'], 'too-many-spans', { most: mostAway })
  else {
    return input
      .flatMap((span: unknown, index) => {
        const away = checkAbsence(span, ['away', index], complain)
        return away ? [away] : []
      })
      .sort((a, b) => (a.from < b.from ? -1 : 1))
  }
  return []
}

function checkAbsence(span: unknown, path: Path, complain: Complain): { from: string; to: string } | null {
  if (!isObject(span)) {
    complain(path, 'wrong-shape')
    return null
  }
  const [from, to] = [readInstant(span.from), readInstant(span.to)]
  if (from === null) complain([...path, 'from'], 'bad-instant', { value: String(span.from).slice(0, 100) })
  if (to === null) complain([...path, 'to'], 'bad-instant', { value: String(span.to).slice(0, 100) })
  if (from === null || to === null) return null
  if (from < to) return { from, to }
  complain(path, 'away-crossed')
  return null
}

function readInstant(text: unknown): string | null {
  // Without an offset it would be another instant on each machine.
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/u.test(text))
    return null
  const instant = new Date(text)
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}
