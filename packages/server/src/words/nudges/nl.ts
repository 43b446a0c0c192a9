import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Een nieuw bericht',
  'nudge-question': 'Een nieuwe vraag',
}
