import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { AddressView, HoursView } from '@parley/protocol'
import { useState } from 'react'
import '../criteria/criteria.css'
import { CriteriaWordsProvider } from '../criteria/criteria-words.tsx'
import { HoursEditor } from '../criteria/hours-editor.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import type { AddressCalls } from './me.queries.ts'
import { useSaving } from './use-saving.ts'

/** At which hours an address is used. */
export function AddressHours({ address, calls }: { address: AddressView; calls: AddressCalls }) {
  const say = useSay()
  const saving = useSaving()
  const [isOpen, dialog] = useDisclosure(false)
  const [hours, setHours] = useState<HoursView | null>(address.hours ?? null)
  async function save() {
    if ((await saving.run(calls.setHours(address, hours))).ok) dialog.close()
  }
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={`${say(address.hours ? 'addresses.someHours' : 'addresses.anyHour')}: ${address.value}`}
        onClick={() => {
          setHours(address.hours ?? null)
          dialog.open()
        }}
      >
        {say(address.hours ? 'addresses.someHours' : 'addresses.anyHour')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        size="lg"
        title={say('addresses.hoursOf', { address: address.value })}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Stack>
          <Text size="sm">{say('addresses.hoursHow')}</Text>
          <CriteriaWordsProvider>
            <HoursEditor hours={hours} problems={saving.problem?.problems ?? []} onChange={setHours} />
          </CriteriaWordsProvider>
          <ProblemNote problem={saving.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {say('page.cancel')}
            </Button>
            <Button loading={saving.isBusy} onClick={save}>
              {say('page.save')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
