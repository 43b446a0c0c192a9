import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { sayConversation } from './say-thing.ts'
import { usePerform } from './use-perform.ts'

export function LinkDialog({ dialog, onClose }: DialogProps<'link'>) {
  const say = useSay()
  const live = useLive()
  const perform = usePerform()
  const [chosen, choose] = useState<string | null>(null)
  return (
    <DialogFrame
      title={say('structure.linkTitle')}
      does={say('structure.link')}
      isReady={chosen !== null}
      onClose={onClose}
      onDo={() => perform('link', { a: dialog.of, b: { conversation: chosen } }, say('structure.linked'))}
    >
      <Text size="sm">{say('structure.linkHow')}</Text>
      <Select
        label={say('structure.linkTo')}
        data={live.conversations
          .filter(({ id }) => id !== dialog.conversation)
          .map((one) => ({ value: one.id, label: sayConversation(one, say) }))}
        value={chosen}
        onChange={choose}
        searchable
        nothingFoundMessage={say('structure.nothingFound')}
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
    </DialogFrame>
  )
}
