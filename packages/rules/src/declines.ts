import { readCommand } from './offer-commands.ts'

/** What answers "would you join?" and nothing else. */
const plainly = new Set(['no', 'nein', 'non', 'nee', 'nie', 'não', 'nao', 'нет', 'لا', 'いいえ', 'no way', 'nope'])

/**
 * Does this reply to an invitation decline it? Whatever declines a question does, and a bare "no", which could be an answer to a question and is
 * one to an invitation. "No, but …" is an answer that accepts.
 */
export function declines(text: string): boolean {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M} ]+/gu, '')
    .trim()
  return plainly.has(words) || (readCommand(text) ?? { kind: 'resume' }).kind !== 'resume'
}
