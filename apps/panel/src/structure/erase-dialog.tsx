import { Alert, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { usePerform } from './use-perform.ts'

/** Nothing brings it back, so the word has to be typed. */
export function EraseDialog({ dialog: { conversation }, onClose }: DialogProps<'erase'>) {
  const say = useSay()
  const perform = usePerform()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const word = say('structure.eraseWord')
  return (
    <DialogFrame
      title={say('structure.eraseTitle')}
      does={say('structure.erase')}
      isDangerous
      isReady={typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase()}
      onClose={onClose}
      onDo={async () => {
        const answer = await perform('erase', { conversation }, say('structure.eraseDone'))
        if (answer.ok) void navigate({ to: '/' })
        return answer
      }}
    >
      <Alert color="red" variant="light">
        {say('structure.eraseHow')}
      </Alert>
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
