import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': 'Новое сообщение',
  'nudge-question': 'Новый вопрос',
  'nudge-backchannel': 'Сообщение за кулисами',
  'nudge-whisper': 'Шёпот',
  'nudge-invitation': 'Вас приглашают в разговор',
}
