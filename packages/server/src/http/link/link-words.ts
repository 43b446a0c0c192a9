import { type Language, languages, nearestLanguage } from '@parley/model'
import { wordsFor } from '../../words/index.ts'

/** The lines that the link pages put in place themselves. */
export function linkWords(language: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(wordsFor(language)).filter(
      ([key]) => key.startsWith('link-') || key === 'refused-conversation-closed',
    ),
  )
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return nearestLanguage(language) === 'ar' ? 'rtl' : 'ltr'
}

const spoken: ReadonlySet<string> = new Set(languages)

/** The first language of the header that is spoken here, by weight (RFC 9110 §12.5.4); English when there is none. */
export function acceptedLanguage(header: string | undefined): Language {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';')
      const q = parameters.map((each) => /^\s*q=([\d.]+)\s*$/i.exec(each)?.[1]).find((value) => value !== undefined)
      return { primary: tag.trim().toLowerCase().split('-')[0] ?? '', weight: q === undefined ? 1 : Number(q) }
    })
    .filter(({ primary, weight }) => spoken.has(primary) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return nearestLanguage(wanted[0]?.primary)
}
