import {
  Button,
  Collapse,
  Fieldset,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { sayMedium } from '../desk/say-medium.ts'
import { useLive } from '../live/live.tsx'
import { useMedia } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { emptyInvite, type InviteDraft, inviteInput } from './invite.model.ts'
import { PeopleChooser } from './people-chooser.tsx'
import { usePerform } from './use-perform.ts'

/** Opens a backchannel with people, or brings more people into an interaction that there is. */
export function InviteDialog({ dialog, conversation, onClose }: DialogProps<'backchannel' | 'invite'>) {
  const say = useSay()
  const live = useLive()
  const perform = usePerform()
  const media = useMedia().data?.media ?? ['email']
  const [draft, setDraft] = useState<InviteDraft>({ ...emptyInvite, history: dialog.message ? 'from' : 'none' })
  const change = (patch: Partial<InviteDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const outside = (patch: Partial<InviteDraft['outside']>) => change({ outside: { ...draft.outside, ...patch } })
  const [hasOutside, outsiders] = useDisclosure(false)
  const isNew = dialog.kind === 'backchannel'
  const held = live.held(conversation).find(({ view }) => view.id === dialog.interaction)
  const from = held?.messages.find(({ id }) => id === dialog.message)?.n ?? null
  const input = inviteInput(draft, from)
  const name = draft.name.trim()
  return (
    <DialogFrame
      title={say(isNew ? 'structure.openBackchannel' : 'structure.invite')}
      does={say(isNew ? 'structure.openIt' : 'structure.inviteThem')}
      isReady={input !== null || (isNew && draft.outside.address.trim() === '' && name !== '')}
      onClose={onClose}
      onDo={() =>
        isNew
          ? perform(
              'open-backchannel',
              { from: dialog.interaction, ...(name === '' ? {} : { name }), ...input },
              say('structure.backchannelOpened'),
            )
          : perform('invite', { interaction: dialog.interaction, ...input }, say('structure.invited'))
      }
    >
      <Text size="sm">{say(isNew ? 'structure.backchannelHow' : 'structure.inviteHow')}</Text>
      {isNew && (
        <TextInput
          label={say('structure.name')}
          value={draft.name}
          maxLength={200}
          dir="auto"
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      )}
      <PeopleChooser label={say('structure.whom')} value={draft.chosen} onChange={(chosen) => change({ chosen })} />
      <Button
        variant="default"
        size="xs"
        className="outside-toggle"
        aria-expanded={hasOutside}
        onClick={outsiders.toggle}
      >
        {say('structure.outside')}
      </Button>
      <Collapse expanded={hasOutside}>
        <Fieldset legend={say('structure.outside')}>
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {say('structure.outsideHow')}
            </Text>
            <NativeSelect
              label={say('own.medium')}
              data={media.map((medium) => ({ value: medium, label: sayMedium(medium, say) }))}
              value={draft.outside.medium}
              onChange={(event) => outside({ medium: event.currentTarget.value })}
            />
            <TextInput
              label={say('own.value')}
              value={draft.outside.address}
              dir="ltr"
              maxLength={320}
              onChange={(event) => outside({ address: event.currentTarget.value })}
            />
            <TextInput
              label={say('form.name')}
              value={draft.outside.name}
              required={draft.outside.address.trim() !== ''}
              dir="auto"
              maxLength={100}
              onChange={(event) => outside({ name: event.currentTarget.value })}
            />
          </Stack>
        </Fieldset>
      </Collapse>
      <Textarea
        label={say('structure.note')}
        description={say('structure.noteHow')}
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <Stack gap={4}>
        <Text size="sm" fw={500} component="span" id="invite-history">
          {say('structure.history')}
        </Text>
        <SegmentedControl
          aria-labelledby="invite-history"
          value={draft.history}
          onChange={(history) => change({ history: history === 'all' || history === 'from' ? history : 'none' })}
          data={[
            { value: 'none', label: say('structure.historyNone') },
            ...(from === null ? [] : [{ value: 'from', label: say('structure.historyFrom') }]),
            { value: 'all', label: say('structure.historyAll') },
          ]}
        />
      </Stack>
    </DialogFrame>
  )
}
