import type { nudges as english } from './en.ts'

export const nudges: Record<keyof typeof english, string> = {
  'nudge-message': '新しいメッセージ',
  'nudge-question': '新しい質問',
}
