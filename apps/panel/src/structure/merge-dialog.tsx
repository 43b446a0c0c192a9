import { Checkbox, Select, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useLive } from '../live/live.tsx'
import type { Word } from '../words/words.model.ts'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { idOf, mergeTargets } from './merge.model.ts'
import { sayThing } from './say-thing.ts'
import { usePerform } from './use-perform.ts'

/** Asks what is to be one, and says in plain words what then happens. */
export function MergeDialog({ dialog: { from, into }, onClose }: DialogProps<'merge'>) {
  const say = useSay()
  const live = useLive()
  const perform = usePerform()
  const navigate = useNavigate()
  const targets = mergeTargets(from, live.conversations)
  const [chosen, choose] = useState<string | null>(into ? idOf(into) : null)
  const [isSamePerson, setSamePerson] = useState(false)
  const target = targets.find((one) => idOf(one) === chosen)
  const isConversation = 'conversation' in from
  const how: Word = isConversation
    ? 'structure.mergeConversations'
    : 'ticket' in from
      ? 'structure.mergeTickets'
      : 'structure.mergeInteractions'
  const names = {
    from: sayThing(from, live.conversations, say),
    into: target ? sayThing(target, live.conversations, say) : '…',
  }
  return (
    <DialogFrame
      title={say('structure.mergeTitle', { from: names.from })}
      does={say('structure.merge')}
      isReady={target !== undefined}
      onClose={onClose}
      onDo={async () => {
        const input = { into: target, from, ...(isConversation && isSamePerson ? { samePerson: true } : {}) }
        const answer = await perform('merge', input, say('structure.merged', names))
        // Its id leads to the one that it became, but nothing is to be seen under it any more.
        if (answer.ok && target && 'conversation' in target) {
          void navigate({ to: '/conversations/$conversation', params: { conversation: target.conversation } })
        }
        return answer
      }}
    >
      <Select
        label={say('structure.mergeInto')}
        data={targets.map((one) => ({ value: idOf(one), label: sayThing(one, live.conversations, say) }))}
        value={chosen}
        onChange={choose}
        searchable
        nothingFoundMessage={say('structure.nothingFound')}
        comboboxProps={{ withinPortal: false }}
        data-autofocus={into ? undefined : true}
      />
      <Text size="sm">{say(how, names)}</Text>
      {isConversation && (
        <Checkbox
          label={say('structure.samePerson')}
          description={say('structure.samePersonHow')}
          checked={isSamePerson}
          onChange={(event) => setSamePerson(event.currentTarget.checked)}
        />
      )}
    </DialogFrame>
  )
}
