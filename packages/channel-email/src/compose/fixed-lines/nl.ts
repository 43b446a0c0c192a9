import type { FixedLines } from '../fixed-lines.ts'

export const nl: FixedLines = {
  replyAbove: '-- Antwoord boven deze regel --',
  maybeRepeated: 'Misschien hebt u dit bericht al eerder ontvangen.',
  wrote: (name) => `${name} schreef:`,
}
