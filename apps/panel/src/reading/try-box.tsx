import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import type { AdminSite, ReadingView, TriedText } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ask } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { callLanguage, callTopic, sayShare } from './reading.model.ts'
import { useSayReading } from './reading-words.tsx'
import { ShareBar } from './share-bar.tsx'

/** What the road would make of a sentence. */
export function TryBox({ view, sites }: { view: ReadingView; sites: readonly AdminSite[] }) {
  const say = useSayReading()
  const saving = useSaving()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [tried, setTried] = useState<TriedText | null>(null)
  const site = chosen ?? sites[0]?.id
  async function tryIt(event: FormEvent) {
    event.preventDefault()
    const call = ask<TriedText>('/api/desk/admin/reading/try', { method: 'POST', body: { text, site } })
    const answer = await saving.run(call)
    setTried(answer.ok ? answer.value : null)
  }
  return (
    <Section title={say('tryTitle')} how={say('tryHow')}>
      <form onSubmit={tryIt}>
        <Stack gap="sm">
          <Textarea
            autosize
            minRows={2}
            maxLength={5_000}
            dir="auto"
            label={say('tryText')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {sites.length > 1 && site && (
            <Select
              label={say('trySite')}
              data={sites.map(({ id, name }) => ({ value: id, label: name }))}
              value={site}
              allowDeselect={false}
              onChange={setChosen}
            />
          )}
          <Group>
            <Button type="submit" loading={saving.isBusy} disabled={text.trim() === '' || !site}>
              {say('tryButton')}
            </Button>
          </Group>
          <ProblemNote problem={saving.problem} />
          <div role="status">{tried && <Tried tried={tried} view={view} sites={sites} />}</div>
        </Stack>
      </form>
    </Section>
  )
}

function Tried({ tried, view, sites }: { tried: TriedText; view: ReadingView; sites: readonly AdminSite[] }) {
  const say = useSayReading()
  const { language } = useWords()
  const call = (id: string) => callTopic(view.topics, id, { language, sites })
  const share = (part: number) => sayShare(part, language)
  const [first, second] = tried.ask ?? []
  return (
    <Stack gap="xs">
      {tried.topic && <Text fw={600}>{say('tryTopic', { topic: call(tried.topic) })}</Text>}
      {first && second && <Text fw={600}>{say('tryAsk', { first: call(first), second: call(second) })}</Text>}
      {!tried.known && <Text fw={600}>{say('tryStrange')}</Text>}
      <Text>
        {tried.language
          ? say('tryLanguage', {
              language: callLanguage(tried.language, language),
              share: share(tried.languageConfidence),
            })
          : say('tryUnknown')}
      </Text>
      {tried.products.map(({ name }) => (
        <Text key={name}>{say('tryProduct', { what: name })}</Text>
      ))}
      {tried.numbers.map(({ name, value }) => (
        <Text key={`${name} ${value}`}>{say('tryNumber', { name, value })}</Text>
      ))}
      <ul className="share-list">
        {tried.ranked.map(({ id, confidence }) => (
          <li key={id}>
            <span>{call(id)}</span>
            <ShareBar share={confidence} />
            <Text size="sm" c="dimmed">
              {share(confidence)}
            </Text>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
