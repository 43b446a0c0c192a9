import { Badge, Button, Loader, Text } from '@mantine/core'
import type { Problem } from '@parley/protocol'
import { useState } from 'react'
import { Refused } from '../api/ask.ts'
import { joinParts } from '../desk/join-parts.model.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { useWords } from '../words/words.tsx'
import { doneWord } from './done.model.ts'
import { useDone } from './done.queries.ts'
import { usePerform } from './use-perform.ts'

/** Everything that was done to a conversation's structure, the latest first, each with what takes it back. */
export function DoneList({ conversation }: { conversation: string }) {
  const { language, say } = useWords()
  const done = useDone(conversation)
  const perform = usePerform()
  const [problem, setProblem] = useState<Problem | null>(null)
  if (done.error instanceof Refused && !done.data) return <ProblemNote problem={done.error.problem} />
  if (!done.data) return <Loader role="status" aria-label={say('page.loading')} />
  if (done.data.length === 0) return <Text c="dimmed">{say('structure.nothingDone')}</Text>
  async function undo(operation: string) {
    const answer = await perform('undo', { operation }, say('structure.undone'))
    setProblem(answer.ok ? null : answer.problem)
  }
  return (
    <>
      <ProblemNote problem={problem} />
      <ul className="deliveries">
        {done.data.map((one) => {
          const word = doneWord(one.name)
          const name = word ? say(word) : one.name
          return (
            <li key={one.operation} className="delivery">
              <div className="delivery-top">
                <Text size="sm" fw={600}>
                  {name}
                </Text>
                {one.undone && (
                  <Badge variant="default" className="state">
                    {say('structure.undone')}
                  </Badge>
                )}
              </div>
              <Text size="xs" c="dimmed">
                {joinParts([one.you ? say('list.you') : one.by, fullTime(one.at, language)])}
              </Text>
              {one.undoable && !one.undone && (
                <Button
                  size="compact-sm"
                  variant="default"
                  mt={4}
                  aria-label={say('structure.undoWhat', { name })}
                  onClick={() => undo(one.operation)}
                >
                  {say('structure.undo')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
