import type { reading as english } from './en.ts'

export const reading: Record<keyof typeof english, string> = {
  'topic-which': '「{first}」と「{second}」のどちらについてのご質問ですか。',
  'topic-other': 'その他',
  'refused-pattern-unbounded': '際限のない繰り返しはできません。{at} 文字目をご覧ください。',
  'refused-pattern-groups': 'グループや選択は使えません。二つのパターンに分けてください。{at} 文字目をご覧ください。',
  'refused-pattern-loose':
    'これではほとんどの文から番号が見つかってしまいます。少なくとも三文字が必要で、そのうち一つは変わりうるものでなければなりません。',
  'refused-pattern-malformed': 'このパターンは不完全です。{at} 文字目をご覧ください。',
}
