import type { FixedLines } from '../fixed-lines.ts'

export const ja: FixedLines = {
  replyAbove: '-- この行より上にご返信ください --',
  maybeRepeated: 'このメッセージは以前にも届いている可能性があります。',
  wrote: (name) => `${name} さん:`,
}
