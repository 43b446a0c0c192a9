import { Alert, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import type { Problem } from '@parley/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { CodeStep } from './code-step.tsx'
import { type Step, stepAfter } from './sign-in.model.ts'
import { signInCalls } from './sign-in.queries.ts'
import { SignInFrame } from './sign-in-frame.tsx'

export function SignInPage() {
  const say = useSay()
  const [step, setStep] = useState<Step>('password')
  const enter = useEnter()
  if (step === 'code') {
    return (
      <SignInFrame title={say('signIn.secondStep')}>
        <CodeStep onDone={enter} />
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title={say('signIn.title')}>
      <PasswordStep onStep={(next) => (next === 'done' ? enter() : setStep(next))} />
    </SignInFrame>
  )
}

/** Whatever was read as somebody else is forgotten. */
export function useEnter(): () => void {
  const navigate = useNavigate()
  const queries = useQueryClient()
  return () => {
    queries.clear()
    void navigate({ to: '/' })
  }
}

function PasswordStep({ onStep }: { onStep(step: Step): void }) {
  const say = useSay()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState<'password' | 'link' | null>(null)
  const [isLinkSent, setLinkSent] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy('password')
    const answer = await signInCalls.withPassword(email, password)
    setBusy(null)
    if (answer.ok) onStep(stepAfter(answer.value))
    else setProblem(answer.problem)
  }
  async function mailLink() {
    setBusy('link')
    const answer = await signInCalls.askForLink(email)
    setBusy(null)
    setProblem(answer.ok ? null : answer.problem)
    setLinkSent(answer.ok)
  }

  return (
    <Stack component="form" onSubmit={submit}>
      <TextInput
        label={say('signIn.email')}
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={say('signIn.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
      />
      <ProblemNote problem={problem} />
      <Button type="submit" loading={busy === 'password'}>
        {say('signIn.enter')}
      </Button>
      <Divider label={say('signIn.or')} />
      {isLinkSent ? (
        <Alert color="sea" role="status">
          {say('signIn.linkSent')}
        </Alert>
      ) : (
        <Text size="sm" c="dimmed">
          {say('signIn.linkHow')}
        </Text>
      )}
      <Button variant="default" onClick={mailLink} loading={busy === 'link'} disabled={!email.includes('@')}>
        {say('signIn.mailLink')}
      </Button>
    </Stack>
  )
}
