import { Button, CloseButton, Group, Stack, TagsInput, Text, Textarea } from '@mantine/core'
import type { AdminSite, ReadingTopic, ReadingView } from '@parley/protocol'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Loaded } from '../admin/loaded.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { callTopic, linesOf } from './reading.model.ts'
import { useExamples, useReadingCall } from './reading.queries.ts'
import { useSayReading } from './reading-words.tsx'

/** What each topic is learned from: examples and keywords. */
export function Topics({ view, sites }: { view: ReadingView; sites: readonly AdminSite[] }) {
  const say = useSayReading()
  const { language } = useWords()
  return (
    <Section title={say('topics')} how={say('topicsHow')}>
      <Stack gap="sm">
        {view.topics.map((topic) => (
          <Lesson
            key={topic.id}
            id={topic.id}
            name={callTopic(view.topics, topic.id, { language, sites })}
            count={topic.examples}
          >
            <Keywords topic={topic} />
          </Lesson>
        ))}
        <Lesson id="none" name={say('noneTopic')} count={view.none}>
          <Text size="sm" c="dimmed">
            {say('noneHow')}
          </Text>
        </Lesson>
      </Stack>
    </Section>
  )
}

function Lesson(props: { id: string; name: string; count: number; children: ReactNode }) {
  const say = useSayReading()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="lesson" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <span className="lesson-name">{props.name}</span>{' '}
        <Text span size="sm" c="dimmed">
          {say('examplesCount', { count: props.count })}
        </Text>
      </summary>
      {isOpen && (
        <Stack gap="md" className="lesson-body">
          {props.children}
          <NewExamples topic={props.id} />
          <Examples topic={props.id} />
        </Stack>
      )}
    </details>
  )
}

function Keywords({ topic }: { topic: ReadingTopic }) {
  const say = useSayReading()
  const call = useReadingCall()
  const saving = useSaving()
  return (
    <div>
      <TagsInput
        label={say('keywords')}
        description={say('keywordsHow')}
        value={topic.keywords}
        acceptValueOnBlur
        disabled={saving.isBusy}
        onChange={(keywords) => saving.run(call(`topics/${topic.id}/keywords`, { method: 'PUT', body: { keywords } }))}
      />
      <ProblemNote problem={saving.problem} />
    </div>
  )
}

function NewExamples({ topic }: { topic: string }) {
  const say = useSayReading()
  const call = useReadingCall()
  const saving = useSaving()
  const [typed, setTyped] = useState('')
  const [added, setAdded] = useState<number | null>(null)
  const texts = linesOf(typed)
  async function add(event: FormEvent) {
    event.preventDefault()
    const options = { method: 'POST', body: { texts } } as const
    const answer = await saving.run(call<{ added: number }>(`topics/${topic}/examples`, options))
    if (!answer.ok) return
    setAdded(answer.value.added)
    setTyped('')
  }
  return (
    <form onSubmit={add}>
      <Stack gap="xs">
        <Textarea
          autosize
          minRows={3}
          maxRows={12}
          dir="auto"
          label={say('examples')}
          description={say('addHow')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={saving.isBusy} disabled={texts.length === 0}>
            {say('add')}
          </Button>
          <Text role="status" size="sm">
            {saving.isDone && added !== null && say('added', { count: added })}
          </Text>
        </Group>
        <ProblemNote problem={saving.problem} />
      </Stack>
    </form>
  )
}

function Examples({ topic }: { topic: string }) {
  const say = useSayReading()
  const call = useReadingCall()
  const saving = useSaving()
  return (
    <Loaded query={useExamples(topic)}>
      {({ examples }) => (
        <>
          <ul className="example-list">
            {examples.map(({ id, text }) => (
              <li key={id}>
                <span dir="auto">{text}</span>
                <CloseButton
                  aria-label={say('remove', { what: text })}
                  onClick={() => saving.run(call(`examples/${id}`, { method: 'DELETE' }))}
                />
              </li>
            ))}
          </ul>
          <ProblemNote problem={saving.problem} />
        </>
      )}
    </Loaded>
  )
}
