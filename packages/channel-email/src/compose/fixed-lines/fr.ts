import type { FixedLines } from '../fixed-lines.ts'

export const fr: FixedLines = {
  replyAbove: '-- Merci de répondre au-dessus de cette ligne --',
  maybeRepeated: 'Vous avez peut-être déjà reçu ce message.',
  wrote: (name) => `${name} a écrit :`,
}
