import { Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core'
import type { ReadingView } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useReadingCall } from './reading.queries.ts'
import { useSayReading } from './reading-words.tsx'

/** How the account's own numbers look. */
export function Numbers({ patterns }: { patterns: ReadingView['patterns'] }) {
  const say = useSayReading()
  const call = useReadingCall()
  const saving = useSaving()
  const [name, setName] = useState('')
  const [pattern, setPattern] = useState('')
  async function save(event: FormEvent) {
    event.preventDefault()
    const answer = await saving.run(call(`patterns/${name}`, { method: 'PUT', body: { pattern } }))
    if (!answer.ok) return
    setName('')
    setPattern('')
  }
  return (
    <Section title={say('numbers')} how={say('numbersHow')}>
      <Stack gap="md">
        {patterns.length === 0 && <Text c="dimmed">{say('numbersNone')}</Text>}
        <ul className="example-list">
          {patterns.map((each) => (
            <li key={each.name}>
              <span>
                {each.name}: <code dir="ltr">{each.pattern}</code>
              </span>
              <CloseButton
                aria-label={say('remove', { what: each.name })}
                onClick={() => saving.run(call(`patterns/${each.name}`, { method: 'DELETE' }))}
              />
            </li>
          ))}
        </ul>
        <form onSubmit={save}>
          <Stack gap="sm">
            <TextInput
              required
              dir="ltr"
              pattern="[A-Za-z][A-Za-z0-9_\-]*"
              label={say('numberName')}
              value={name}
              maxLength={40}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              required
              dir="ltr"
              label={say('numberPattern')}
              value={pattern}
              maxLength={300}
              onChange={(event) => setPattern(event.currentTarget.value)}
            />
            <Group>
              <Button type="submit" loading={saving.isBusy} disabled={name.trim() === '' || pattern.trim() === ''}>
                {say('numberAdd')}
              </Button>
            </Group>
            <ProblemNote problem={saving.problem} />
          </Stack>
        </form>
      </Stack>
    </Section>
  )
}
