import type { Language } from '../../words/words.model.ts'
import type { words as english } from './en.ts'

export type ScriptWord = keyof typeof english
export type ScriptWords = Record<ScriptWord, string>

const loaders: Record<Language, () => Promise<{ words: ScriptWords }>> = {
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

/** Apart from the desk's own: only who edits scripts fetches them. */
export async function loadScriptWords(language: Language): Promise<ScriptWords> {
  return (await loaders[language]()).words
}
