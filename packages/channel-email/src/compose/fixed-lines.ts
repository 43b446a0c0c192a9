import { type Language, languages, nearestLanguage } from '@parley/model'
import { ar } from './fixed-lines/ar.ts'
import { de } from './fixed-lines/de.ts'
import { en } from './fixed-lines/en.ts'
import { es } from './fixed-lines/es.ts'
import { fr } from './fixed-lines/fr.ts'
import { it } from './fixed-lines/it.ts'
import { ja } from './fixed-lines/ja.ts'
import { nl } from './fixed-lines/nl.ts'
import { pl } from './fixed-lines/pl.ts'
import { pt } from './fixed-lines/pt.ts'
import { ru } from './fixed-lines/ru.ts'

/** The few lines that a mail says by itself. Everything else comes with the delivery, in the reader's language. */
export interface FixedLines {
  /** Help for the eye only: what is cut from a reply is decided without it. */
  replyAbove: string
  /** Said when an earlier attempt may have arrived. */
  maybeRepeated: string
  /** Puts a name before somebody's words in the text part. */
  wrote(name: string): string
}

const catalogue: Record<Language, FixedLines> = { en, de, fr, es, it, nl, pl, pt, ru, ar, ja }

/** The fixed lines for any BCP 47 tag. */
export function fixedLinesFor(language: string): FixedLines {
  return catalogue[nearestLanguage(language)]
}

/** Every form of the help line, for whoever reads a reply. */
export const replyAboveLines: readonly string[] = languages.map((language) => catalogue[language].replyAbove)
