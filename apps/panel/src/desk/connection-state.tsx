import type { ConnectionState as State } from '@parley/client'
import { useLive } from '../live/live.tsx'
import type { Word } from '../words/words.model.ts'
import { useSay } from '../words/words.tsx'

const words: Record<State['is'], Word> = {
  connecting: 'connection.connecting',
  online: 'connection.online',
  waiting: 'connection.waiting',
  stopped: 'connection.stopped',
}

export function ConnectionState() {
  const say = useSay()
  const { state } = useLive()
  return (
    <span className="connection" data-is={state.is} role="status">
      <span className="connection-dot" aria-hidden="true" />
      {say(words[state.is])}
    </span>
  )
}
