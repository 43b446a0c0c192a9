import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core'
import type { AdminSite } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import type { Ask } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall } from './admin.queries.ts'
import { nameIn, withName } from './names.model.ts'

/** What questions on a site are about, in the order in which its window shows them. */
export function SiteTopics({ site }: { site: AdminSite }) {
  const { say, language } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const [added, setAdded] = useState('')
  const change = (path: string, options: Ask) => saving.run(call(['sites'], path, options))
  async function add(event: FormEvent) {
    event.preventDefault()
    const names = { [language]: added.trim() }
    const answer = await change(`sites/${site.id}/topics`, { method: 'POST', body: { names } })
    if (answer.ok) setAdded('')
  }
  return (
    <Section title={say('join.topics')}>
      <Stack>
        <ol className="admin-list">
          {site.topics.map((topic, index) => (
            <Topic
              key={topic.id}
              topic={topic}
              isFirst={index === 0}
              isLast={index === site.topics.length - 1}
              onMove={(by) => change(`topics/${topic.id}`, { method: 'PATCH', body: { position: index + by } })}
              onName={(name) =>
                change(`topics/${topic.id}`, {
                  method: 'PATCH',
                  body: { names: withName(topic.names, language, name) },
                })
              }
              onRemove={() => change(`topics/${topic.id}`, { method: 'DELETE' })}
            />
          ))}
        </ol>
        <form onSubmit={add}>
          <Group align="flex-end">
            <TextInput
              required
              className="grow"
              label={say('sites.addTopic')}
              value={added}
              maxLength={100}
              onChange={(event) => setAdded(event.currentTarget.value)}
            />
            <Button type="submit" loading={saving.isBusy} disabled={added.trim() === ''}>
              {say('addresses.add')}
            </Button>
          </Group>
        </form>
        <ProblemNote problem={saving.problem} />
      </Stack>
    </Section>
  )
}

interface TopicProps {
  topic: AdminSite['topics'][number]
  isFirst: boolean
  isLast: boolean
  onMove: (by: number) => void
  onName: (name: string) => void
  onRemove: () => void
}

function Topic({ topic, isFirst, isLast, onMove, onName, onRemove }: TopicProps) {
  const { say, language } = useWords()
  const name = nameIn(topic.names, language)
  const [typed, setTyped] = useState(name)
  return (
    <li className="admin-row">
      <TextInput
        className="grow"
        aria-label={say('people.change', { name })}
        value={typed}
        maxLength={100}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => {
          if (typed.trim() !== '' && typed.trim() !== name) onName(typed)
        }}
      />
      <Group gap={4}>
        <ActionIcon
          variant="default"
          disabled={isFirst}
          aria-label={say('addresses.up', { address: name })}
          onClick={() => onMove(-1)}
        >
          <span aria-hidden="true">↑</span>
        </ActionIcon>
        <ActionIcon
          variant="default"
          disabled={isLast}
          aria-label={say('addresses.down', { address: name })}
          onClick={() => onMove(1)}
        >
          <span aria-hidden="true">↓</span>
        </ActionIcon>
        <Button size="xs" variant="default" onClick={onRemove} aria-label={say('admin.removeWhat', { what: name })}>
          {say('admin.remove')}
        </Button>
      </Group>
    </li>
  )
}
