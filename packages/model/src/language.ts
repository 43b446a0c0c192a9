/** The languages Parley speaks to people in to begin with: BCP 47 tags, in the order in which a chooser shows them. */
export const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'ru', 'ar', 'ja'] as const
export type Language = (typeof languages)[number]

const known: ReadonlySet<string> = new Set(languages)

/** The language to speak for any BCP 47 tag; English when it is none of ours. */
export function nearestLanguage(tag: string | null | undefined): Language {
  const primary = (tag ?? '').toLowerCase().split(/[-_]/)[0] ?? ''
  return known.has(primary) ? (primary as Language) : 'en'
}
