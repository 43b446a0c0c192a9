import { Anchor, Badge, Button, Group, Modal, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { AdminPerson, AdminPersonPatch, Role } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { CriteriaEditor } from '../criteria/criteria-editor.tsx'
import { NotThere } from '../desk/page-problem.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { stateWord } from '../settings/addresses.model.ts'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useDialogs } from '../structure/dialogs.tsx'
import { useWords } from '../words/words.tsx'
import { useAdminCall, usePeople, useTeams } from './admin.queries.ts'
import { Loaded } from './loaded.tsx'
import { nameIn } from './names.model.ts'
import { callName, roleWords, stepsFor } from './people.model.ts'
import { StateBadge } from './state-badge.tsx'

export function PersonPage({ id }: { id: string }) {
  const { say } = useWords()
  const people = usePeople()
  return (
    <Stack gap="lg">
      <Anchor renderRoot={(props) => <Link to="/admin/$section" params={{ section: 'people' }} {...props} />}>
        <span aria-hidden="true">← </span>
        {say('admin.people')}
      </Anchor>
      <Loaded query={people}>
        {(all) => {
          const person = all.find((one) => one.id === id)
          return person ? (
            <>
              <Person person={person} />
              <CriteriaEditor person={person.id} />
            </>
          ) : (
            <NotThere />
          )
        }}
      </Loaded>
    </Stack>
  )
}

function Person({ person }: { person: AdminPerson }) {
  const { say } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const [isAsking, asking] = useDisclosure(false)
  const openDialog = useDialogs()
  const name = callName(person)
  const patch = (body: AdminPersonPatch) =>
    saving.run(call(['people'], `people/${person.id}`, { method: 'PATCH', body }))
  const isHere = person.state === 'active' || person.state === 'paused'
  return (
    <Section title={name}>
      <Stack>
        <Group gap="xs">
          <StateBadge state={person.state} />
          <Text size="sm" c="dimmed">
            {say('people.load', { open: person.open, asked: person.asked })}
          </Text>
        </Group>
        <ul className="admin-list">
          {person.addresses.length === 0 && <li>{say('people.noAddress')}</li>}
          {person.addresses.map((address) => (
            <li key={`${address.medium} ${address.value}`} className="admin-row">
              <span className="grow" dir="ltr">
                {address.value}
              </span>
              <Badge variant={address.state === 'proven' ? 'light' : 'default'} className="state">
                {say(stateWord[address.state])}
              </Badge>
            </li>
          ))}
        </ul>
        {isHere && (
          <Select
            label={say('people.role')}
            data={Object.entries(roleWords).map(([value, word]) => ({ value, label: say(word) }))}
            value={person.role}
            allowDeselect={false}
            onChange={(role) => role && patch({ role: role as Role })}
          />
        )}
        {isHere && <Teams person={person} />}
        <Group>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/admin/$section/$" params={{ section: 'people', _splat: `${person.id}/sees` }} {...props} />
            )}
          >
            {say('sees.ask')}
          </Button>
          {stepsFor(person.state).map(({ to, word }) => (
            <Button
              key={to}
              variant="default"
              loading={saving.isBusy}
              onClick={() => (to === 'removed' && person.state !== 'waiting' ? asking.open() : patch({ state: to }))}
            >
              {say(word)}
            </Button>
          ))}
          <Button
            variant="default"
            className="danger"
            onClick={() => openDialog({ kind: 'erase-person', person: person.id, name })}
          >
            {say('erasePerson.ask')}
          </Button>
        </Group>
        <ProblemNote problem={saving.problem} />
      </Stack>
      <Modal
        opened={isAsking}
        onClose={asking.close}
        title={say('people.removeSure', { name })}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Stack>
          <Text>{say('people.removeWhy')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={asking.close} data-autofocus>
              {say('page.cancel')}
            </Button>
            <Button
              color="red.9"
              onClick={async () => {
                asking.close()
                await patch({ state: 'removed' })
              }}
            >
              {say('admin.remove')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Section>
  )
}

function Teams({ person }: { person: AdminPerson }) {
  const { say, language } = useWords()
  const teams = useTeams().data ?? []
  const call = useAdminCall()
  const saving = useSaving()
  if (teams.length === 0) return null
  async function change(next: string[]) {
    for (const team of teams) {
      const isIn = next.includes(team.id)
      if (isIn === person.teams.includes(team.id)) continue
      const members = isIn ? [...team.members, person.id] : team.members.filter((one) => one !== person.id)
      await saving.run(call(['teams', 'people'], `teams/${team.id}`, { method: 'PATCH', body: { members } }))
    }
  }
  return (
    <>
      <MultiSelect
        label={say('admin.teams')}
        data={teams.map(({ id, names }) => ({ value: id, label: nameIn(names, language) }))}
        value={person.teams}
        onChange={change}
      />
      <ProblemNote problem={saving.problem} />
    </>
  )
}
