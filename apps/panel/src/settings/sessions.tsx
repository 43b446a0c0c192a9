import { Badge, Button, Stack, Text, Title } from '@mantine/core'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { useWords } from '../words/words.tsx'
import { describeAgent } from './security.model.ts'
import { useSecurityCalls, useSessions } from './security.queries.ts'
import { useSaving } from './use-saving.ts'

export function Sessions({ current }: { current: string }) {
  const { language, say } = useWords()
  const sessions = useSessions().data ?? []
  const calls = useSecurityCalls()
  const saving = useSaving()
  return (
    <Stack className="security-part">
      <Title order={3}>{say('security.sessions')}</Title>
      <ul className="sessions">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              <Text size="sm" component="div">
                {describeAgent(session.userAgent) ?? say('security.someBrowser')}{' '}
                {session.id === current && (
                  <Badge variant="light" className="state">
                    {say('security.thisOne')}
                  </Badge>
                )}
              </Text>
              <Text size="xs" c="dimmed">
                {say('security.since', { at: fullTime(session.createdAt, language) })}
              </Text>
            </div>
            {session.id !== current && (
              <Button size="compact-sm" variant="default" onClick={() => saving.run(calls.endSession(session.token))}>
                {say('security.endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button size="xs" variant="default" loading={saving.isBusy} onClick={() => saving.run(calls.endOthers())}>
            {say('security.endOthers')}
          </Button>
        </div>
      )}
      <ProblemNote problem={saving.problem} />
    </Stack>
  )
}
