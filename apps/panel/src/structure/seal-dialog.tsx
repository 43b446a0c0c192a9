import { Text } from '@mantine/core'
import type { Word } from '../words/words.model.ts'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import type { Sealable } from './dialogs.model.ts'
import { noteSealed } from './sealed-here.ts'
import { usePerform } from './use-perform.ts'

interface Said {
  title: Word
  how: Word
}

/** A conversation, or a part of it down to one message, is kept encrypted from now on. */
export function SealDialog({ dialog: { what }, onClose }: DialogProps<'seal'>) {
  const say = useSay()
  const perform = usePerform()
  const { title, how } = saidOf(what)
  return (
    <DialogFrame
      title={say(title)}
      does={say('structure.seal')}
      isReady
      onClose={onClose}
      onDo={async () => {
        const answer = await perform('seal', what, say('conversation' in what ? 'structure.sealDone' : 'seal.done'))
        if (answer.ok && 'message' in what) noteSealed(what.message)
        return answer
      }}
    >
      <Text size="sm">{say(how)}</Text>
    </DialogFrame>
  )
}

function saidOf(what: Sealable): Said {
  if ('conversation' in what) return { title: 'structure.sealTitle', how: 'structure.sealHow' }
  if ('message' in what) return { title: 'seal.message', how: 'seal.messageHow' }
  return { title: 'ticket' in what ? 'seal.ticket' : 'seal.interaction', how: 'seal.partHow' }
}
