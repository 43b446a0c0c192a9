import { languages } from '@parley/model'
import { foldText } from '../../criteria/fold-text.ts'
import { wordsOf } from '../../criteria/words-of.ts'
import { plainDigits } from './digits.ts'

const dayMs = 86_400_000

/**
 * The one day that an answer names, as `2026-12-24`: `24.12.2026`, `12/24/26` in the United States, `24 December`, `24 décembre`,
 * `12月24日`, `tomorrow`, `next Friday`. A day without a year is the one nearest to today; a day of the week the next one. Null when there
 * is none, or more than one, or no such day.
 */
export function dateIn(text: string, spoken: { language: string; region: string | null }, now: Date): string | null {
  const plain = plainDigits(text.slice(0, 500))
  const found = numeric(plain, spoken, now) ?? named(plain, now) ?? relative(plain, now)
  return found === null || found === 'several' ? null : found
}

type Found = string | 'several' | null

function numeric(plain: string, spoken: { language: string; region: string | null }, now: Date): Found {
  const found = new Set<string | null>()
  const rest = plain
    .replaceAll(
      /(?<!\d)(\d{4})[-./年] ?(\d{1,2})[-./月] ?(\d{1,2})(?!\d)日?/gu,
      (_, y: string, m: string, d: string) => {
        found.add(day(Number(y), Number(m), Number(d)))
        return ' '
      },
    )
    .replaceAll(/(?<!\d)(\d{1,2})月 ?(\d{1,2})日/gu, (_, m: string, d: string) => {
      found.add(nearestYear(Number(m), Number(d), now))
      return ' '
    })
  for (const [, first, second, third] of rest.matchAll(
    /(?<![\d.:/-])(\d{1,2})[./-] ?(\d{1,2})(?:[./-] ?(\d{4}|\d{2})?)?(?![\d:%])/gu,
  )) {
    const [d, m] = dayFirst(Number(first), Number(second), spoken)
    found.add(third === undefined ? nearestYear(m, d, now) : day(fullYear(third), m, d))
  }
  return one(found)
}

/** In the United States, and a few places more, the month comes first; where that makes no day, it does not. */
function dayFirst(
  first: number,
  second: number,
  { language, region }: { language: string; region: string | null },
): [number, number] {
  const isMonthFirst = /^(US|PH|PR|GU)\b/.test(region ?? '') || (region === null && /^en(-US)?$/.test(language))
  if (isMonthFirst) return first > 12 ? [first, second] : [second, first]
  return second > 12 ? [second, first] : [first, second]
}

function fullYear(year: string): number {
  return year.length === 2 ? 2_000 + Number(year) : Number(year)
}

/** A month by name, with the day before or after it, and the year after that if there is one. */
function named(plain: string, now: Date): Found {
  const words = wordsOf(plain)
  const found = new Set<string | null>()
  for (const [index, word] of words.entries()) {
    const month = MONTHS.get(word)
    if (month === undefined) continue
    const before =
      dayNumber(words[index - 1]) ?? (fillers.has(words[index - 1] ?? '') ? dayNumber(words[index - 2]) : null)
    const after = dayNumber(words[index + 1])
    const of = before ?? after
    if (of === null) continue
    const afterThat = before === null ? index + 2 : index + 1
    const year = [words[afterThat], words[afterThat + 1]].find((next) => /^\d{4}$/.test(next ?? ''))
    found.add(year === undefined ? nearestYear(month, of, now) : day(Number(year), month, of))
  }
  return one(found)
}

const fillers: ReadonlySet<string> = new Set(['of', 'de', 'di', 'du', 'von', 'van', 'the'])

function dayNumber(word: string | undefined): number | null {
  const number = /^(\d{1,2})(st|nd|rd|th|er|º|ª|e|ste|de|го|-го)?$/u.exec(word ?? '')?.[1]
  return number === undefined ? null : Number(number)
}

