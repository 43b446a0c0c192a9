import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Un mensaje nuevo',
  'nudge-question': 'Una pregunta nueva',
  'nudge-backchannel': 'Un mensaje entre bastidores',
  'nudge-whisper': 'Un susurro',
  'nudge-invitation': 'Alguien le invita a una conversación',
}
