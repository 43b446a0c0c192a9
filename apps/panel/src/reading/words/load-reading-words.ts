import type { Language } from '../../words/words.model.ts'
import type { words as english } from './en.ts'

export type ReadingWord = keyof typeof english
export type ReadingWords = Record<ReadingWord, string>

const loaders: Record<Language, () => Promise<{ words: ReadingWords }>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  it: () => import('./it.ts'),
  nl: () => import('./nl.ts'),
  pl: () => import('./pl.ts'),
  pt: () => import('./pt.ts'),
  ru: () => import('./ru.ts'),
  ar: () => import('./ar.ts'),
  ja: () => import('./ja.ts'),
}

/** Apart from the desk's own: only administrators fetch them. */
export async function loadReadingWords(language: Language): Promise<ReadingWords> {
  return (await loaders[language]()).words
}
