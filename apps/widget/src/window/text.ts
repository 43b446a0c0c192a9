import type { Language } from '../shared/languages.ts'
import { directionOf } from '../shared/languages.ts'
import type { Catalogue } from './catalogues/en.ts'
import type { MoreCatalogue } from './catalogues/more/en.ts'

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

export type TextKey = keyof Catalogue | keyof MoreCatalogue

let texts: Partial<Record<TextKey, string>> = {}
let tag: Language = 'en'
let furtherTexts: ((language: Language) => Promise<MoreCatalogue>) | null = null

export async function speak(language: Language): Promise<void> {
  const [{ default: first }, further] = await Promise.all([catalogues[language](), furtherTexts?.(language)])
  texts = { ...first, ...further }
  tag = language
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

/** The later parts bring texts of their own, in whichever language is spoken. */
export function alsoSay(further: (language: Language) => Promise<MoreCatalogue>): Promise<void> {
  furtherTexts = further
  return speak(tag)
}

export function t(key: TextKey, values: Record<string, string | number> = {}): string {
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

export const listOf = (names: string[]): string => new Intl.ListFormat(tag).format(names)

export const currentTag = (): Language => tag
