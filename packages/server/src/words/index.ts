import { type Language, nearestLanguage } from '@parley/model'
import { en, type Words } from './en.ts'

export type { Words } from './en.ts'

const catalogues: Partial<Record<Language, Words>> = { en }

/** One line in a person's language. A name in braces without a value stays as it is: that is a mistake to be seen. */
export function word(language: string, key: keyof Words, values: Record<string, string> = {}): string {
  const words = catalogues[nearestLanguage(language)] ?? en
  return words[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

export function isWordKey(key: string): key is keyof Words {
  return Object.hasOwn(en, key)
}
