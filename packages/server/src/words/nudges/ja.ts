import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': '新しいメッセージ',
  'nudge-question': '新しい質問',
  'nudge-backchannel': '舞台裏のメッセージ',
  'nudge-whisper': 'ささやき',
  'nudge-invitation': '会話への参加をお願いされています',
}
