import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Uma nova mensagem',
  'nudge-question': 'Uma nova pergunta',
  'nudge-backchannel': 'Uma mensagem nos bastidores',
  'nudge-whisper': 'Um sussurro',
  'nudge-invitation': 'Alguém o convida para uma conversa',
}
