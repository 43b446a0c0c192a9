import { Button, Group, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core'
import type { TeamView } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall, usePeople, useTeams } from './admin.queries.ts'
import { Loaded } from './loaded.tsx'
import { nameIn, withName } from './names.model.ts'
import { callName } from './people.model.ts'

export function TeamsPage() {
  const { say } = useWords()
  const teams = useTeams()
  return (
    <Section title={say('admin.teams')} how={say('teams.how')}>
      <Loaded query={teams}>
        {(all) => (
          <Stack gap="lg">
            {all.length === 0 && <Text c="dimmed">{say('teams.none')}</Text>}
            {all.map((team) => (
              <Team key={team.id} team={team} />
            ))}
            <NewTeam />
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}

function Team({ team }: { team: TeamView }) {
  const { say, language } = useWords()
  const people = (usePeople().data ?? []).filter(({ state }) => state !== 'removed')
  const call = useAdminCall()
  const saving = useSaving()
  const name = nameIn(team.names, language)
  const [typed, setTyped] = useState(name)
  const patch = (body: object) => saving.run(call(['teams', 'people'], `teams/${team.id}`, { method: 'PATCH', body }))
  return (
    <Stack component="fieldset" gap="sm" className="admin-card">
      <legend>{name}</legend>
      <Group align="flex-end">
        <TextInput
          className="grow"
          label={say('teams.name')}
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => {
            if (typed.trim() !== '' && typed.trim() !== name)
              void patch({ names: withName(team.names, language, typed) })
          }}
        />
        <KindSelect kind={team.kind} onChange={(kind) => patch({ kind })} />
      </Group>
      <MultiSelect
        searchable
        label={say('teams.members')}
        data={people.map((person) => ({ value: person.id, label: callName(person) }))}
        value={team.members}
        onChange={(members) => patch({ members })}
      />
      <Group>
        <Button
          size="xs"
          variant="default"
          aria-label={say('admin.removeWhat', { what: name })}
          onClick={() => saving.run(call(['teams', 'people'], `teams/${team.id}`, { method: 'DELETE' }))}
        >
          {say('admin.remove')}
        </Button>
      </Group>
      <ProblemNote problem={saving.problem} />
    </Stack>
  )
}

function NewTeam() {
  const { say, language } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<TeamView['kind']>('team')
  async function add(event: FormEvent) {
    event.preventDefault()
    const body = { kind, names: { [language]: name.trim() } }
    const answer = await saving.run(call(['teams'], 'teams', { method: 'POST', body }))
    if (answer.ok) setName('')
  }
  return (
    <form onSubmit={add} aria-label={say('teams.add')}>
      <Stack gap="sm">
        <Group align="flex-end">
          <TextInput
            required
            className="grow"
            label={say('teams.name')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <KindSelect kind={kind} onChange={setKind} />
          <Button type="submit" loading={saving.isBusy} disabled={name.trim() === ''}>
            {say('teams.add')}
          </Button>
        </Group>
        <ProblemNote problem={saving.problem} />
      </Stack>
    </form>
  )
}

function KindSelect({ kind, onChange }: { kind: TeamView['kind']; onChange: (kind: TeamView['kind']) => void }) {
  const { say } = useWords()
  return (
    <Select
      label={say('teams.kind')}
      data={[
        { value: 'team', label: say('teams.team') },
        { value: 'department', label: say('teams.department') },
      ]}
      value={kind}
      allowDeselect={false}
      onChange={(next) => next && onChange(next === 'department' ? 'department' : 'team')}
    />
  )
}
