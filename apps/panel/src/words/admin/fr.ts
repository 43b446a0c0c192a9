import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'Concierge',
  'admin.links': 'Liens',
  'admin.people': 'Personnes',
  'admin.preview': 'Qui recevrait ceci ?',
  'admin.reading': 'Compréhension',
  'admin.sections': 'Rubriques de l’administration',
  'admin.sites': 'Sites et sujets',
  'admin.teams': 'Équipes',
  'admin.title': 'Administration',
}
