import type { words as english } from './en.ts'

export type Word = keyof typeof english
export type Catalogue = Record<Word, string>
export type Values = Record<string, string | number>
/** Speaks one language. */
export type Say = (word: Word, values?: Values) => string

/** BCP 47 tags, in the order in which a chooser shows them, each by its own name. */
export const languageNames = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  ru: 'Русский',
  ar: 'العربية',
  ja: '日本語',
} as const
export type Language = keyof typeof languageNames

export const isLanguage = (tag: string): tag is Language => Object.hasOwn(languageNames, tag)

/** The first of the wished-for languages that we speak; English when there is none. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const primary = (wish ?? '').toLowerCase().split(/[-_]/)[0] ?? ''
    if (isLanguage(primary)) return primary
  }
  return 'en'
}

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')

export function speak<W extends string = Word>(catalogue: Record<W, string>): (word: W, values?: Values) => string {
  return (word, values = {}) =>
    catalogue[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
