import type { FixedLines } from '../fixed-lines.ts'

export const ru: FixedLines = {
  replyAbove: '-- Пожалуйста, отвечайте выше этой строки --',
  maybeRepeated: 'Возможно, вы уже получали это сообщение.',
  wrote: (name) => `${name} пишет:`,
}
