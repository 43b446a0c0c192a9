import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useSay } from '../words/words.tsx'
import { useSayScript } from './script-words.tsx'

/** Asks before what was written is lost: by a link, the browser's back button, or closing the page. */
export function LeaveGuard({ isNeeded }: { isNeeded(): boolean }) {
  const say = useSayScript()
  const sayDesk = useSay()
  const guard = useBlocker({ shouldBlockFn: isNeeded, enableBeforeUnload: isNeeded, withResolver: true })
  return (
    <Modal
      opened={guard.status === 'blocked'}
      onClose={() => guard.reset?.()}
      title={say('save.leaveSure')}
      closeButtonProps={{ 'aria-label': sayDesk('page.close') }}
    >
      <Stack>
        <Text>{say('save.leaveWhy')}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={() => guard.reset?.()}>
            {say('save.stay')}
          </Button>
          <Button color="red.9" onClick={() => guard.proceed?.()}>
            {say('save.leave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
