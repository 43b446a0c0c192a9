import type { Say, Word } from '../words/words.model.ts'

const words: Record<string, Word> = { email: 'medium.email', web: 'medium.web' }

/** Media that have no word of their own are called the same in every language: SMS, XMPP. */
export function sayMedium(medium: string, say: Say): string {
  const word = words[medium]
  return word ? say(word) : medium.toUpperCase()
}
