import { Text } from '@mantine/core'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { usePerform } from './use-perform.ts'

export function SealDialog({ dialog: { conversation }, onClose }: DialogProps<'seal'>) {
  const say = useSay()
  const perform = usePerform()
  return (
    <DialogFrame
      title={say('structure.sealTitle')}
      does={say('structure.seal')}
      isReady
      onClose={onClose}
      onDo={() => perform('seal', { conversation }, say('structure.sealDone'))}
    >
      <Text size="sm">{say('structure.sealHow')}</Text>
    </DialogFrame>
  )
}
