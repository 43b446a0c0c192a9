import { Button, Stack, Text } from '@mantine/core'
import type { Problem } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { CodeStep } from './code-step.tsx'
import { readLinkKey, type Step, stepAfter } from './sign-in.model.ts'
import { useEnter } from './sign-in.page.tsx'
import { signInCalls } from './sign-in.queries.ts'
import { SignInFrame } from './sign-in-frame.tsx'

/** After any other trouble the link is as good as before. */
const spent = new Set(['LINK_NOT_VALID', 'NOT_ADMITTED'])

/** Opening the page uses nothing up, because mail scanners open pages; the click does. */
export function LinkPage() {
  const say = useSay()
  const enter = useEnter()
  const [key] = useState(() => readLinkKey(location.hash))
  const [step, setStep] = useState<Step>('password')
  const [problem, setProblem] = useState<Problem | null>(key ? null : { reason: 'LINK_NOT_VALID', text: '' })
  const [isBusy, setBusy] = useState(false)
  const isSpent = problem !== null && spent.has(problem.reason)

  async function enterByLink(valid: string) {
    setBusy(true)
    setProblem(null)
    const answer = await signInCalls.withLink(valid)
    setBusy(false)
    if (!answer.ok) {
      setProblem(answer.problem)
      return
    }
    history.replaceState(history.state, '', location.pathname)
    const next = stepAfter(answer.value)
    if (next === 'done') enter()
    else setStep(next)
  }

  return (
    <SignInFrame title={say(step === 'code' ? 'signIn.secondStep' : 'signIn.byLink')}>
      {step === 'code' ? (
        <CodeStep onDone={enter} />
      ) : (
        <Stack>
          {key && !isSpent && <Text>{say('signIn.byLinkHow')}</Text>}
          <ProblemNote problem={problem} />
          {key && !isSpent && (
            <Button onClick={() => enterByLink(key)} loading={isBusy} autoFocus>
              {say('signIn.enter')}
            </Button>
          )}
          {problem && (
            <Button component={Link} to="/sign-in" variant="default">
              {say('signIn.otherWay')}
            </Button>
          )}
        </Stack>
      )}
    </SignInFrame>
  )
}
