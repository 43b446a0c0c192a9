import type { Language } from '../shared/languages.ts'
import { directionOf } from '../shared/languages.ts'
import type { Catalogue } from './catalogues/en.ts'

/** One chunk for each, so that a visitor loads one language. */
const catalogues: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => import('./catalogues/en.ts'),
  de: () => import('./catalogues/de.ts'),
  fr: () => import('./catalogues/fr.ts'),
  es: () => import('./catalogues/es.ts'),
  it: () => import('./catalogues/it.ts'),
  nl: () => import('./catalogues/nl.ts'),
  pl: () => import('./catalogues/pl.ts'),
  pt: () => import('./catalogues/pt.ts'),
  ru: () => import('./catalogues/ru.ts'),
  ar: () => import('./catalogues/ar.ts'),
  ja: () => import('./catalogues/ja.ts'),
}

let texts: Partial<Catalogue> = {}
let tag: Language = 'en'

export async function speak(language: Language): Promise<void> {
  texts = (await catalogues[language]()).default
  tag = language
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

export function t(key: keyof Catalogue, values: Record<string, string | number> = {}): string {
  return (texts[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => `${values[name] ?? ''}`)
}

export const timeOf = (at: number): string =>
  new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' }).format(at)

/** "Today", "yesterday", or the date. */
export function dayOf(at: number, now: number): string {
  const days = Math.round((new Date(at).setHours(12, 0, 0, 0) - new Date(now).setHours(12, 0, 0, 0)) / 86_400_000)
  if (days > -2) return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(days, 'day')
  return new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
}

export function sizeOf(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  return new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
}

export const listOf = (names: string[]): string => new Intl.ListFormat(tag).format(names)

export const currentTag = (): Language => tag
