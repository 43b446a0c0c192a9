import { Button, Loader, PinInput, Stack, Text } from '@mantine/core'
import type { JoinConfirmResponse, JoinPageView } from '@parley/protocol'
import { useEffect, useState } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { SignInFrame } from '../sign-in/sign-in-frame.tsx'
import { useWords } from '../words/words.tsx'
import { JoinFields } from './join-fields.tsx'
import { emptyForm, readFragment, toRequest } from './join-form.model.ts'
import { joinCalls, useJoinPage } from './joining.queries.ts'
import { MembershipPage } from './membership.page.tsx'

/** The account's own page: to join, and by the link in every mail to pause, leave and come back. */
export function JoinPage({ account }: { account: string }) {
  const [{ invitation, member }] = useState(() => readFragment(location.hash))
  return member ? <MembershipPage member={member} /> : <Joining account={account} invitation={invitation} />
}

function Joining({ account, invitation }: { account: string; invitation: string | null }) {
  const { say, language } = useWords()
  const page = useJoinPage(account, language)
  const standing = useStanding(account, invitation)
  if (page.error) {
    const problem = page.error instanceof Refused ? page.error.problem : null
    return (
      <SignInFrame title={say('page.notThere')}>
        <ProblemNote problem={problem} />
      </SignInFrame>
    )
  }
  if (!page.data || standing === 'unknown') {
    return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  }
  return <Steps account={account} page={page.data} invitation={invitation} standing={standing} />
}

interface StepsProps {
  account: string
  page: JoinPageView
  invitation: string | null
  standing: 'none' | 'good' | 'ended'
}

function Steps({ account, page, invitation, standing }: StepsProps) {
  const { say, language } = useWords()
  const calls = joinCalls(account)
  const saving = useSaving()
  const [form, setForm] = useState(() => ({ ...emptyForm(language), medium: page.media[0] ?? 'email' }))
  const [key, setKey] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const [done, setDone] = useState<JoinConfirmResponse | null>(null)
  const email = form.value.trim()

  async function begin() {
    const answer = await saving.run(calls.begin(toRequest(form, language, standing === 'good' ? invitation : null)))
    if (answer.ok) setKey(answer.value.key)
  }
  async function confirm(given: string) {
    if (!key) return
    const answer = await saving.run(calls.confirm({ key, code: given }, language))
    if (answer.ok) setDone(answer.value)
  }

  if (done) return <Done account={page.account} email={email} done={done} />
  return (
    <SignInFrame title={say('join.title', { account: page.account })}>
      {page.mode === 'closed' ? (
        <Text>{say('join.closed')}</Text>
      ) : key ? (
        <Stack
          component="form"
          onSubmit={(event) => {
            event.preventDefault()
            void confirm(code)
          }}
        >
          <Text>{say('join.codeSent', { email })}</Text>
          <PinInput
            oneTimeCode
            autoFocus
            length={6}
            type="number"
            placeholder=""
            aria-label={say('addresses.code')}
            value={code}
            onChange={setCode}
            onComplete={confirm}
          />
          <ProblemNote problem={saving.problem} />
          <Button type="submit" loading={saving.isBusy} disabled={code.length !== 6}>
            {say('addresses.confirm')}
          </Button>
          <Button
            variant="subtle"
            onClick={() => {
              setCode('')
              setKey(null)
            }}
          >
            {say('signIn.otherWay')}
          </Button>
        </Stack>
      ) : (
        <Stack>
          <Text>{say('join.how')}</Text>
          {standing === 'ended' && <Text role="alert">{say('join.invitationEnded')}</Text>}
          {standing === 'none' && page.mode === 'invited' && <Text>{say('join.invitationNeeded')}</Text>}
          <JoinFields
            form={form}
            topics={page.topics}
            media={page.media}
            problem={saving.problem}
            isBusy={saving.isBusy}
            onChange={(part) => setForm((before) => ({ ...before, ...part }))}
            onSubmit={begin}
          />
        </Stack>
      )}
    </SignInFrame>
  )
}

function Done({ account, email, done }: { account: string; email: string; done: JoinConfirmResponse }) {
  const { say } = useWords()
  return (
    <SignInFrame title={say('join.title', { account })}>
      <Stack role="status">
        {done.state === 'waiting' ? (
          <Text>{say('join.waits', { account, email })}</Text>
        ) : (
          <>
            <Text fw={600}>{say(done.known ? 'join.welcomeBack' : 'join.done', { account })}</Text>
            <Text>{say('join.doneHow', { email })}</Text>
          </>
        )}
        {done.signIn && (
          <Button component="a" href={done.signIn}>
            {say('page.toDesk')}
          </Button>
        )}
      </Stack>
    </SignInFrame>
  )
}

/** An invitation that is over is told before anybody fills in a form for it. */
function useStanding(account: string, invitation: string | null): 'unknown' | 'none' | 'good' | 'ended' {
  const [standing, setStanding] = useState<'unknown' | 'none' | 'good' | 'ended'>(invitation ? 'unknown' : 'none')
  useEffect(() => {
    if (!invitation) return
    let isCurrent = true
    void joinCalls(account)
      .lookAt(invitation)
      .then((answer) => {
        if (isCurrent) setStanding(answer.ok ? answer.value.standing : 'ended')
      })
    return () => {
      isCurrent = false
    }
  }, [account, invitation])
  return standing
}
