import { Text, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import { usePerform } from './use-perform.ts'

/** A conversation with nobody else in it: notes, pictures, events. */
export function OwnSpaceDialog({ onClose }: { onClose: (isDone?: boolean) => void }) {
  const say = useSay()
  const perform = usePerform()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  return (
    <DialogFrame
      title={say('structure.newNote')}
      does={say('structure.makeNote')}
      isReady={name.trim() !== ''}
      onClose={onClose}
      onDo={async () => {
        const input = { name: name.trim(), ...(text.trim() === '' ? {} : { text: text.trim() }) }
        const answer = await perform('open-own-space', input, say('structure.noteMade'))
        if (answer.ok && answer.value.conversation) {
          void navigate({ to: '/conversations/$conversation', params: { conversation: answer.value.conversation } })
        }
        return answer
      }}
    >
      <Text size="sm">{say('structure.noteIs')}</Text>
      <TextInput
        label={say('structure.name')}
        required
        value={name}
        maxLength={200}
        dir="auto"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={say('structure.noteText')}
        autosize
        minRows={3}
        maxRows={10}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </DialogFrame>
  )
}
