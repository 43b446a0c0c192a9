/** What a clock and a calendar on the wall show somewhere. */
export interface LocalTime {
  /** `2026-03-29` */
  readonly date: string
  /** 1 is Monday, 7 is Sunday. */
  readonly day: number
  /** Minutes since midnight by the clock: in the night in which it is put back some come twice, in the other some never. */
  readonly minute: number
}

/** null: a time zone that is not known here. */
export function localTime(timeZone: string, now: Date): LocalTime | null {
  const offset = offsetAt(timeZone, now.getTime())
  return offset === null ? null : wallTime(now.getTime() + offset)
}

export function isTimeZone(name: string): boolean {
  // `+05:30` is taken by Intl, but knows no daylight saving and is nowhere.
  return /^[A-Za-z]/u.test(name) && formatterOf(name) !== null
}

/** The wall time that UTC would show at this instant. */
export function wallTime(instantMs: number): LocalTime {
  const wall = new Date(instantMs)
  return {
    date: wall.toISOString().slice(0, 10),
    day: ((wall.getUTCDay() + 6) % 7) + 1,
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  }
}

/** How far the clocks there are ahead of UTC, in milliseconds. */
export function offsetAt(timeZone: string, instantMs: number): number | null {
  const zone = formatterOf(timeZone)
  if (!zone) return null
  const minute = Math.floor(instantMs / minuteMs)
  // A hunt looks at the same minute in the same few zones many thousand times; Intl takes microseconds for each.
  if (zone.minute !== minute) {
    zone.minute = minute
    zone.offset = readOffset(zone.formatter, minute * minuteMs)
  }
  return zone.offset
}

export const minuteMs = 60_000

interface Zone {
  readonly formatter: Intl.DateTimeFormat
  minute: number
  offset: number
}
const zones = new Map<string, Zone>()

function formatterOf(timeZone: string): Zone | null {
  const known = zones.get(timeZone)
  if (known) return known
  try {
    const formatter = new Intl.DateTimeFormat('en-US', { ...format, timeZone })
    const zone = { formatter, minute: Number.NaN, offset: 0 }
    zones.set(timeZone, zone)
    return zone
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const format = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const

function readOffset(formatter: Intl.DateTimeFormat, instantMs: number): number {
  const read: Record<string, number> = {}
  for (const { type, value } of formatter.formatToParts(instantMs)) read[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read
  return Date.UTC(year, month - 1, day, hour, minute, second) - instantMs
}
