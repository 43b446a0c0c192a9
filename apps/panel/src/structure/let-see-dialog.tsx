import { SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { usePerform } from './use-perform.ts'

const ways = ['now', 'all', 'off'] as const

/** Those who answer read each other's exchanges with who asks, or no more. */
export function LetSeeDialog({ dialog: { conversation }, onClose }: DialogProps<'let-see'>) {
  const say = useSay()
  const perform = usePerform()
  const [way, choose] = useState<(typeof ways)[number]>('now')
  const input = { conversation, on: way !== 'off', ...(way === 'all' ? { history: 'all' } : {}) }
  return (
    <DialogFrame
      title={say('structure.letThemSee')}
      does={say('page.save')}
      isReady
      onClose={onClose}
      onDo={() => perform('let-see', input, say(way === 'off' ? 'page.saved' : 'structure.letSee'))}
    >
      <Text size="sm">{say('structure.letThemSeeHow')}</Text>
      <SegmentedControl
        aria-label={say('structure.letThemSee')}
        value={way}
        onChange={(value) => choose(ways.find((one) => one === value) ?? 'now')}
        data={[
          { value: 'now', label: say('structure.fromNow') },
          { value: 'all', label: say('structure.historyAll') },
          { value: 'off', label: say('structure.notAnyMore') },
        ]}
      />
    </DialogFrame>
  )
}
