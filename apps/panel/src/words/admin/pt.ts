import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'Concierge',
  'admin.links': 'Ligações',
  'admin.people': 'Pessoas',
  'admin.preview': 'Quem receberia isto?',
  'admin.reading': 'Compreensão',
  'admin.sections': 'Secções da administração',
  'admin.sites': 'Sites e temas',
  'admin.teams': 'Equipas',
  'admin.title': 'Administração',
}
