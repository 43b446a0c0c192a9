import { Anchor, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import type { NewProgramRequest, ProgramView } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Loaded } from '../admin/loaded.tsx'
import { NotThere } from '../desk/page-problem.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { Program } from './program.tsx'
import { useProgramCall, usePrograms } from './programs.queries.ts'

/** Programs that answer or begin conversations here. `rest`: the one that is looked at. */
export function ProgramsPage({ rest }: { rest: string }) {
  const { say } = useWords()
  const programs = usePrograms()
  return (
    <Loaded query={programs}>
      {(all) => {
        if (rest === '') return <List programs={all} />
        const program = all.find(({ id }) => id === rest)
        return (
          <Stack gap="lg">
            <Anchor renderRoot={(props) => <Link to="/admin/$section" params={{ section: 'programs' }} {...props} />}>
              <span aria-hidden="true">← </span>
              {say('programs.title')}
            </Anchor>
            {program ? <Program program={program} /> : <NotThere />}
          </Stack>
        )
      }}
    </Loaded>
  )
}

function List({ programs }: { programs: readonly ProgramView[] }) {
  const { say } = useWords()
  return (
    <Stack gap="lg">
      <Section title={say('programs.new')} how={say('programs.how')}>
        <NewProgram />
      </Section>
      <Section title={say('programs.title')}>
        {programs.length === 0 && <Text c="dimmed">{say('programs.none')}</Text>}
        <ul className="admin-list">
          {programs.map((program) => (
            <Row key={program.id} program={program} />
          ))}
        </ul>
      </Section>
    </Stack>
  )
}

function Row({ program }: { program: ProgramView }) {
  const { say } = useWords()
  const isActive = program.state === 'active'
  return (
    <li className="admin-row">
      <div className="grow">
        <Group gap="xs">
          <Anchor
            fw={600}
            renderRoot={(props) => (
              <Link to="/admin/$section/$" params={{ section: 'programs', _splat: program.id }} {...props} />
            )}
          >
            {program.name}
          </Anchor>
          <Badge variant="light" className="state" color={isActive ? 'sea' : 'gray'}>
            {say(isActive ? 'programs.active' : 'programs.paused')}
          </Badge>
        </Group>
        {program.endpoint && (
          <Text size="sm" c="dimmed" className="admin-url" dir="ltr">
            {program.endpoint.url}
          </Text>
        )}
      </div>
    </li>
  )
}

function NewProgram() {
  const { say, language } = useWords()
  const call = useProgramCall()
  const saving = useSaving()
  const [name, setName] = useState('')
  const [alias, setAlias] = useState('')

  async function make(event: FormEvent) {
    event.preventDefault()
    const body: NewProgramRequest = { name: name.trim(), alias: alias.trim(), language }
    const answer = await saving.run(call<ProgramView>('', { method: 'POST', body }))
    if (!answer.ok) return
    setName('')
    setAlias('')
  }

  return (
    <form onSubmit={make}>
      <Stack gap="sm">
        <Group grow preventGrowOverflow={false} align="flex-start">
          <TextInput
            required
            label={say('programs.name')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={say('admin.optional', { label: say('programs.alias') })}
            value={alias}
            maxLength={100}
            onChange={(event) => setAlias(event.currentTarget.value)}
          />
        </Group>
        <ProblemNote problem={saving.problem} />
        <Group>
          <Button type="submit" loading={saving.isBusy} disabled={name.trim() === ''}>
            {say('programs.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
