import { Loader, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { BackToList } from '../conversations/conversation.page.tsx'
import { NotThere } from '../desk/page-problem.tsx'
import { useMe } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { adminSections } from './admin-pages.ts'

/** The administration: its sections side by side, and the one that was chosen. For everyone else there is nothing at this address. */
export function AdminLayout({ section: path, rest }: { section: string; rest: string }) {
  const say = useSay()
  const me = useMe().data
  const section = adminSections.find((one) => one.path === path)
  const title = section && say(section.title)
  useEffect(() => {
    if (title) document.title = `${title} · Parley`
  }, [title])
  if (!me) return null
  if (me.role !== 'administrator' || !section) return <NotThere />
  const Page = section.page
  return (
    <section className="page admin">
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{title}</Title>
        </div>
      </header>
      <nav className="admin-nav" aria-label={say('admin.sections')}>
        <ul>
          {adminSections.map((one) => (
            <li key={one.path}>
              <Link
                to="/admin/$section"
                params={{ section: one.path }}
                aria-current={one.path === path ? 'page' : undefined}
              >
                {say(one.title)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="page-body">
        <Suspense fallback={<Loader className="alone" role="status" aria-label={say('page.loading')} />}>
          <Page key={rest} rest={rest} />
        </Suspense>
      </div>
    </section>
  )
}
