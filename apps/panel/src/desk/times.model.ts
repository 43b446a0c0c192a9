import type { Language } from '../words/words.model.ts'

/** As short as tells it: the hour today, the weekday this week, else the date. */
export function shortTime(at: string, now: Date, language: Language): string {
  const date = new Date(at)
  const age = now.getTime() - date.getTime()
  if (isSameDay(date, now))
    return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(date)
  if (age < 6 * 86_400_000) return new Intl.DateTimeFormat(language, { weekday: 'short' }).format(date)
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }).format(date)
}

export function fullTime(at: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
}

export function dayName(at: string, now: Date, language: Language): string {
  const date = new Date(at)
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000)
  if (days === 0 || days === 1) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day')
  return new Intl.DateTimeFormat(language, { dateStyle: 'full' }).format(date)
}

export function isSameDay(a: Date, b: Date): boolean {
  return startOfDay(a) === startOfDay(b)
}

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

export function fileSize(bytes: number, language: Language): string {
  const [unit, value] =
    bytes >= 1_000_000
      ? ['megabyte', bytes / 1_000_000]
      : bytes >= 1_000
        ? ['kilobyte', bytes / 1_000]
        : ['byte', bytes]
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: String(unit),
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(Number(value))
}
