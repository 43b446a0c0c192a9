import type { FixedLines } from '../fixed-lines.ts'

export const ar: FixedLines = {
  replyAbove: '-- يرجى الرد فوق هذا السطر --',
  maybeRepeated: 'ربما وصلتك هذه الرسالة من قبل.',
  wrote: (name) => `كتب ${name}:`,
}
