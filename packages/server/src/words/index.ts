import { type Language, nearestLanguage } from '@parley/model'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type Words } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import { ru } from './ru.ts'

export type { Words } from './en.ts'

const catalogues: Record<Language, Words> = { en, de, fr, es, it, nl, pl, pt, ru, ar, ja }

/** One line in a person's language. A name in braces without a value stays as it is: that is a mistake to be seen. */
export function word(language: string, key: keyof Words, values: Record<string, string> = {}): string {
  return catalogues[nearestLanguage(language)][key].replaceAll(
    /\{(\w+)\}/g,
    (whole, name: string) => values[name] ?? whole,
  )
}

/** Who asks, as those who are asked are told: "Visitor from Iceland". `names`: the site's own words for its visitors. */
export function nameAsker(language: string, names: Readonly<Record<string, string>>, region: string | null): string {
  const asker = names[language] ?? names.en ?? word(language, 'visitor')
  return region ? word(language, 'asker-from', { asker, region: nameRegion(language, region) }) : asker
}

/** A site's regions are countries by their two letters, or names of its own; a part of a country (`US-AK`) is told as the country. */
function nameRegion(language: string, region: string): string {
  const country = /^([A-Z]{2})(-[A-Z0-9]{1,3})?$/.exec(region)?.[1]
  return (country && new Intl.DisplayNames([nearestLanguage(language)], { type: 'region' }).of(country)) ?? region
}

export function isWordKey(key: string): key is keyof Words {
  return Object.hasOwn(en, key)
}

/** All lines in a person's language, for a page of ours that puts them in place itself. */
export function wordsFor(language: string): Words {
  return catalogues[nearestLanguage(language)]
}
