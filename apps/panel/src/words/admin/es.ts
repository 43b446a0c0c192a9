import type { admin as english } from './en.ts'

export const admin: Record<keyof typeof english, string> = {
  'admin.concierge': 'Conserje',
  'admin.links': 'Enlaces',
  'admin.people': 'Personas',
  'admin.preview': '¿Quién lo recibiría?',
  'admin.reading': 'Comprensión',
  'admin.sections': 'Secciones de la administración',
  'admin.sites': 'Sitios y temas',
  'admin.teams': 'Equipos',
  'admin.title': 'Administración',
}
