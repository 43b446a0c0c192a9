import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { usePerform } from './use-perform.ts'

/** What somebody is called in one interaction. The server refuses a name that is taken there, or that tells who it is. */
export function AliasDialog({ dialog: { participant, alias }, onClose }: DialogProps<'alias'>) {
  const say = useSay()
  const perform = usePerform()
  const [name, setName] = useState(alias)
  const wanted = name.trim()
  return (
    <DialogFrame
      title={say('structure.callThem', { who: alias })}
      does={say('page.save')}
      isReady={wanted !== '' && wanted !== alias}
      onClose={onClose}
      onDo={() => perform('set-place', { participant, alias: wanted }, say('structure.called', { name: wanted }))}
    >
      <Text size="sm">{say('structure.callThemHow')}</Text>
      <TextInput
        label={say('structure.alias')}
        value={name}
        maxLength={60}
        dir="auto"
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </DialogFrame>
  )
}
