import { Checkbox, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../settings/me.queries.ts'
import { useSay } from '../words/words.tsx'
import { chosenFrom } from './colleagues.model.ts'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { PeopleChooser } from './people-chooser.tsx'
import { usePerform } from './use-perform.ts'

/** Makes a ticket of its own of whole interactions, or of some of what was said. */
export function SplitDialog({ dialog, onClose }: DialogProps<'split' | 'split-messages'>) {
  const say = useSay()
  const perform = usePerform()
  const [name, setName] = useState('')
  const [chosen, choose] = useState<string[]>([])
  const me = useMe().data?.person
  const [isMine, setMine] = useState(true)
  const isOfMessages = dialog.kind === 'split-messages'
  const people = [...chosenFrom(chosen).people, ...(isOfMessages && isMine && me ? [me] : [])]
  const what =
    dialog.kind === 'split' ? { interactions: dialog.interactions } : { from: dialog.from, messages: dialog.messages }
  return (
    <DialogFrame
      title={say('structure.splitTitle')}
      does={say('structure.split')}
      isReady
      onClose={onClose}
      onDo={() =>
        perform(
          'split',
          {
            ticket: dialog.ticket,
            ...what,
            ...(people.length > 0 ? { people } : {}),
            ...(name.trim() === '' ? {} : { name: name.trim() }),
          },
          say('structure.splitDone'),
        )
      }
    >
      <Text size="sm">
        {dialog.kind === 'split'
          ? say('structure.splitHow')
          : say('structure.splitMessagesHow', { count: dialog.messages.length })}
      </Text>
      <TextInput
        label={say('structure.name')}
        value={name}
        maxLength={200}
        dir="auto"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {isOfMessages && (
        <>
          <PeopleChooser label={say('structure.splitWho')} value={chosen} onChange={choose} only="people" />
          <Checkbox
            label={say('structure.splitMe')}
            checked={isMine}
            onChange={(event) => setMine(event.currentTarget.checked)}
          />
        </>
      )}
    </DialogFrame>
  )
}
