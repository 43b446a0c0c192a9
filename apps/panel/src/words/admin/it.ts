import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'Concierge',
  'admin.links': 'Link',
  'admin.people': 'Persone',
  'admin.preview': 'Chi la riceverebbe?',
  'admin.reading': 'Comprensione',
  'admin.sections': 'Sezioni dell’amministrazione',
  'admin.sites': 'Siti e argomenti',
  'admin.teams': 'Squadre',
  'admin.title': 'Amministrazione',
}
