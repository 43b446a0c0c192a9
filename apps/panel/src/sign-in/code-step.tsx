import { Button, Stack, Text, TextInput } from '@mantine/core'
import type { Problem } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { readCode } from './sign-in.model.ts'
import { signInCalls } from './sign-in.queries.ts'

export function CodeStep({ onDone }: { onDone(): void }) {
  const say = useSay()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setBusy] = useState(false)
  async function submit(event: FormEvent) {
    event.preventDefault()
    const read = readCode(typed)
    if (!read) {
      setProblem({ reason: 'INVALID_CODE', text: '' })
      return
    }
    setBusy(true)
    const answer = await (read.kind === 'totp'
      ? signInCalls.withCode(read.code)
      : signInCalls.withBackupCode(read.code))
    setBusy(false)
    if (answer.ok) onDone()
    else setProblem(answer.problem)
  }
  return (
    <Stack component="form" onSubmit={submit}>
      <Text size="sm">{say('signIn.codeHow')}</Text>
      <TextInput
        label={say('signIn.code')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="one-time-code"
        inputMode="text"
        autoFocus
      />
      <ProblemNote problem={problem} />
      <Button type="submit" loading={isBusy}>
        {say('signIn.enter')}
      </Button>
    </Stack>
  )
}
