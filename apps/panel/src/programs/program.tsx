import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ProgramPatch, ProgramView } from '@parley/protocol'
import { useNavigate } from '@tanstack/react-router'
import { CriteriaEditor } from '../criteria/criteria-editor.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useSay } from '../words/words.tsx'
import { ProgramEndpoint } from './program-endpoint.tsx'
import { ProgramKeys } from './program-keys.tsx'
import { ProgramLog } from './program-log.tsx'
import { useProgramCall } from './programs.queries.ts'

/** One program: whether it is asked, what it calls with, where it is called, what it wants, and what went there. */
export function Program({ program }: { program: ProgramView }) {
  return (
    <>
      <State program={program} />
      <ProgramKeys program={program} />
      <ProgramEndpoint program={program} />
      <CriteriaEditor person={program.id} />
      <ProgramLog program={program.id} />
    </>
  )
}

function State({ program }: { program: ProgramView }) {
  const say = useSay()
  const call = useProgramCall()
  const saving = useSaving()
  const navigate = useNavigate()
  const [isAsking, asking] = useDisclosure(false)
  const { id, name } = program
  const isActive = program.state === 'active'
  const patch = (body: ProgramPatch) => saving.run(call(`/${id}`, { method: 'PATCH', body }))
  return (
    <Section title={name}>
      <Stack>
        <Group gap="xs">
          <Badge variant="light" className="state" color={isActive ? 'sea' : 'gray'}>
            {say(isActive ? 'programs.active' : 'programs.paused')}
          </Badge>
          {program.alias && (
            <Text size="sm" c="dimmed">
              {say('programs.alias')}: {program.alias}
            </Text>
          )}
        </Group>
        <Group>
          <Button
            variant="default"
            loading={saving.isBusy}
            onClick={() => patch({ state: isActive ? 'paused' : 'active' })}
          >
            {say(isActive ? 'programs.switchOff' : 'programs.switchOn')}
          </Button>
          <Button variant="default" onClick={asking.open}>
            {say('admin.remove')}
          </Button>
        </Group>
        <ProblemNote problem={saving.problem} />
      </Stack>
      <Modal
        opened={isAsking}
        onClose={asking.close}
        title={say('programs.removeSure', { name })}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Stack>
          <Text>{say('programs.removeHow')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={asking.close} data-autofocus>
              {say('page.cancel')}
            </Button>
            <Button
              color="red.9"
              onClick={async () => {
                asking.close()
                const answer = await patch({ state: 'removed' })
                if (answer.ok) await navigate({ to: '/admin/$section', params: { section: 'programs' } })
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
