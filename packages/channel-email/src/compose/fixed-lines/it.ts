import type { FixedLines } from '../fixed-lines.ts'

export const it: FixedLines = {
  replyAbove: '-- Rispondere sopra questa riga --',
  maybeRepeated: 'Forse ha già ricevuto questo messaggio.',
  wrote: (name) => `${name} ha scritto:`,
}
