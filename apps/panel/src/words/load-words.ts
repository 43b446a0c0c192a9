import type { Catalogue, Language } from './words.model.ts'

const loaders: Record<Language, () => Promise<{ words: Catalogue }>> = {
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

export async function loadWords(language: Language): Promise<Catalogue> {
  return (await loaders[language]()).words
}
