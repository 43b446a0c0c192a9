import type { Language } from '../shared/languages.ts'
import type { MoreCatalogue } from './catalogues/more/en.ts'
import { alsoSay } from './text.ts'

/** Comes with the parts that say it; one chunk for each language. */
const catalogues: Record<Language, () => Promise<{ default: MoreCatalogue }>> = {
  en: () => import('./catalogues/more/en.ts'),
  de: () => import('./catalogues/more/de.ts'),
  fr: () => import('./catalogues/more/fr.ts'),
  es: () => import('./catalogues/more/es.ts'),
  it: () => import('./catalogues/more/it.ts'),
  nl: () => import('./catalogues/more/nl.ts'),
  pl: () => import('./catalogues/more/pl.ts'),
  pt: () => import('./catalogues/more/pt.ts'),
  ru: () => import('./catalogues/more/ru.ts'),
  ar: () => import('./catalogues/more/ar.ts'),
  ja: () => import('./catalogues/more/ja.ts'),
}

export const sayMore = (): Promise<void> => alsoSay(async (language) => (await catalogues[language]()).default)
