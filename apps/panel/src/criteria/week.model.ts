import type { HoursView } from '@parley/protocol'

export type Week = HoursView['week']
export interface Span {
  readonly from: number
  readonly to: number
}

export const days = [1, 2, 3, 4, 5, 6, 7] as const
export const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour)
const minutesOfDay = 24 * 60

/** Monday to Friday, nine to five: what most begin with. */
export const usualWeek: Week = [1, 2, 3, 4, 5].map((day) => ({ day, from: 9 * 60, to: 17 * 60 }))

export function spansOf(week: Week, day: number): readonly Span[] {
  return week.filter((span) => span.day === day).map(({ from, to }) => ({ from, to }))
}

export function withDay(week: Week, day: number, spans: readonly Span[]): Week {
  const others = week.filter((span) => span.day !== day)
  return [...others, ...joined(spans).map((span) => ({ day, ...span }))].sort(
    (a, b) => a.day - b.day || a.from - b.from,
  )
}

/** How many of an hour's minutes are in the week. */
export function minutesOpen(week: Week, day: number, hour: number): number {
  const [start, end] = [hour * 60, hour * 60 + 60]
  return spansOf(week, day).reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to, end) - Math.max(from, start)),
    0,
  )
}

export function withHour(week: Week, day: number, hour: number, isOpen: boolean): Week {
  const [start, end] = [hour * 60, hour * 60 + 60]
  const kept = spansOf(week, day).flatMap(({ from, to }) => [
    { from, to: Math.min(to, start) },
    { from: Math.max(from, end), to },
  ])
  return withDay(week, day, [
    ...kept.filter(({ from, to }) => from < to),
    ...(isOpen ? [{ from: start, to: end }] : []),
  ])
}

/** `9:00–12:30, 14:00–17:00` */
export function writeSpans(spans: readonly Span[]): string {
  return spans.map(({ from, to }) => `${writeMinute(from)}–${writeMinute(to)}`).join(', ')
}

/** What somebody wrote as spans of a day: `9-12:30; 14.00 – 17`. null if it is none; nothing written is no span. */
export function readSpans(text: string): readonly Span[] | null {
  const spans: Span[] = []
  for (const part of text.split(/[,;\n]/u).filter((one) => one.trim() !== '')) {
    const read = /^\s*(\d{1,2})(?:[:.h](\d{2}))?\s*[-–—~]\s*(\d{1,2})(?:[:.h](\d{2}))?\s*$/u.exec(part)
    if (!read) return null
    const [from, to] = [minuteOf(read[1], read[2]), minuteOf(read[3], read[4])]
    if (from === null || to === null || from >= to) return null
    spans.push({ from, to })
  }
  return joined(spans)
}

export function writeMinute(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
}

function minuteOf(hour = '', minute = '0'): number | null {
  const at = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && at <= minutesOfDay ? at : null
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else result.push(span)
  }
  return result
}
