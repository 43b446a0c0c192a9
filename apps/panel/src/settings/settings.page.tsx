import { Button, Stack, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { BackToList } from '../conversations/conversation.page.tsx'
import { forgetDrafts } from '../conversations/drafts.ts'
import { CriteriaEditor } from '../criteria/criteria-editor.tsx'
import { dropHere } from '../push/push.queries.ts'
import { ThisBrowser } from '../push/this-browser.tsx'
import { signInCalls } from '../sign-in/sign-in.queries.ts'
import { useSay } from '../words/words.tsx'
import { Addresses } from './addresses.tsx'
import { Leaving } from './leaving.tsx'
import { useMe } from './me.queries.ts'
import { Profile } from './profile.tsx'
import { Security } from './security.tsx'

export function SettingsPage() {
  const say = useSay()
  const me = useMe().data
  const navigate = useNavigate()
  const queries = useQueryClient()
  useEffect(() => {
    document.title = `${say('settings.title')} · Parley`
  }, [say])
  async function leave() {
    await dropHere()
    await signInCalls.signOut()
    forgetDrafts()
    await navigate({ to: '/sign-in' })
    queries.clear()
  }
  if (!me) return null
  return (
    <section className="page">
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{say('settings.title')}</Title>
        </div>
        <Button variant="default" size="xs" onClick={leave}>
          {say('signIn.leave')}
        </Button>
      </header>
      <div className="page-body">
        <Stack gap="lg">
          <Profile me={me} />
          <CriteriaEditor person={null} />
          <Addresses me={me} />
          <ThisBrowser />
          <Security />
          <Leaving onLeft={leave} />
        </Stack>
      </div>
    </section>
  )
}
