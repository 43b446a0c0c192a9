import { Alert, Button, Code, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { QrCode } from './qr-code.tsx'
import { keyOf } from './security.model.ts'
import { type SecurityView, type TwoFactorStart, useSecurityCalls } from './security.queries.ts'
import { useSaving } from './use-saving.ts'

export function TwoFactor({ security }: { security: SecurityView }) {
  const say = useSay()
  const calls = useSecurityCalls()
  const saving = useSaving()
  const [password, setPassword] = useState('')
  const [started, setStarted] = useState<TwoFactorStart | null>(null)
  const [isDone, setDone] = useState(false)

  async function begin(event: FormEvent) {
    event.preventDefault()
    if (security.twoFactor) {
      await saving.run(calls.stopTwoFactor(password))
      setPassword('')
      return
    }
    const answer = await saving.run(calls.startTwoFactor(password))
    setPassword('')
    if (answer.ok) setStarted(answer.value)
  }

  return (
    <Stack className="security-part">
      <Title order={3}>{say('security.twoFactor')}</Title>
      <Text size="sm" c="dimmed">
        {say(security.twoFactor ? 'security.twoFactorOn' : 'security.twoFactorOff')}
      </Text>
      {isDone && security.twoFactor && (
        <Alert color="sea" role="status">
          {say('security.twoFactorDone')}
        </Alert>
      )}
      {started && !security.twoFactor ? (
        <Enrol started={started} onDone={() => setDone(true)} />
      ) : security.hasPassword ? (
        <form onSubmit={begin}>
          <Group align="flex-end" gap="xs">
            <PasswordInput
              className="grow"
              label={say('security.yourPassword')}
              autoComplete="current-password"
              value={password}
              visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={saving.isBusy} disabled={password === ''}>
              {say(security.twoFactor ? 'security.twoFactorStop' : 'security.twoFactorStart')}
            </Button>
          </Group>
        </form>
      ) : (
        <Text size="sm">{say('security.twoFactorNeedsPassword')}</Text>
      )}
      <ProblemNote problem={saving.problem} />
    </Stack>
  )
}

function Enrol({ started, onDone }: { started: TwoFactorStart; onDone(): void }) {
  const say = useSay()
  const calls = useSecurityCalls()
  const saving = useSaving()
  const [code, setCode] = useState('')
  async function prove(event: FormEvent) {
    event.preventDefault()
    if ((await saving.run(calls.proveTwoFactor(code.replace(/\s/g, '')))).ok) onDone()
  }
  return (
    <Stack component="form" onSubmit={prove}>
      <Text size="sm">{say('security.scan')}</Text>
      <QrCode text={started.totpURI} label={say('security.qr')} />
      <Text size="sm">
        {say('security.orType')} <Code dir="ltr">{keyOf(started.totpURI)}</Code>
      </Text>
      <Alert color="orange" title={say('security.backupTitle')}>
        <Text size="sm">{say('security.backupHow')}</Text>
        <ul className="codes" dir="ltr">
          {started.backupCodes.map((one) => (
            <li key={one}>
              <Code>{one}</Code>
            </li>
          ))}
        </ul>
      </Alert>
      <TextInput
        label={say('security.firstCode')}
        value={code}
        inputMode="numeric"
        autoComplete="one-time-code"
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <ProblemNote problem={saving.problem} />
      <div>
        <Button type="submit" loading={saving.isBusy} disabled={code.replace(/\s/g, '').length !== 6}>
          {say('security.twoFactorFinish')}
        </Button>
      </div>
    </Stack>
  )
}
