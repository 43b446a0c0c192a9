import type { FixedLines } from '../fixed-lines.ts'

export const pt: FixedLines = {
  replyAbove: '-- Responda acima desta linha --',
  maybeRepeated: 'É possível que já tenha recebido esta mensagem.',
  wrote: (name) => `${name} escreveu:`,
}
