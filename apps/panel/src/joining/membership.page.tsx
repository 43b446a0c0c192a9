import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import type { MembershipView, Problem } from '@parley/protocol'
import { useEffect, useState } from 'react'
import { stateWords } from '../admin/people.model.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { SignInFrame } from '../sign-in/sign-in-frame.tsx'
import { useWords } from '../words/words.tsx'
import { membershipCall } from './joining.queries.ts'

/** Pausing, leaving and coming back without signing in. Opening the page changes nothing, because mail scanners open pages. */
export function MembershipPage({ member }: { member: string }) {
  const { say, language } = useWords()
  const saving = useSaving()
  const [view, setView] = useState<MembershipView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isLeaving, setLeaving] = useState(false)
  useEffect(() => {
    let isCurrent = true
    void membershipCall({ key: member, language }).then((answer) => {
      if (!isCurrent) return
      if (answer.ok) setView(answer.value)
      else setProblem(answer.problem)
    })
    return () => {
      isCurrent = false
    }
  }, [member, language])

  async function change(state: 'active' | 'paused' | 'left') {
    const answer = await saving.run(membershipCall({ key: member, language, state }))
    if (answer.ok) setView(answer.value)
    setLeaving(false)
  }

  if (problem) {
    return (
      <SignInFrame title={say('page.notThere')}>
        <ProblemNote problem={problem} />
      </SignInFrame>
    )
  }
  if (!view) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  const { account, state } = view
  const isHere = state === 'active' || state === 'paused'
  return (
    <SignInFrame title={say('join.memberTitle', { account })}>
      <Stack>
        <Text role="status">
          {view.alias && <strong>{view.alias}: </strong>}
          {say(state === 'left' ? 'join.left' : stateWords[state])}
        </Text>
        <ProblemNote problem={saving.problem} />
        {isLeaving ? (
          <>
            <Text fw={600}>{say('join.leaveSure', { account })}</Text>
            <Text size="sm">{say('join.leaveHow')}</Text>
            <Group>
              <Button variant="default" onClick={() => setLeaving(false)}>
                {say('page.cancel')}
              </Button>
              <Button color="red.9" loading={saving.isBusy} onClick={() => change('left')}>
                {say('join.leave')}
              </Button>
            </Group>
          </>
        ) : (
          <Group>
            {state === 'active' && (
              <Button loading={saving.isBusy} onClick={() => change('paused')}>
                {say('join.pause')}
              </Button>
            )}
            {(state === 'paused' || state === 'left') && (
              <Button loading={saving.isBusy} onClick={() => change('active')}>
                {say(state === 'left' ? 'join.back' : 'join.resume')}
              </Button>
            )}
            {(isHere || state === 'waiting') && (
              <Button variant="default" onClick={() => setLeaving(true)}>
                {say('join.leave')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </SignInFrame>
  )
}
