import type { people as english } from './en.ts'

export const people: Record<keyof typeof english, string> = {
  'link-unknown-title': 'このリンクの行き先が見つかりません',
  'link-unknown': 'すべてコピーされているか確認するか、渡してくれた人に新しいリンクを頼んでください。',
  'refused-link-expired': 'このリンクの有効期間は終わりました。新しいリンクを頼んでください。',
  'refused-link-used-up': 'このリンクは決められた回数だけ使われました。新しいリンクを頼んでください。',
  'refused-link-code-malformed': '英小文字、数字、ハイフンで3～40文字にし、最初と最後は文字か数字にしてください。',
  'refused-link-code-taken': 'この言葉はもう使われています。別の言葉を選んでください。',
  'refused-last-administrator': 'このアカウントには管理者が必要です。先にほかの人を管理者にしてください。',
  'refused-joining-closed': '今はどなたも参加できません。',
  'refused-invitation-needed': '参加には招待が必要です。招待を頼んでください。',
  'refused-invitation-ended': 'この招待は使用済みか、古すぎます。新しい招待を頼んでください。',
  'refused-removed': '管理者があなたの参加を終了しました。間違いだと思う場合は管理者に聞いてください。',
  'refused-alias-reveals': 'アドレスや番号では本人が分かってしまいます。名前を選んでください。',
  'join-welcome':
    '{account} に参加しました。選んだ内容に合う質問がこのアドレスに届きます。答えるには、そのまま返信してください。',
  'join-waits':
    '{account} への参加希望をありがとうございます。担当者が確認し、こちらにお知らせします。それまで質問は届きません。',
  'join-approved':
    'お知らせです。{account} への参加が認められました。合う質問がこのアドレスに届きます。答えるには、そのまま返信してください。',
  'join-declined':
    '{account} への参加希望をありがとうございました。今は新しい方を迎えないことになりました。質問は届きません。',
  'join-subject': '{account} への参加',
  'membership-link': '一時停止または退会',
  'someone-waits-subject': '{name} さんが参加を希望しています',
  'someone-waits': '{name} さんが {account} への参加を希望し、あなたの返事を待っています。',
  'someone-waits-link': '確認する',
  'invitation-subject': '{account} からの招待',
  'invitation-text':
    '{account} は、知らない人からの質問に、アドレスを明かさずにメールやデスクで答える人を招待しています。参加するにはリンクを開いてください。興味がなければ、このメールは無視してください。',
  'invitation-link': '参加する',
}
