import type { Language } from '../../words/words.model.ts'
import type { words as english } from './en.ts'

export type CriteriaWord = keyof typeof english
export type CriteriaWords = Record<CriteriaWord, string>

const loaders: Record<Language, () => Promise<{ words: CriteriaWords }>> = {
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

/** Apart from the desk's own: only who edits wishes fetches them. */
export async function loadCriteriaWords(language: Language): Promise<CriteriaWords> {
  return (await loaders[language]()).words
}
