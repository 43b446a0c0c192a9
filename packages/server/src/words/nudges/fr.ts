import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Un nouveau message',
  'nudge-question': 'Une nouvelle question',
  'nudge-backchannel': 'Un message en coulisses',
  'nudge-whisper': 'Un chuchotement',
  'nudge-invitation': 'On vous invite à une conversation',
}
