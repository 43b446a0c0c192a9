import type { About } from './criteria.ts'
import { foldUrl, matchesPattern } from './matches-pattern.ts'
import { keysOf, normalise } from './normalise.ts'
import { holdsPhrase, phraseOf, wordsOf } from './words-of.ts'

/** Whether a wish is met by a known value, as both were written. What judges many prepares both once; this is what that must equal. */
export function compareFact(about: About, wanted: string, value: string): boolean {
  if (about === 'words') return holdsPhrase(wordsOf(value), phraseOf(wanted))
  if (about === 'url') return matchesPattern(foldUrl(wanted), foldUrl(value))
  return keysOf(about, value).includes(normalise(about, wanted))
}
