import type { push as english } from './en.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'このブラウザーでの通知',
  'push.how': 'ここでデスクを閉じている間、新しいメッセージや質問をこの端末に表示します。クリックすると開きます。',
  'push.on': 'このブラウザーに通知する',
  'push.words': 'ロック画面にも、誰が何を書いたかを表示する',
  'push.wordsHow': 'オフのときは、新着があることだけを表示します。',
  'push.denied': 'このブラウザーはこのページからの通知を許可していません。アドレス欄の横の設定で許可してください。',
  'push.none':
    'このブラウザーではここで通知を使えません。iPhoneやiPadでは、まずこのページをホーム画面に追加してください。',
}
