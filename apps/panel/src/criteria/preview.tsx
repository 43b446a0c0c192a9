import { Button, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { CriteriaView, WhoWouldGetRequest } from '@parley/protocol'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useCriteriaChoices, useWhoWouldGet, useWouldIGet } from './criteria.queries.ts'
import { useSayCriteria } from './criteria-words.tsx'
import { nothingTried, requestOf, type Tried } from './tried.model.ts'
import { TriedForm } from './tried-form.tsx'
import { OneVerdict, PersonVerdict, Reasons } from './verdict.tsx'

/** Typing is not asking: so long nothing changes before it is tried. */
const pauseMs = 350

/** Would you get this, with wishes that may not be saved yet? */
export function OwnPreview({ criteria }: { criteria: CriteriaView }) {
  const say = useSayCriteria()
  const [tried, setTried] = useState<Tried>(nothingTried)
  const [asked] = useDebouncedValue(useSame(tried, criteria), pauseMs)
  const choices = useCriteriaChoices().data
  const answer = useWouldIGet(requestOf(asked.tried), asked.wishes)
  const verdict = answer.data?.verdict
  return (
    <Preview title={say('preview.own')} level={3} tried={tried} onChange={setTried} isAnswerFirst>
      <PreviewProblem error={answer.error} />
      {verdict && !answer.error && (
        <div role="status" className="own-verdict" data-matches={verdict.matches}>
          <Text fw={600}>{say(verdict.matches ? 'preview.yes' : 'preview.no')}</Text>
          <Reasons verdict={verdict} choices={choices} />
        </div>
      )}
    </Preview>
  )
}

/** Who would get this, among everyone; `instead`: as if one of them had other wishes. */
export function WhoWouldGet({ instead }: { instead?: WhoWouldGetRequest['instead'] }) {
  const say = useSayCriteria()
  const [tried, setTried] = useState<Tried>(nothingTried)
  const [asked] = useDebouncedValue(useSame(tried, instead), pauseMs)
  const choices = useCriteriaChoices().data
  const answer = useWhoWouldGet(requestOf(asked.tried), asked.wishes)
  const first = answer.data?.pages[0]
  const people = answer.data?.pages.flatMap((page) => page.people) ?? []
  return (
    <Preview title={say('preview.all')} level={instead ? 3 : 2} tried={tried} onChange={setTried}>
      <PreviewProblem error={answer.error} />
      {first?.instead && <OneVerdict person={first.instead} choices={choices} />}
      {first && (
        <Text role="status" fw={600}>
          {say('preview.count', { count: first.count, judged: first.judged })}
        </Text>
      )}
      {first && !first.isWhole && <Text size="sm">{say('preview.notWhole', { judged: first.judged })}</Text>}
      {first?.judged === 0 && <Text c="dimmed">{say('preview.nobody')}</Text>}
      <ul className="person-verdicts" aria-label={say('preview.people')}>
        {people.map((person) => (
          <PersonVerdict key={person.person} person={person} choices={choices} />
        ))}
      </ul>
      {answer.hasNextPage && (
        <Button variant="default" loading={answer.isFetchingNextPage} onClick={() => answer.fetchNextPage()}>
          {say('preview.more')}
        </Button>
      )}
    </Preview>
  )
}

function Preview({
  title,
  level,
  tried,
  onChange,
  isAnswerFirst = false,
  children,
}: {
  title: string
  /** 3: beside wishes that are being edited. */
  level: 2 | 3
  tried: Tried
  onChange(tried: Tried): void
  /** A short answer is seen without scrolling; a long list comes after the question. */
  isAnswerFirst?: boolean
  children: ReactNode
}) {
  const say = useSayCriteria()
  const choices = useCriteriaChoices().data
  const id = useId()
  return (
    <section className="criteria-preview" aria-labelledby={id}>
      <Title order={level} id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {say('preview.how')} {level === 3 && say('preview.unsaved')}
      </Text>
      <div className="criteria-preview-parts">
        {isAnswerFirst && <Stack>{children}</Stack>}
        <TriedForm tried={tried} choices={choices} onChange={onChange} />
        {!isAnswerFirst && <Stack>{children}</Stack>}
      </div>
    </section>
  )
}

// The same object while nothing changes: another one would be waited for anew, for ever.
function useSame<Wishes>(tried: Tried, wishes: Wishes): { tried: Tried; wishes: Wishes } {
  return useMemo(() => ({ tried, wishes }), [tried, wishes])
}

function PreviewProblem({ error }: { error: Error | null }) {
  return <ProblemNote problem={error instanceof Refused ? error.problem : null} />
}
