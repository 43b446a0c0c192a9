import { Badge } from '@mantine/core'
import type { AdminPerson } from '@parley/protocol'
import { useSay } from '../words/words.tsx'
import { stateWords } from './people.model.ts'

/** How somebody stands here; whoever waits stands out. */
export function StateBadge({ state }: { state: AdminPerson['state'] }) {
  const say = useSay()
  const isWaiting = state === 'waiting'
  return (
    <Badge
      className="state"
      variant={isWaiting ? 'filled' : 'light'}
      color={isWaiting || state === 'active' ? 'sea' : 'gray'}
    >
      {say(stateWords[state])}
    </Badge>
  )
}
