import { Fieldset, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { PeopleChooser } from './people-chooser.tsx'
import { emptyGrant, type GrantDraft, grantInput } from './readers.model.ts'
import { ReadersList } from './readers-list.tsx'
import { usePerform } from './use-perform.ts'

/** Who may read an interaction and why, each to be taken back from there; and letting somebody read without a place in it. */
export function ReadersDialog({ dialog: { interaction }, conversation, onClose }: DialogProps<'readers'>) {
  const say = useSay()
  const live = useLive()
  const perform = usePerform()
  const [draft, setDraft] = useState<GrantDraft>(emptyGrant)
  const change = (patch: Partial<GrantDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const held = live.held(conversation).find(({ view }) => view.id === interaction)
  const messages = held?.messages ?? []
  const input = grantInput(interaction, draft, messages)
  const choices = messages.map(({ id, n, text }) => ({ value: id, label: `${n} · ${text.slice(0, 60)}` }))
  return (
    <DialogFrame
      title={say('readers.title')}
      does={say('structure.letRead')}
      isReady={input !== null}
      onClose={onClose}
      onDo={() => perform('grant', input ?? {}, say('structure.granted'))}
    >
      <Text size="sm">{say('structure.readersHow')}</Text>
      <ReadersList interaction={interaction} onLeave={() => onClose()} />
      <Fieldset legend={say('readers.let')}>
        <Stack>
          <PeopleChooser
            label={say('structure.whom')}
            value={draft.chosen}
            onChange={(chosen) => change({ chosen })}
            only="people"
            most={1}
          />
          <Stack gap={4}>
            <Text size="sm" fw={500} component="span" id="grant-part">
              {say('structure.part')}
            </Text>
            <SegmentedControl
              aria-labelledby="grant-part"
              value={draft.part}
              onChange={(part) => change({ part: part === 'all' || part === 'some' ? part : 'now' })}
              data={[
                { value: 'now', label: say('structure.fromNow') },
                { value: 'all', label: say('structure.historyAll') },
                ...(choices.length === 0 ? [] : [{ value: 'some', label: say('structure.partSome') }]),
              ]}
            />
          </Stack>
          {draft.part === 'some' && (
            <>
              <NativeSelect
                label={say('structure.partFrom')}
                data={[{ value: '', label: '—' }, ...choices]}
                value={draft.from}
                onChange={(event) => change({ from: event.currentTarget.value })}
              />
              <NativeSelect
                label={say('structure.partTo')}
                data={[{ value: '', label: say('structure.partOn') }, ...choices]}
                value={draft.to}
                onChange={(event) => change({ to: event.currentTarget.value })}
              />
            </>
          )}
        </Stack>
      </Fieldset>
    </DialogFrame>
  )
}
