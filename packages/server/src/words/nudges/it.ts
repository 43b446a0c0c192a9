import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Un nuovo messaggio',
  'nudge-question': 'Una nuova domanda',
  'nudge-backchannel': 'Un messaggio dietro le quinte',
  'nudge-whisper': 'Un sussurro',
  'nudge-invitation': 'Qualcuno la invita a una conversazione',
}
