import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import type { ProgramDelivery } from '@parley/protocol'
import { stateWords } from '../conversations/message.model.ts'
import { PageProblem } from '../desk/page-problem.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { kindWords, maySendAgain, outcomeWord } from './programs.model.ts'
import { useProgramCall, useProgramLog } from './programs.queries.ts'

/** What went to a program's endpoint, with every attempt; nothing of what was said. */
export function ProgramLog({ program }: { program: string }) {
  const { say } = useWords()
  const log = useProgramLog(program)
  if (log.error) return <PageProblem error={log.error} />
  const all = log.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Section title={say('programs.log')} how={say('programs.logHow')}>
      <Stack>
        {all.length === 0 && !log.isLoading && <Text c="dimmed">{say('programs.logNone')}</Text>}
        <ul className="admin-list">
          {all.map((delivery) => (
            <Row key={delivery.id} program={program} delivery={delivery} />
          ))}
        </ul>
        {log.hasNextPage && (
          <Group>
            <Button variant="default" loading={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
              {say('programs.more')}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  )
}

function Row({ program, delivery }: { program: string; delivery: ProgramDelivery }) {
  const { say, language } = useWords()
  const call = useProgramCall()
  const saving = useSaving()
  const { id, kind, state, attempts, createdAt } = delivery
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' })
  const when = format.format(new Date(createdAt))
  const isGood = state === 'sent' || state === 'delivered' || state === 'read'
  return (
    <li className="admin-row">
      <div className="grow">
        <Group gap="xs">
          <strong>{say(kindWords[kind])}</strong>
          <Text size="sm">{when}</Text>
          <Badge variant={isGood ? 'light' : 'default'} className="state">
            {say(stateWords[state])}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed" className="admin-url" dir="ltr">
          {id}
        </Text>
        <ol className="program-attempts">
          {attempts.map(({ at, outcome, reason }) => (
            <li key={at}>
              {format.format(new Date(at))}: {say(outcomeWord(outcome))}
              {reason && (
                <>
                  {' '}
                  <bdi dir="ltr">({reason})</bdi>
                </>
              )}
            </li>
          ))}
        </ol>
        <ProblemNote problem={saving.problem} />
      </div>
      {maySendAgain(state) && (
        <Button
          size="xs"
          variant="default"
          loading={saving.isBusy}
          aria-label={say('programs.sendAgainWhat', { what: say(kindWords[kind]), when })}
          onClick={() => saving.run(call(`/${program}/deliveries/${id}/resend`, { method: 'POST' }))}
        >
          {say('programs.sendAgain')}
        </Button>
      )}
    </li>
  )
}
