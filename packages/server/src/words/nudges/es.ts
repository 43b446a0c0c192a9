import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Un mensaje nuevo',
  'nudge-question': 'Una pregunta nueva',
}
