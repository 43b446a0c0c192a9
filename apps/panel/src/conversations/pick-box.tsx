import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Line } from '../live/live.model.ts'
import { type Picked, placeToPick } from '../structure/pick.model.ts'
import { useSay } from '../words/words.tsx'

interface Props {
  line: Line
  picked: Picked | null
  onPick: (line: Line) => void
  children: ReactNode
}

/** A bubble with a box beside it while messages are being chosen. */
export function PickBox({ line, picked, onPick, children }: Props) {
  const say = useSay()
  if (!picked) return children
  return (
    <div className="pick">
      <Checkbox
        aria-label={say('structure.pick', { text: line.message.text.slice(0, 80) })}
        checked={picked.messages.includes(line.message.id)}
        disabled={placeToPick(picked, line) === null}
        onChange={() => onPick(line)}
      />
      {children}
    </div>
  )
}
