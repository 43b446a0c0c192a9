import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { useChangeMe } from './me.queries.ts'
import { Section } from './section.tsx'
import { useSaving } from './use-saving.ts'

/** As easy as joining. `onLeft`: the session has ended with it. */
export function Leaving({ onLeft }: { onLeft: () => void }) {
  const say = useSay()
  const change = useChangeMe()
  const saving = useSaving()
  const [isAsking, asking] = useDisclosure(false)
  async function leave() {
    asking.close()
    const answer = await saving.run(change({ state: 'left' }))
    if (answer.ok) onLeft()
  }
  return (
    <Section title={say('join.leave')} how={say('join.leaveHow')}>
      <Button variant="default" onClick={asking.open}>
        {say('join.leave')}
      </Button>
      <ProblemNote problem={saving.problem} />
      <Modal
        opened={isAsking}
        onClose={asking.close}
        title={say('join.leave')}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Stack>
          <Text>{say('join.leaveHow')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={asking.close} data-autofocus>
              {say('page.cancel')}
            </Button>
            <Button color="red.9" onClick={leave}>
              {say('join.leave')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Section>
  )
}
