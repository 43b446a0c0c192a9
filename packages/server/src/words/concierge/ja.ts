import type { concierge as english } from './en.ts'

export const concierge: Record<keyof typeof english, string> = {
  assistant: 'アシスタント',
  'your-answer': 'ご回答',
  'email-address': 'メールアドレス',
  'mobile-number': '携帯電話番号',
  'messenger-address': 'メッセンジャーのアドレス (XMPP)',
  'phone-address': '電話のアドレス (SIP)',
  'refused-script-refused': 'このままではこのスクリプトを保存できません。印の付いた箇所をご確認ください。',
  'refused-changed-meanwhile': 'その間にほかの人がこのスクリプトを保存しました。まずその版をご確認ください。',
}
