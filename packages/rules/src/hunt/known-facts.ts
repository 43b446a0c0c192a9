import type { Fact } from './facts.ts'

/** What is there when a visitor opens a conversation. Texts as the window and the page gave them, bounded by whoever took them in. */
export interface Beginning {
  readonly site: string
  readonly topic: string | null
  /** The language of the conversation, and whether the visitor chose it; else the browser's. */
  readonly language: string
  readonly languageChosen: boolean
  readonly region: string | null
  /** What the visitor filled in, by the names that the site defined. */
  readonly fields: Readonly<Record<string, string>>
  readonly page?:
    | { readonly url: string; readonly title?: string | undefined; readonly referrer?: string | undefined }
    | undefined
  /** What the page tells about itself. */
  readonly context?: Readonly<Record<string, string>> | undefined
}

/** The facts that are known before a word was written: what the visitor chose, and what the page and the browser imply. */
export function knownFacts(beginning: Beginning): readonly Fact[] {
  const { site, topic, language, languageChosen, region, fields, page, context } = beginning
  return [
    { about: 'site', value: site, source: 'implied' },
    { about: 'language', value: language, source: languageChosen ? 'chosen' : 'implied' },
    ...chosenFacts({ topic, region, fields }),
    ...(page ? pageFacts(page) : []),
    ...(context ? contextFacts(context) : []),
  ]
}

/** What a visitor chose: left out is left as it was, null or an empty text takes back what was chosen before. */
export function chosenFacts(choice: {
  readonly topic?: string | null
  readonly language?: string
  readonly region?: string | null
  readonly fields?: Readonly<Record<string, string>>
}): readonly Fact[] {
  const source = 'chosen'
  const { topic, language, region, fields = {} } = choice
  return [
    ...(topic === undefined ? [] : [{ about: 'topic', value: topic ?? '', source } as const]),
    ...(language === undefined ? [] : [{ about: 'language', value: language, source } as const]),
    ...(region === undefined ? [] : [{ about: 'region', value: region ?? '', source } as const]),
    ...Object.entries(fields).map(([name, value]) => ({ about: `field:${name}`, value, source }) as const),
  ]
}

export function pageFacts(page: NonNullable<Beginning['page']>): readonly Fact[] {
  const told = { title: page.title, referrer: page.referrer }
  return [
    { about: 'url', value: page.url, source: 'implied' },
    ...Object.entries(told).flatMap(([name, value]) =>
      value ? [{ about: `page:${name}`, value, source: 'implied' } as const] : [],
    ),
  ]
}

export function contextFacts(context: Readonly<Record<string, string>>): readonly Fact[] {
  return Object.entries(context).map(([name, value]) => ({ about: `page:${name}`, value, source: 'implied' }) as const)
}
