import type { FixedLines } from '../fixed-lines.ts'

export const de: FixedLines = {
  replyAbove: '-- Bitte über dieser Zeile antworten --',
  maybeRepeated: 'Diese Nachricht haben Sie vielleicht schon einmal erhalten.',
  wrote: (name) => `${name} schrieb:`,
}
