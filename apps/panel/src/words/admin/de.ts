import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'Concierge',
  'admin.links': 'Links',
  'admin.people': 'Personen',
  'admin.preview': 'Wer bekäme das?',
  'admin.reading': 'Verstehen',
  'admin.sections': 'Bereiche der Verwaltung',
  'admin.sites': 'Sites und Themen',
  'admin.teams': 'Teams',
  'admin.title': 'Verwaltung',
}
