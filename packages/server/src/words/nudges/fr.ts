import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Un nouveau message',
  'nudge-question': 'Une nouvelle question',
}
