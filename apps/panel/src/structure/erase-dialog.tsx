import { useSay } from '../words/words.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { EraseFrame } from './erase-frame.tsx'

/** A conversation with all that was said in it. */
export function EraseDialog({ dialog: { conversation }, onClose }: DialogProps<'erase'>) {
  const say = useSay()
  return (
    <EraseFrame
      title={say('structure.eraseTitle')}
      how={say('structure.eraseHow')}
      done={say('structure.eraseDone')}
      operation="erase"
      input={{ conversation }}
      onClose={onClose}
    />
  )
}
