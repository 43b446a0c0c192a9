import type { files as english } from './en.ts'

export const files: Record<keyof typeof english, string> = {
  'file-page-title': 'あなた宛てのファイル',
  'file-page-for': '{site}がこのファイルをお渡しします。',
  'file-page-until': 'このリンクは{date}まで有効です。',
  'file-page-open': 'ダウンロード',
  'file-page-expired-title': 'このリンクは期限切れです',
  'file-page-expired': '一定期間だけ有効なリンクで、その期間が過ぎました。会話でもう一度ファイルを求めてください。',
  'file-page-unknown-title': 'ここにファイルはありません',
  'file-page-unknown': 'リンクがすべてコピーされているかご確認ください。ファイルが削除された可能性もあります。',
  'refused-file-infected': 'このファイルは渡されませんでした。ウイルススキャナーが何かを検出しました。',
  'left-out-virus': 'ウイルスが見つかりました。',
  'file-page-unchecked': 'このファイルはウイルス検査を受けていません。',
}
