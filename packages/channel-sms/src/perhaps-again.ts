import { type Language, nearestLanguage } from '@parley/model'

/** Stands before a message that may have arrived before. Without letters that would double its price, where the language allows. */
const words: Readonly<Record<Language, string>> = {
  en: '(sent again?)',
  de: '(doppelt?)',
  fr: '(répété ?)',
  es: '(¿repetido?)',
  it: '(ripetuto?)',
  nl: '(dubbel?)',
  pl: '(ponownie?)',
  pt: '(repetido?)',
  ru: '(повтор?)',
  ar: '(مكرر؟)',
  ja: '(再送?)',
}

export const perhapsAgain = (language: string): string => words[nearestLanguage(language)]
