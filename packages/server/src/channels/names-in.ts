import type { SenderEvidence } from '@parley/channel-sdk'

/**
 * Names that must not pass in what their bearer writes. One word alone is left: it would take words out of sentences, and first names in
 * free text are not promised (settled 17).
 */
export function namesIn({ name = '' }: Pick<SenderEvidence, 'name'>): string[] {
  const whole = name.trim().slice(0, 200)
  return /\S\s+\S/.test(whole) ? [whole] : []
}
