import { SegmentedControl, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { PeopleChooser } from './people-chooser.tsx'
import { type TransferTo, transferInput } from './transfer.model.ts'
import { usePerform } from './use-perform.ts'

const ways = ['people', 'team', 'anyone'] as const

export function TransferDialog({ dialog, onClose }: DialogProps<'transfer'>) {
  const say = useSay()
  const perform = usePerform()
  const [to, setTo] = useState<TransferTo>('people')
  const [chosen, choose] = useState<string[]>([])
  const [note, setNote] = useState('')
  const input = transferInput(to, chosen, note)
  return (
    <DialogFrame
      title={say('structure.transferTitle')}
      does={say('structure.transfer')}
      isReady={input !== null}
      onClose={onClose}
      onDo={() => perform('transfer', { ticket: dialog.ticket, ...input }, say('structure.transferred'))}
    >
      <Text size="sm">{say('structure.transferHow')}</Text>
      <SegmentedControl
        aria-label={say('structure.transferTo')}
        value={to}
        onChange={(value) => {
          setTo(ways.find((one) => one === value) ?? 'people')
          choose([])
        }}
        data={[
          { value: 'people', label: say('structure.people') },
          { value: 'team', label: say('structure.team') },
          { value: 'anyone', label: say('structure.anyone') },
        ]}
      />
      {to !== 'anyone' && (
        <PeopleChooser
          key={to}
          label={say(to === 'team' ? 'structure.team' : 'structure.people')}
          value={chosen}
          onChange={choose}
          only={to === 'team' ? 'teams' : 'people'}
          {...(to === 'team' ? { most: 1 } : {})}
        />
      )}
      {to === 'anyone' && <Text size="sm">{say('structure.anyoneHow')}</Text>}
      <Textarea
        label={say('structure.note')}
        description={say('structure.transferNoteHow')}
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DialogFrame>
  )
}
