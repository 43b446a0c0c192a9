import { concierge } from './concierge/ja.ts'
import { criteria } from './criteria/ja.ts'
import type { Words } from './en.ts'
import { files } from './files/ja.ts'
import { nudges } from './nudges/ja.ts'
import { operations } from './operations/ja.ts'
import { people } from './people/ja.ts'
import { reading } from './reading/ja.ts'
import { starting } from './starting/ja.ts'

export const ja: Words = {
  ...concierge,
  ...reading,
  ...starting,
  ...criteria,
  ...people,
  ...nudges,
  ...operations,
  ...files,
  visitor: 'お客様',
  responder: '担当者',
  greeting: 'こんにちは。どのようなご用件でしょうか？',
  'asker-from': '{asker}（{region}）',

  'because-topic': '「{topic}」の質問を選んでいただいているためです。',
  'because-all': 'すべてのテーマの質問を受け付けていただいているためです。',
  'because-named': 'あなた、またはあなたのチームが指名されました。',
  'because-acquainted': '以前この方のお役に立っています。',
  'because-moved': 'この会話には新しい担当者が必要です。',
  'because-wishes': 'ご希望に合っています：{wishes}',
  'offer-news': '{asker}が内容を追加しました。現在の質問：',
  'offer-no-words': 'まだ何も書かれていません。先に話しかけることができます。',
  'offer-prefers-another-medium':
    'ご回答ありがとうございます。この質問では、優先される別の手段での回答をしばらく待ちます。届かなければあなたの回答をお伝えし、届いた場合はお知らせします。',
  'offer-not-invited':
    'ご回答ありがとうございます。この質問に答えられるのは指名された方だけのため、回答はお伝えしていません。回答は保存されています。',
  'question-changed': 'この質問は別の内容であることがわかりました。何もしていただく必要はありません。',
  'question-expired': 'この質問の受付時間が過ぎました。何もしていただく必要はありません。',
  'moved-on': 'ありがとうございました。この会話は別の者が引き継ぎ、以後のメッセージは届きません。{reason}',
  'left-topic': '質問の内容が変わりました。',
  'left-language': '会話は別の言語で続きます。',
  'left-wish': '別の担当者が希望されました。',
  'left-silence': 'しばらく返答がありませんでした。',
  'left-left': '回答していた担当者は対応できなくなりました。',
  'left-by-hand': '会話は引き継がれました。',

  'offer-subject': '{topic}についての質問',
  'offer-subject-plain': 'あなたへの質問',
  'offer-intro': '{asker}からの質問：',
  'offer-how':
    '回答するには、このメッセージにそのまま返信してください。あなたのアドレスは相手に見えません。最初に回答された方が会話を担当します。',
  'offer-how-many': '回答するには、このメッセージにそのまま返信してください。あなたのアドレスは相手に見えません。',
  'offer-decline':
    'この質問を見送る場合は「辞退」と返信してください。しばらく質問を受けたくないときは「一時停止」、今後いっさい不要なときは「停止」と返信してください。',
  'offer-lines': 'このまま返信してください。見送る場合は"辞退"、今後不要なら"停止"。',

  'message-subject': '{site}での会話',
  'message-how': '回答するには、このメッセージにそのまま返信してください。あなたのアドレスは相手に見えません。',
  'earlier-title': 'これまでのやり取り',
  'reply-all-how': '返信は{alias}だけに届きます。全員に返信するには {address} にお書きください。',

  'question-taken': 'ありがとうございます。この質問にはすでに別の方が回答しました。何もしていただく必要はありません。',
  'question-withdrawn': 'この質問は取り下げられました。何もしていただく必要はありません。',
  'offer-slots-taken':
    'ご回答ありがとうございます。今回は別の方が少し早かったため、お伝えできませんでした。回答は保存してあります。またお願いいたします。',
  'offer-too-late':
    'ご回答ありがとうございます。この質問の受付時間が過ぎていたため、お伝えできませんでした。回答は保存してあります。',
  'offer-offer-withdrawn':
    'ご回答ありがとうございます。この質問は取り下げられていたため、お伝えできませんでした。回答は保存してあります。',
  'offer-ticket-closed':
    'ご回答ありがとうございます。この会話は終了しているため、お伝えできませんでした。回答は保存してあります。',
  'offer-declined': '承知しました。この質問についてのご連絡はもういたしません。',
  'offer-paused':
    '承知しました。いずれかの質問に「再開」と返信していただくか、デスクで再びオンにしていただくまで、質問は届きません。',
  'offer-stopped':
    '承知しました。今後、質問は届きません。お間違いでしたら、このメッセージに「再開」と返信してください。',
  'offer-resumed': 'お帰りなさい。また質問が届くようになりました。',

  'held-subject': 'このメッセージを書きましたか？',
  'held-unknown-sender':
    'あなたの会話に、あなたのものとして登録されていないアドレスからメッセージが届きました。相手には渡していません。ご自身のものでしたら、リンクを開いて相手に渡してください。そうでなければ、何もしていただく必要はありません。',
  'held-contradicted':
    'あなたの会話に、あなたの名前でメッセージが届きましたが、ご利用のメールサービスから送られたものではないようです。相手には渡していません。ご自身のものでしたら、リンクを開いて相手に渡してください。そうでなければ、何もしていただく必要はありません。',
  'held-link': 'メッセージを見る',
  'conversation-closed': 'この会話は終了しているため、メッセージは相手に渡されませんでした。',
  'place-left': 'この会話にはもう参加していないため、メッセージは相手に渡されませんでした。',
  'attachment-left-out': 'メッセージは相手に渡しましたが、ファイル {name} は渡せませんでした。{reason}',
  'left-out-damaged': 'ファイルが壊れているか、不完全です。',
  'left-out-encrypted': 'パスワードで保護されています。',
  'left-out-too-expansive': '見かけのサイズよりもはるかに多くの内容を含んでいます。',
  'left-out-active-content': 'プログラムまたはマクロを含んでいます。',
  'left-out-executable': 'プログラムです。',
  'left-out-dangerous-name': 'この種類のファイルは害を及ぼすおそれがあります。',
  'left-out-holds-other-files': 'ほかのファイルを含んでいます。',
  'left-out-carries-addresses': 'アドレスを含んでいます。',
  'left-out-metadata-not-removable': 'あなたに関する隠れた情報を含み、取り除くことができません。',
  'left-out-unknown-type': '対応していない種類のファイルです。',
  'left-out-too-large': 'サイズが大きすぎます。',
  'left-out-empty': '中身がありません。',

  'code-subject': 'コードは {code} です',
  'code-text':
    'どなたか（おそらくあなた）が、このアドレスを会話で使おうとしています。15分以内に、会話の画面でこのコードを入力してください：',
  'code-ignore': 'お心当たりがなければ、このメッセージは無視してください。このアドレスにはこれ以上何も送りません。',
  'code-label': 'コード',
  'code-lines': '{site}：コード（15分間有効）',
  'code-lines-ignore': 'お心当たりがなければ無視してください。',

  'sign-in-subject': 'サインイン用リンク',
  'sign-in-text': 'このリンクを開いてサインインしてください。15分間、一度だけ使えます。',
  'sign-in-link': 'サインイン',

  'transcript-subject': '{site}での会話',
  'transcript-intro': 'やり取りの内容は次のとおりです：',
  'recovery-link': 'もう一度読んで続ける',
  're-read-link': '会話全体を読む',

  'delivery-failed-subject': 'メッセージを届けられませんでした',
  'delivery-failed':
    '相手に今つながらないため、最後のメッセージを届けられませんでした。メッセージは会話に保存されています。',

  'link-read-title': 'あなたの会話',
  'link-read-intro': '参加している会話の内容を、ここでもう一度読むことができます。',
  'link-read-open': '会話を開く',
  'link-read-how': '返信するには、このリンクがあったメッセージに返信してください。',
  'link-read-empty': 'まだ読めるものがありません。',
  'link-read-earlier': '以前のメッセージを表示',
  'link-read-whole': 'メッセージ全体を表示',
  'link-read-masked': '個人情報は非表示になっています。',
  'link-read-unproven': '送信者を確認できませんでした。',
  'link-you': 'あなた',
  'link-held-title': 'このメッセージを書きましたか？',
  'link-held-intro':
    'あなたの名前でメッセージが届きましたが、ご本人のものと確認できませんでした。まだ誰も見ていません。内容を見て、お決めください。',
  'link-held-open': 'メッセージを見る',
  'link-held-from': '差出人は {claims} となっています。',
  'link-held-until': '何もしなければ、{date}に削除されます。',
  'link-held-release': '自分が書いた：相手に渡す',
  'link-held-discard': '自分ではない：削除する',
  'link-held-released': 'ありがとうございます。メッセージを相手に渡しました。',
  'link-held-discarded': 'ありがとうございます。メッセージを削除しました。誰も見ていません。',
  'link-held-late': 'ありがとうございます。会話の状況が変わったため、メッセージを相手に渡すことができませんでした。',
  'link-held-decided': 'すでに決定済みです。ほかにしていただくことはありません。',
  'link-opening': 'お待ちください…',
  'link-gone': 'このリンクはもう使えません。古すぎるか、リンク先がなくなった可能性があります。',
  'link-broken': 'リンクが不完全です。リンクがあったメッセージからもう一度開いてください。',
  'link-failed': 'うまくいきませんでした。少し待ってからもう一度お試しください。',
  'link-script': 'このページでは JavaScript を有効にしてください。',

  'refused-not-there': 'ここにはないか、すでになくなっています。',
  'refused-conversation-closed': 'この会話は終了しています。',
  'refused-interaction-closed': 'このやり取りは終了しています。',
  'refused-text-empty': 'メッセージがまだ空です。',
  'refused-text-too-long': 'メッセージが長すぎます。二つに分けて送ってください。',
  'refused-too-fast': '送信が速すぎます。少し待ってからもう一度送ってください。',
  'refused-bad-endpoint': '送り先は、ユーザー名、パスワード、フラグメント（#）を含まないhttpsのアドレスです。',
  'refused-endpoint-not-proven': '送り先が確認の呼び出しに正しく応答しませんでした（{reason}）。何も変更していません。',
  'refused-too-many': '一度に多すぎます。しばらくしてからもう一度お試しください。',
  'refused-attachment-not-there': 'ファイルが見つかりません。もう一度添付してください。',
  'refused-attachment-refused': 'このファイルは渡すことができません。',
  'refused-unknown-choice': 'その選択肢はここでは使えません。',
  'refused-form-incomplete': '必須の項目をすべて入力してください。',
  'refused-form-answered': 'このフォームにはすでに回答があります。',
  'refused-not-allowed': 'ここではその操作はできません。',
  'refused-under-way': 'すでに送信の途中です。',
  'refused-malformed': 'このアドレスには送信できません。ご確認ください。',
  'address-test': 'これは{site}からのテストです。そちらからのメッセージはここに届きます。',
  'refused-not-reachable': 'この番号にはメッセージを送信できません。別の番号をお知らせください。',
  'refused-no-such-medium': 'この連絡方法はここではご利用いただけません。',
  'refused-own-domain': 'これは当方のアドレスです。ご自身のアドレスを入力してください。',
  'refused-wrong-code': 'コードが正しくありません。ご確認ください。',
  'refused-unauthorised': 'サインインの有効期限が切れました。ページをもう一度開いてください。',
  'refused-wrong-origin': 'この要求は当方のページから送られたものではありません。',
  'refused-too-large': '大きすぎます。',
  'refused-malformed-request': 'この要求を理解できませんでした。',
  'refused-try-again': '今は保存できませんでした。もう一度お試しください。',
}
