/** A code and how people call it. */
export interface Named {
  readonly value: string
  readonly label: string
}

/** Every country that this browser has a name for, by name. Found once for each language: it takes hundreds of questions. */
export function countries(language: string): Named[] {
  return named('region', language, () =>
    pairs('ABCDEFGHIJKLMNOPQRSTUVWXYZ').filter((code) => !notCountries.has(code) && isCurrent(`und-${code}`)),
  )
}

/** Every language of two letters that this browser has a name for, by name. */
export function languagesByName(language: string): Named[] {
  return named('language', language, () => pairs('abcdefghijklmnopqrstuvwxyz').filter(isCurrent))
}

/** `Alaska (US-AK)` cannot be known here; `United States (US-AK)` tells enough. */
export function nameRegion(code: string, language: string): string {
  const country = /^[A-Za-z]{2}(?=$|[-_])/u.exec(code)?.[0]
  const name = country ? nameOf('region', language, country.toUpperCase()) : undefined
  return name && name !== code ? `${name} (${code})` : code
}

export function nameLanguage(code: string, language: string): string {
  try {
    return nameOf('language', language, code) ?? code
  } catch {
    return code
  }
}

// No places: the world, the European Union, "not known", and what test data is marked with.
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

// Old codes mean what a newer one does, and would stand there twice.
function isCurrent(tag: string): boolean {
  return Intl.getCanonicalLocales(tag)[0] === tag
}

function pairs(letters: string): string[] {
  return [...letters].flatMap((first) => [...letters].map((second) => first + second))
}

const lists = new Map<string, Named[]>()

function named(type: 'region' | 'language', language: string, codes: () => readonly string[]): Named[] {
  const known = lists.get(`${type} ${language}`)
  if (known) return known
  const names = namesOf(type, language)
  const list = codes()
    .flatMap((value) => {
      const label = names.of(value)
      return label ? [{ value, label }] : []
    })
    .sort(byLabel(language))
  lists.set(`${type} ${language}`, list)
  return list
}

function byLabel(language: string): (a: Named, b: Named) => number {
  const { compare } = new Intl.Collator(language)
  return (a, b) => compare(a.label, b.label)
}

function nameOf(type: 'region' | 'language', language: string, code: string): string | undefined {
  return namesOf(type, language).of(code)
}

function namesOf(type: 'region' | 'language', language: string): Intl.DisplayNames {
  return new Intl.DisplayNames([language], { type, fallback: 'none' })
}
