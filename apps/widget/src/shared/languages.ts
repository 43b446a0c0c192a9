/** The languages that the window speaks; each catalogue is a chunk of its own. */
export const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'ru', 'ar', 'ja'] as const
export type Language = (typeof languages)[number]

/** The first of the wished languages that the window speaks; English when there is none. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const primary = wish?.toLowerCase().split(/[-_]/)[0]
    const known = languages.find((language) => language === primary)
    if (known) return known
  }
  return 'en'
}

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')
