import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Eine neue Nachricht',
  'nudge-question': 'Eine neue Frage',
}
