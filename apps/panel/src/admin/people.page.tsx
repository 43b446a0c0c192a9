import { Anchor, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import type { AdminPerson } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { SeesPage } from '../seeing/sees.page.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall, usePeople, useTeams } from './admin.queries.ts'
import { Joining } from './joining.tsx'
import { Loaded } from './loaded.tsx'
import { nameIn } from './names.model.ts'
import { callName, findPeople, roleWords } from './people.model.ts'
import { PersonPage } from './person.page.tsx'
import { StateBadge } from './state-badge.tsx'

/** Everyone who answers here, and how others come to. */
export function PeoplePage({ rest }: { rest: string }) {
  const [person, part, conversation] = rest.split('/')
  if (!person) return <Everyone />
  return part === 'sees' ? <SeesPage person={person} conversation={conversation ?? null} /> : <PersonPage id={person} />
}

function Everyone() {
  const { say } = useWords()
  const people = usePeople()
  const [typed, setTyped] = useState('')
  return (
    <Stack gap="lg">
      <Section title={say('admin.people')}>
        <Loaded query={people}>
          {(all) => {
            const found = findPeople(all, typed)
            return (
              <Stack>
                {all.length > 5 && (
                  <TextInput
                    type="search"
                    label={say('people.search')}
                    value={typed}
                    onChange={(event) => setTyped(event.currentTarget.value)}
                  />
                )}
                {found.length === 0 && <Text c="dimmed">{say('people.none')}</Text>}
                <ul className="admin-list">
                  {found.slice(0, 200).map((person) => (
                    <PersonRow key={person.id} person={person} />
                  ))}
                </ul>
              </Stack>
            )
          }}
        </Loaded>
      </Section>
      <Joining />
    </Stack>
  )
}

function PersonRow({ person }: { person: AdminPerson }) {
  const { say, language } = useWords()
  const teams = useTeams().data ?? []
  const own = teams.filter(({ id }) => person.teams.includes(id)).map(({ names }) => nameIn(names, language))
  const name = callName(person)
  return (
    <li className="admin-row">
      <div className="grow">
        <Group gap="xs">
          <Anchor
            renderRoot={(props) => (
              <Link to="/admin/$section/$" params={{ section: 'people', _splat: person.id }} {...props} />
            )}
          >
            {name}
          </Anchor>
          <StateBadge state={person.state} />
          {person.role !== 'responder' && (
            <Badge variant="outline" className="state" color="gray">
              {say(roleWords[person.role]).split(/[:：]/)[0]}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {[
            say('people.load', { open: person.open, asked: person.asked }),
            person.addresses[0]?.value ?? say('people.noAddress'),
            ...own,
          ].join(' · ')}
        </Text>
      </div>
      {person.state === 'waiting' && <Decide person={person} />}
    </li>
  )
}

function Decide({ person }: { person: AdminPerson }) {
  const { say } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const name = callName(person)
  const decide = (state: 'active' | 'removed') =>
    saving.run(call(['people'], `people/${person.id}`, { method: 'PATCH', body: { state } }))
  return (
    <Group gap="xs">
      <Button size="xs" onClick={() => decide('active')} aria-label={say('people.approveWhat', { name })}>
        {say('people.approve')}
      </Button>
      <Button
        size="xs"
        variant="default"
        onClick={() => decide('removed')}
        aria-label={say('people.declineWhat', { name })}
      >
        {say('people.decline')}
      </Button>
      <ProblemNote problem={saving.problem} />
    </Group>
  )
}
