import type { FixedLines } from '../fixed-lines.ts'

export const pl: FixedLines = {
  replyAbove: '-- Prosimy odpowiadać powyżej tej linii --',
  maybeRepeated: 'Być może ta wiadomość dotarła już wcześniej.',
  wrote: (name) => `${name} pisze:`,
}
