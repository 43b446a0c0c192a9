import type { QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { AdminLayout } from './admin/admin.layout.tsx'
import { Refused } from './api/ask.ts'
import { ConversationPage } from './conversations/conversation.page.tsx'
import { DeskLayout } from './desk/desk.layout.tsx'
import { NothingChosen } from './desk/nothing-chosen.tsx'
import { NotThere, PageProblem } from './desk/page-problem.tsx'
import { HeldPage } from './held/held.page.tsx'
import { InvitationsPage } from './invitations/invitations.page.tsx'
import { JoinPage } from './joining/join.page.tsx'
import { OfferPage } from './offers/offer.page.tsx'
import { SearchPage } from './search/search.page.tsx'
import { meQuery } from './settings/me.queries.ts'
import { SettingsPage } from './settings/settings.page.tsx'
import { LinkPage } from './sign-in/link.page.tsx'
import { SignInPage } from './sign-in/sign-in.page.tsx'
import { WatchPage } from './watch/watch.page.tsx'

export function makeRouter(queries: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotThere, errorComponent: PageProblem })
  const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage })
  const link = createRoute({ getParentRoute: () => root, path: '/sign-in/link', component: LinkPage })
  const join = createRoute({
    getParentRoute: () => root,
    path: '/join/$account',
    component: () => <JoinPage account={join.useParams().account} />,
  })
  const desk = createRoute({
    getParentRoute: () => root,
    id: 'desk',
    component: DeskLayout,
    async loader() {
      try {
        return await queries.ensureQueryData(meQuery)
      } catch (error) {
        if (error instanceof Refused && (error.status === 401 || error.status === 403))
          throw redirect({ to: '/sign-in' })
        throw error
      }
    },
  })
  const home = createRoute({ getParentRoute: () => desk, path: '/', component: NothingChosen })
  const conversation = createRoute({
    getParentRoute: () => desk,
    path: '/conversations/$conversation',
    validateSearch: ({ message }): { message?: string } => (typeof message === 'string' ? { message } : {}),
    component: () => {
      const { conversation: id } = conversation.useParams()
      const { message } = conversation.useSearch()
      return <ConversationPage key={`${id} ${message ?? ''}`} id={id} message={message} />
    },
  })
  const offer = createRoute({
    getParentRoute: () => desk,
    path: '/questions/$offer',
    component: () => {
      const { offer: id } = offer.useParams()
      return <OfferPage key={id} id={id} />
    },
  })
  const held = createRoute({ getParentRoute: () => desk, path: '/held', component: HeldPage })
  const invitations = createRoute({ getParentRoute: () => desk, path: '/invitations', component: InvitationsPage })
  const watch = createRoute({ getParentRoute: () => desk, path: '/watch', component: WatchPage })
  const search = createRoute({
    getParentRoute: () => desk,
    path: '/search',
    validateSearch: ({ q }): { q?: string } => (typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    component: () => <SearchPage q={search.useSearch().q ?? ''} />,
  })
  const settings = createRoute({ getParentRoute: () => desk, path: '/settings', component: SettingsPage })
  const adminHome = createRoute({
    getParentRoute: () => desk,
    path: '/admin',
    beforeLoad: () => {
      throw redirect({ to: '/admin/$section', params: { section: 'people' }, replace: true })
    },
  })
  const admin = createRoute({
    getParentRoute: () => desk,
    path: '/admin/$section',
    component: () => {
      const { section } = admin.useParams()
      return <AdminLayout key={section} section={section} rest="" />
    },
  })
  const adminInside = createRoute({
    getParentRoute: () => desk,
    path: '/admin/$section/$',
    component: () => {
      const { section, _splat } = adminInside.useParams()
      return <AdminLayout key={section} section={section} rest={_splat ?? ''} />
    },
  })
  return createRouter({
    basepath: '/desk',
    routeTree: root.addChildren([
      signIn,
      link,
      join,
      desk.addChildren([
        home,
        conversation,
        offer,
        held,
        invitations,
        watch,
        search,
        settings,
        adminHome,
        admin,
        adminInside,
      ]),
    ]),
    defaultPendingMinMs: 0,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
