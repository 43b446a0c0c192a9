import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'Консьерж',
  'admin.links': 'Ссылки',
  'admin.people': 'Люди',
  'admin.preview': 'Кто это получит?',
  'admin.reading': 'Понимание',
  'admin.sections': 'Разделы управления',
  'admin.sites': 'Сайты и темы',
  'admin.teams': 'Команды',
  'admin.title': 'Управление',
}
