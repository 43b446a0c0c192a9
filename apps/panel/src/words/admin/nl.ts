import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'Conciërge',
  'admin.links': 'Links',
  'admin.people': 'Mensen',
  'admin.preview': 'Wie zou dit krijgen?',
  'admin.reading': 'Begrijpen',
  'admin.sections': 'Onderdelen van het beheer',
  'admin.sites': 'Sites en onderwerpen',
  'admin.teams': 'Teams',
  'admin.title': 'Beheer',
}
