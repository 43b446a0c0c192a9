import { Alert, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DeskDialog } from './dialogs.model.ts'
import { usePerform } from './use-perform.ts'

/** Somebody with all that they said. Nothing brings it back, so the word has to be typed; what remains of it where is said before. */
export function ErasePersonDialog({
  dialog: { person, name },
  onClose,
}: {
  dialog: Extract<DeskDialog, { kind: 'erase-person' }>
  onClose: (isDone?: boolean) => void
}) {
  const say = useSay()
  const perform = usePerform()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const word = say('structure.eraseWord')
  return (
    <DialogFrame
      title={say('erasePerson.title', { name })}
      does={say('structure.erase')}
      isDangerous
      isReady={typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase()}
      onClose={onClose}
      onDo={async () => {
        const answer = await perform('erase-person', { person }, say('erasePerson.done', { name }))
        if (answer.ok) {
          void queries.invalidateQueries({ queryKey: ['people'] })
          void navigate({ to: '/' })
        }
        return answer
      }}
    >
      <Alert color="red" variant="light">
        {say('erasePerson.how')}
      </Alert>
      <Text size="sm">{say('erasePerson.backups')}</Text>
      <TextInput
        label={say('structure.eraseType', { word })}
        value={typed}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </DialogFrame>
  )
}
