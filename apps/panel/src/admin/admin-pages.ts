import { type ComponentType, lazy } from 'react'
import type { Word } from '../words/words.model.ts'

/** `rest`: what stands behind the section in the address, `SCRIPT` in `/desk/admin/concierge/SCRIPT`; empty for the section itself. */
export type AdminPage = ComponentType<{ rest: string }>

export interface AdminSection {
  /** As it stands in the address: `/desk/admin/PATH`. */
  readonly path: string
  readonly title: Word
  readonly page: AdminPage
}

/** Every section of the administration, in the order of the navigation. A page is fetched when it is first opened. */
export const adminSections: readonly AdminSection[] = [
  section('people', 'admin.people', async () => (await import('./people.page.tsx')).PeoplePage),
  section('teams', 'admin.teams', async () => (await import('./teams.page.tsx')).TeamsPage),
  section('categories', 'categories.title', async () => (await import('./categories.page.tsx')).CategoriesPage),
  section('sites', 'admin.sites', async () => (await import('./sites.page.tsx')).SitesPage),
  section('links', 'admin.links', async () => (await import('./links.page.tsx')).LinksPage),
  section('addresses', 'own.title', async () => (await import('./own-addresses.page.tsx')).OwnAddressesPage),
  section('preview', 'admin.preview', async () => (await import('../criteria/who-would-get.page.tsx')).WhoWouldGetPage),
  section('concierge', 'admin.concierge', async () => (await import('../concierge/concierge.page.tsx')).ConciergePage),
  section('programs', 'programs.title', async () => (await import('../programs/programs.page.tsx')).ProgramsPage),
  section('reading', 'admin.reading', async () => (await import('../reading/reading.page.tsx')).ReadingPage),
]

function section(path: string, title: Word, load: () => Promise<AdminPage>): AdminSection {
  return { path, title, page: lazy(async () => ({ default: await load() })) }
}
