import { Alert, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import { usePerform } from './use-perform.ts'

/** What is erased nothing brings back, so the word has to be typed; afterwards there is nothing left to stand before. */
export function EraseFrame(shown: {
  title: string
  how: string
  done: string
  operation: 'erase' | 'erase-person'
  input: object
  onErased?: () => void
  onClose: (isDone?: boolean) => void
  children?: ReactNode
}) {
  const say = useSay()
  const perform = usePerform()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const word = say('structure.eraseWord')
  return (
    <DialogFrame
      title={shown.title}
      does={say('structure.erase')}
      isDangerous
      isReady={typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase()}
      onClose={shown.onClose}
      onDo={async () => {
        const answer = await perform(shown.operation, shown.input, shown.done)
        if (answer.ok) {
          shown.onErased?.()
          void navigate({ to: '/' })
        }
        return answer
      }}
    >
      <Alert color="red" variant="light">
        {shown.how}
      </Alert>
      {shown.children}
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
