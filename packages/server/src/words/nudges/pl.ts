import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Nowa wiadomość',
  'nudge-question': 'Nowe pytanie',
  'nudge-backchannel': 'Wiadomość za kulisami',
  'nudge-whisper': 'Szept',
  'nudge-invitation': 'Ktoś zaprasza do rozmowy',
}
