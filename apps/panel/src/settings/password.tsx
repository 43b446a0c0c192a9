import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { type SecurityView, useSecurityCalls } from './security.queries.ts'
import { useSaving } from './use-saving.ts'

export function Password({ security }: { security: SecurityView }) {
  const say = useSay()
  const calls = useSecurityCalls()
  const saving = useSaving()
  const [old, setOld] = useState('')
  const [next, setNext] = useState('')
  const asksOld = security.hasPassword && !security.byLink
  const eye = { 'aria-label': say('signIn.showPassword') }
  async function submit(event: FormEvent) {
    event.preventDefault()
    const call = asksOld ? calls.changePassword(old, next) : calls.setPassword(next)
    if (!(await saving.run(call)).ok) return
    setOld('')
    setNext('')
  }
  return (
    <Stack component="form" onSubmit={submit} className="security-part">
      <Title order={3}>{say(security.hasPassword ? 'security.changePassword' : 'security.setPassword')}</Title>
      <Text size="sm" c="dimmed">
        {say(asksOld || security.byLink ? 'security.passwordHow' : 'security.passwordNeedsLink')}
      </Text>
      <input type="hidden" name="username" autoComplete="username" value={security.email} />
      {asksOld && (
        <PasswordInput
          label={say('security.oldPassword')}
          autoComplete="current-password"
          value={old}
          visibilityToggleButtonProps={eye}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label={say('security.newPassword')}
        autoComplete="new-password"
        value={next}
        visibilityToggleButtonProps={eye}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <ProblemNote problem={saving.problem} />
      <div>
        <Button
          type="submit"
          variant="default"
          loading={saving.isBusy}
          disabled={next.length < 12 || (asksOld && old === '')}
        >
          {say('security.savePassword')}
        </Button>
      </div>
      <Text size="sm" role="status">
        {saving.isDone ? say('security.passwordDone') : ''}
      </Text>
    </Stack>
  )
}
