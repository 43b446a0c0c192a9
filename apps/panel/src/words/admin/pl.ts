import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'Konsjerż',
  'admin.links': 'Linki',
  'admin.people': 'Osoby',
  'admin.preview': 'Kto by to dostał?',
  'admin.reading': 'Rozumienie',
  'admin.sections': 'Działy administracji',
  'admin.sites': 'Witryny i tematy',
  'admin.teams': 'Zespoły',
  'admin.title': 'Administracja',
}
