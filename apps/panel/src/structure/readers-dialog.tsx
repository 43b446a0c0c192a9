import { Button, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'
import { chosenFrom } from './colleagues.model.ts'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { PeopleChooser } from './people-chooser.tsx'
import { emptyGrant, type GrantDraft, grantInput, readersHere } from './readers.model.ts'
import { useToast } from './toast.tsx'
import { problemText, usePerform } from './use-perform.ts'

/** Lets somebody read an interaction without a place in it, and takes that back. */
export function ReadersDialog({ dialog: { interaction }, conversation, onClose }: DialogProps<'readers'>) {
  const say = useSay()
  const live = useLive()
  const perform = usePerform()
  const show = useToast()
  const [draft, setDraft] = useState<GrantDraft>(emptyGrant)
  const change = (patch: Partial<GrantDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const held = live.held(conversation).find(({ view }) => view.id === interaction)
  const messages = held?.messages ?? []
  const input = grantInput(interaction, draft, messages)
  const [person] = chosenFrom(draft.chosen).people
  const choices = messages.map(({ id, n, text }) => ({ value: id, label: `${n} · ${text.slice(0, 60)}` }))
  async function takeBack() {
    const answer = await perform('revoke', { interaction, person }, say('structure.takenBack'))
    if (answer.ok) onClose(true)
    else show({ text: problemText(answer.problem, say) })
  }
  return (
    <DialogFrame
      title={say('structure.readers')}
      does={say('structure.letRead')}
      isReady={input !== null}
      onClose={onClose}
      onDo={() => perform('grant', input ?? {}, say('structure.granted'))}
    >
      <Text size="sm">{say('structure.readersHow')}</Text>
      <ul className="readers">
        {readersHere(held?.view ?? { participants: [] }).map(({ id, alias, you, role }) => (
          <li key={id}>
            <bdi>{you ? say('list.you') : alias}</bdi>{' '}
            <Text component="span" size="sm" c="dimmed">
              {say(role === 'observer' ? 'sees.observer' : 'sees.member')}
            </Text>
          </li>
        ))}
      </ul>
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
      <Button type="button" variant="default" className="danger" disabled={!person} onClick={() => void takeBack()}>
        {say('structure.takeBack')}
      </Button>
    </DialogFrame>
  )
}
