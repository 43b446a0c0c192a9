import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { sayConversation, sayInteraction } from './say-thing.ts'
import { usePerform } from './use-perform.ts'

/** Places what was said in one interaction in another one besides. Says who will read it there. */
export function CopyDialog({ dialog: { from, messages }, onClose }: DialogProps<'copy'>) {
  const say = useSay()
  const live = useLive()
  const perform = usePerform()
  const [to, choose] = useState<string | null>(null)
  const groups = live.conversations
    .map((one) => ({
      group: sayConversation(one, say),
      items: one.interactions
        .filter(({ id, writable }) => writable && id !== from)
        .map((view) => ({ value: view.id, label: sayInteraction(view, say) })),
    }))
    .filter(({ items }) => items.length > 0)
  const target = live.conversations.flatMap(({ interactions }) => interactions).find(({ id }) => id === to)
  return (
    <DialogFrame
      title={say('structure.copyTitle', { count: messages.length })}
      does={say('structure.copy')}
      isReady={to !== null}
      onClose={onClose}
      onDo={() => perform('copy', { messages, from, to }, say('structure.copied'))}
    >
      <Select
        label={say('structure.copyTo')}
        data={mergeGroups(groups)}
        value={to}
        onChange={choose}
        searchable
        nothingFoundMessage={say('structure.nothingFound')}
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
      <Text size="sm">{say(target?.kind === 'backchannel' ? 'structure.copyInside' : 'structure.copyHow')}</Text>
    </DialogFrame>
  )
}

/** Two conversations with one name are one group of the list. */
function mergeGroups<Item>(groups: readonly { group: string; items: Item[] }[]): { group: string; items: Item[] }[] {
  const byName = new Map<string, Item[]>()
  for (const { group, items } of groups) byName.set(group, [...(byName.get(group) ?? []), ...items])
  return [...byName].map(([group, items]) => ({ group, items }))
}