function relative(plain: string, now: Date): Found {
  const words = wordsOf(plain)
  const joined = ` ${foldText(plain)} `
  const found = new Set<string | null>()
  for (const [phrase, days] of RELATIVE) {
    if (
      /[\u3040-\u30ff\u4e00-\u9fff]/u.test(phrase)
        ? joined.includes(phrase)
        : joined.replaceAll(/[^\p{L}\p{M}']+/gu, ' ').includes(` ${phrase} `)
    ) {
      found.add(isoOf(now.getTime() + days * dayMs))
      // "The day after tomorrow" holds "tomorrow": the longest comes first.
      break
    }
  }
  if (found.size > 0) return one(found)
  for (const word of words) {
    const weekday = WEEKDAYS.get(word)
    if (weekday !== undefined) found.add(isoOf(now.getTime() + (((weekday - now.getUTCDay() + 6) % 7) + 1) * dayMs))
  }
  for (const [, name] of plain.matchAll(/([日月火水木金土])曜/gu)) {
    const weekday = '日月火水木金土'.indexOf(name ?? '')
    found.add(isoOf(now.getTime() + (((weekday - now.getUTCDay() + 6) % 7) + 1) * dayMs))
  }
  return one(found)
}

function one(found: ReadonlySet<string | null>): Found {
  const [first = null] = found
  return found.size > 1 ? 'several' : first
}

function nearestYear(month: number, of: number, now: Date): string | null {
  const year = now.getUTCFullYear()
  const days = [year - 1, year, year + 1].flatMap((one) => day(one, month, of) ?? [])
  const far = (iso: string) => Math.abs(Date.parse(iso) - now.getTime())
  return days.sort((a, b) => far(a) - far(b))[0] ?? null
}

/** Null when there is no such day: the 31st of June, the 29th of February in most years. */
function day(year: number, month: number, of: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, of))
  const isThere = year >= 1_900 && year <= 2_200 && at.getUTCMonth() === month - 1 && at.getUTCDate() === of
  return isThere ? isoOf(at.getTime()) : null
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** The months as they are called alone and beside a day, whole and short, in all languages. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  languages.flatMap((language) =>
    Array.from({ length: 12 }, (_, month) =>
      (['long', 'short'] as const).flatMap((length) =>
        [{ month: length }, { month: length, day: 'numeric' as const }].flatMap((options) =>
          new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
            .formatToParts(Date.UTC(2026, month, 15))
            .filter(({ type, value }) => type === 'month' && /\p{L}{3}/u.test(value))
            .flatMap(({ value }) => {
              const words = wordsOf(value)
              return words.length === 1 && words[0] ? [[words[0], month + 1] as const] : []
            }),
        ),
      ),
    ).flat(),
  ),
)

/** 0 is Sunday. Where "on Friday" has another form than "Friday", that too. */
const WEEKDAYS: ReadonlyMap<string, number> = new Map([
  ...['среду', 'пятницу', 'субботу', 'środę', 'sobotę'].map(
    (name, index) => [name, [3, 5, 6, 3, 6][index] ?? 0] as const,
  ),
  ...languages
    .filter((language) => language !== 'ja')
    .flatMap((language) =>
      Array.from({ length: 7 }, (_, weekday) => {
        const name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
          Date.UTC(2026, 1, 1 + weekday),
        )
        // "segunda-feira" is mostly said "segunda".
        return [name, name.split('-')[0] ?? name].map((one) => [foldText(one), weekday] as const)
      }).flat(),
    ),
])

const RELATIVE: readonly (readonly [string, number])[] = `
  2: the day after tomorrow, day after tomorrow, übermorgen, après-demain, après demain, pasado mañana, dopodomani, overmorgen, pojutrze, depois de amanhã, послезавтра, بعد غد, 明後日, あさって
  -2: the day before yesterday, day before yesterday, vorgestern, avant-hier, avant hier, anteayer, l'altro ieri, eergisteren, przedwczoraj, anteontem, позавчера, أول أمس, 一昨日, おととい
  1: tomorrow, morgen, demain, mañana, domani, jutro, amanhã, завтра, غدا, 明日, あした
  -1: yesterday, gestern, hier, ayer, ieri, gisteren, wczoraj, ontem, вчера, أمس, 昨日, きのう
  0: today, heute, aujourd'hui, hoy, oggi, vandaag, dziś, dzisiaj, hoje, сегодня, اليوم, 今日, きょう`
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [days = '', list = ''] = line.split(':')
    return list.split(',').map((phrase) => [foldText(phrase), Number(days)] as const)
  })
