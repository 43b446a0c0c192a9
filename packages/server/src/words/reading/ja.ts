import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': '「{first}」と「{second}」のどちらについてのご質問ですか。',
  'topic-other': 'その他',
  'refused-pattern-refused': 'このパターンはこのままでは使えません。',
}
