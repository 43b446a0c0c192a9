import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import {
  type NewProgramKey,
  type NewProgramKeyRequest,
  type ProgramKeyView,
  type ProgramScope,
  type ProgramView,
  programScopes,
} from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { CopyButton } from '../admin/copy-button.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { endOfDay, scopeWords } from './programs.model.ts'
import { useProgramCall } from './programs.queries.ts'

export function ProgramKeys({ program }: { program: ProgramView }) {
  const { say } = useWords()
  const call = useProgramCall()
  const saving = useSaving()
  const [shown, setShown] = useState<NewProgramKey | null>(null)
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<ProgramScope[]>(['read', 'answer'])
  const [until, setUntil] = useState('')

  async function make(event: FormEvent) {
    event.preventDefault()
    const body: NewProgramKeyRequest = { name: name.trim(), scopes, expiresAt: endOfDay(until) }
    const answer = await saving.run(call<NewProgramKey>(`/${program.id}/keys`, { method: 'POST', body }))
    if (!answer.ok) return
    setShown(answer.value)
    setName('')
  }

  return (
    <Section title={say('programs.keys')} how={say('programs.keysHow')}>
      <Stack>
        <ul className="admin-list">
          {program.keys.map((key) => (
            <KeyRow key={key.id} program={program.id} view={key} />
          ))}
        </ul>
        {shown && (
          <div className="admin-made" role="status">
            <Text fw={600}>{say('programs.keyShown')}</Text>
            <Group gap="xs" mt="xs">
              <code className="admin-url grow" dir="ltr">
                {shown.secret}
              </code>
              <CopyButton text={shown.secret} what={shown.key.name} />
            </Group>
          </div>
        )}
        <form onSubmit={make}>
          <Stack gap="sm">
            <Group grow preventGrowOverflow={false} align="flex-start">
              <TextInput
                required
                label={say('programs.keyName')}
                value={name}
                maxLength={100}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <TextInput
                type="date"
                label={say('admin.optional', { label: say('programs.until') })}
                value={until}
                onChange={(event) => setUntil(event.currentTarget.value)}
              />
            </Group>
            <Checkbox.Group
              label={say('programs.scopes')}
              value={scopes}
              onChange={(chosen) => setScopes(programScopes.filter((scope) => chosen.includes(scope)))}
            >
              <Group mt="xs">
                {programScopes.map((scope) => (
                  <Checkbox key={scope} value={scope} label={say(scopeWords[scope])} />
                ))}
              </Group>
            </Checkbox.Group>
            <ProblemNote problem={saving.problem} />
            <Group>
              <Button type="submit" loading={saving.isBusy} disabled={name.trim() === '' || scopes.length === 0}>
                {say('programs.makeKey')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Stack>
    </Section>
  )
}

function KeyRow({ program, view }: { program: string; view: ProgramKeyView }) {
  const { say, language } = useWords()
  const call = useProgramCall()
  const saving = useSaving()
  const when = (at: string) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at))
  const facts = [
    say('programs.keyEnds', { end: view.endsWith }),
    ...view.scopes.map((scope) => say(scopeWords[scope])),
    view.usedAt ? say('programs.keyUsed', { when: when(view.usedAt) }) : say('programs.keyNeverUsed'),
    ...(view.expiresAt ? [say('programs.keyUntil', { when: when(view.expiresAt) })] : []),
  ]
  return (
    <li className="admin-row">
      <div className="grow">
        <strong>{view.name}</strong>
        <Text size="sm" c="dimmed">
          {facts.join(' · ')}
        </Text>
        <ProblemNote problem={saving.problem} />
      </div>
      <Button
        size="xs"
        variant="default"
        aria-label={say('programs.revokeWhat', { name: view.name })}
        loading={saving.isBusy}
        onClick={() => saving.run(call(`/${program}/keys/${view.id}`, { method: 'DELETE' }))}
      >
        {say('programs.revoke')}
      </Button>
    </li>
  )
}
