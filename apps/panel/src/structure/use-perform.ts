import type { OperationResult, Problem } from '@parley/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { type Answer, ask } from '../api/ask.ts'
import { sayProblem } from '../api/problem.model.ts'
import { echoId } from '../conversations/echo-id.ts'
import { useSay } from '../words/words.tsx'
import { useToast } from './toast.tsx'

export type Perform = (name: string, input: object, done?: string) => Promise<Answer<OperationResult>>

/**
 * Does an operation. `done` is what is then said of it, with a way to take it back where there is one. The views change by the connection.
 */
export function usePerform(): Perform {
  const say = useSay()
  const show = useToast()
  const queries = useQueryClient()
  // What was asked for and not answered is asked again under its id: the server may have done it.
  const unanswered = useRef(new Map<string, string>())
  return useCallback(
    async function perform(name, input, done) {
      const key = `${name} ${JSON.stringify(input)}`
      const id = unanswered.current.get(key) ?? echoId()
      unanswered.current.set(key, id)
      const answer = await ask<OperationResult>(`/api/desk/operations/${name}`, {
        method: 'POST',
        body: { operation: id, input },
      })
      if (answer.ok || (answer.status !== 0 && answer.status < 500)) unanswered.current.delete(key)
      if (!answer.ok) return answer
      for (const what of ['operations', 'invitations', 'watch']) void queries.invalidateQueries({ queryKey: [what] })
      const { operation, undoable } = answer.value
      const undo = async () => {
        const undone = await perform('undo', { operation }, say('structure.undone'))
        if (!undone.ok) show({ text: problemText(undone.problem, say) })
      }
      if (done) show({ text: done, ...(undoable ? { undo } : {}) })
      return answer
    },
    [say, show, queries],
  )
}

export function problemText(problem: Problem, say: ReturnType<typeof useSay>): string {
  const said = sayProblem(problem)
  return 'text' in said ? said.text : say(said.word)
}
