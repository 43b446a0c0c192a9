import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'コンシェルジュ',
  'admin.links': 'リンク',
  'admin.people': 'メンバー',
  'admin.preview': '誰に届く？',
  'admin.reading': '読み取り',
  'admin.sections': '管理の項目',
  'admin.sites': 'サイトとトピック',
  'admin.teams': 'チーム',
  'admin.title': '管理',
}
