import type { FixedLines } from '../fixed-lines.ts'

export const es: FixedLines = {
  replyAbove: '-- Responda por encima de esta línea --',
  maybeRepeated: 'Es posible que ya haya recibido este mensaje.',
  wrote: (name) => `${name} escribió:`,
}
