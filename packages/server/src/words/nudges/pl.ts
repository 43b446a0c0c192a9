import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Nowa wiadomość',
  'nudge-question': 'Nowe pytanie',
}
