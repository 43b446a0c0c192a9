import { Loader } from '@mantine/core'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { LiveProvider } from '../live/live.tsx'
import { useOpenedPlace } from '../push/use-opened-place.ts'
import { useMe } from '../settings/me.queries.ts'
import { DialogsProvider } from '../structure/dialogs.tsx'
import { MergeDragProvider } from '../structure/merge-drag.tsx'
import { ToastProvider } from '../structure/toast.tsx'
import { useSay } from '../words/words.tsx'
import { Announcer } from './announcer.tsx'
import { PageProblem } from './page-problem.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { SideList } from './side-list.tsx'

export function DeskLayout() {
  const say = useSay()
  const me = useMe()
  useOpenedPlace()
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (me.error && !me.data) return <PageProblem error={me.error} />
  if (!me.data) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  const isHome = /^\/?(desk\/?)?$/.test(path)
  return (
    <LiveProvider person={me.data.person}>
      <ToastProvider>
        <DialogsProvider>
          <a className="skip" href="#middle">
            {say('desk.skip')}
          </a>
          <MergeDragProvider>
            {/* On a phone one of the two is shown: the list, or what was chosen from it. */}
            <div className="desk" data-showing={isHome ? 'list' : 'chosen'}>
              <SideList me={me.data} />
              <main className="middle" id="middle" tabIndex={-1}>
                <Outlet />
                <div id="menus" />
              </main>
            </div>
          </MergeDragProvider>
          <Announcer />
          <Shortcuts />
        </DialogsProvider>
      </ToastProvider>
    </LiveProvider>
  )
}
