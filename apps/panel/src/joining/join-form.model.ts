import type { JoinRequest, TypedMedium } from '@parley/protocol'

export interface JoinForm {
  name: string
  alias: string
  medium: TypedMedium
  value: string
  topics: string[]
  languages: string[]
  regions: string[]
  keywords: string[]
  hasHours: boolean
  /** 1 is Monday. */
  days: string[]
  from: string
  to: string
}

export const emptyForm = (language: string): JoinForm => ({
  name: '',
  alias: '',
  medium: 'email',
  value: '',
  topics: [],
  languages: [language],
  regions: [],
  keywords: [],
  hasHours: false,
  days: ['1', '2', '3', '4', '5'],
  from: '09:00',
  to: '17:00',
})

/** What the page's address brings along behind the `#`: an invitation, or the link of a member. It reaches no server and no log. */
export function readFragment(hash: string): { invitation: string | null; member: string | null } {
  const values = new URLSearchParams(hash.replace(/^#/, ''))
  return { invitation: values.get('i'), member: values.get('m') }
}

export function toRequest(form: JoinForm, language: string, invitation: string | null): JoinRequest {
  const { topics, languages, regions, keywords } = form
  return {
    ...(invitation ? { invitation } : {}),
    name: form.name.trim(),
    alias: form.alias.trim(),
    language,
    medium: form.medium,
    value: form.value.trim(),
    topics,
    languages,
    regions,
    keywords,
    ...(form.hasHours && form.days.length > 0 ? { hours: hoursOf(form) } : {}),
  }
}

/** The same hours on every chosen day, by this device's clock; from evening to morning is two spans. */
function hoursOf({ days, from, to }: JoinForm): NonNullable<JoinRequest['hours']> {
  const begins = minutesOf(from)
  const ends = minutesOf(to) || 1440
  const week = days.map(Number).flatMap((day) =>
    begins < ends
      ? [{ day, from: begins, to: ends }]
      : [
          { day, from: begins, to: 1440 },
          { day: (day % 7) + 1, from: 0, to: ends },
        ],
  )
  return { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, week: [...week].sort(inWeek) }
}

type Span = { day: number; from: number }
const inWeek = (a: Span, b: Span) => a.day - b.day || a.from - b.from

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** 2024 began on a Monday. */
export function dayNames(language: string): { value: string; label: string }[] {
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, day) => ({
    value: String(day + 1),
    label: name.format(new Date(Date.UTC(2024, 0, day + 1))),
  }))
}

/** Every country by its name, in the order of this language. */
export function countryNames(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  return codes
    .filter((code) => !notCountries.has(code) && !/^(X|Q[M-Z])/.test(code))
    .flatMap((value) => {
      const label = names.of(value)
      return label ? [{ value, label }] : []
    })
    .sort((a, b) => a.label.localeCompare(b.label, language))
}

/** What the names know besides countries: unions, unknown places, and countries that are no more. */
const notCountries = new Set(
  'EU EZ UN ZZ AN BU CS DD FX NT SU TP YD YU ZR UK DY HV NH RH VD EA IC DG TA CP AC'.split(' '),
)
