import type { starting as english } from './en.ts'

export const starting: Record<keyof typeof english, string> = {
  'started-how': '{site} とのやり取りです。続けるには、ここに返信してください。',
  'started-confirm':
    'このアドレスから、おそらくあなたが {site} に連絡しました。ご本人であれば、このメッセージに返信してください。回答がここに届きます。そうでなければ、何もしないでください。これ以上は届きません。',
  'which-one': 'どの会話へのメッセージですか。先頭の文字を返信してください。\n{list}',
  'which-one-again': 'この文字に当てはまる会話はありません。どの会話ですか。\n{list}',
  'which-person': '誰へのメッセージですか。先頭の文字、または全員なら ALL と返信してください。\n{list}',
  'which-nothing': 'この文字の後に、伝えたいことを書いてください: {tag}',
  'opted-out': '{site}: 今後ここにメッセージは届きません。再び受け取るには START と返信してください。',
  'opted-in':
    '{site}: おかえりなさい。ここに再びメッセージが届きます。停止するには STOP、説明を見るには HELP と返信してください。',
  'who-this-is':
    '{site}: ここには人々からのメッセージが届き、あなたの返信は相手に届きます。返信するだけで答えられます。受け取りを止めるには STOP と返信してください。',
  'refused-address-taken': 'このアドレスはすでに使われています。先に使用先で解除してください。',
  'refused-site-needed': 'どのサイトのものか指定してください。そこに書いた人はそのサイトの会話を始めます。',
  'refused-keyword-empty': 'キーワードには文字か数字が少なくとも一つ必要です。',
}
