import type { Problem } from '@parley/protocol'
import { useState } from 'react'
import type { Answer } from '../api/ask.ts'

/** One thing being changed: under way, refused with a reason, or done. */
export function useSaving() {
  const [state, setState] = useState<{ is: 'idle' | 'busy' | 'done' } | { is: 'refused'; problem: Problem }>({
    is: 'idle',
  })
  return {
    isBusy: state.is === 'busy',
    isDone: state.is === 'done',
    problem: state.is === 'refused' ? state.problem : null,
    async run<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
      setState({ is: 'busy' })
      const answer = await call
      setState(answer.ok ? { is: 'done' } : { is: 'refused', problem: answer.problem })
      return answer
    },
  }
}
