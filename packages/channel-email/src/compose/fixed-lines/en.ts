import type { FixedLines } from '../fixed-lines.ts'

export const en: FixedLines = {
  replyAbove: '-- Please reply above this line --',
  maybeRepeated: 'You may have received this message before.',
  wrote: (name) => `${name} wrote:`,
}
