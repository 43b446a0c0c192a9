import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'アシスタント',
  'your-answer': 'ご回答',
  'email-address': 'メールアドレス',
  'refused-script-refused': 'このままではこのスクリプトを保存できません。印の付いた箇所をご確認ください。',
  'refused-changed-meanwhile': 'その間にほかの人がこのスクリプトを保存しました。まずその版をご確認ください。',
}
