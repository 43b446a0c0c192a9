import { Button } from '@mantine/core'
import type { DeliveryView, Problem } from '@parley/protocol'
import { useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import type { Line } from '../live/live.model.ts'
import { useSay } from '../words/words.tsx'
import { useResend } from './conversation.queries.ts'
import { troubleOf } from './deliveries.model.ts'
import { fatesOf, isTrouble, reasonWord, stateWords } from './message.model.ts'

interface Props {
  line: Line
  conversation: string
  deliveries: readonly DeliveryView[]
}

/** How far one's own message has got, in words, for each who should get it. */
export function Fates({ line, conversation, deliveries }: Props) {
  const say = useSay()
  const resend = useResend(conversation)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const fates = fatesOf(line)
  if (fates.length === 0) return null
  const trouble = fates.some((fate) => isTrouble(fate.state)) ? troubleOf(deliveries, line.message.id) : null

  async function again(delivery: string) {
    setBusy(true)
    const answer = await resend(delivery)
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
  }

  return (
    <>
      <ul className="fates">
        {fates.map((fate) => (
          <li key={fate.alias} data-state={fate.state} data-trouble={isTrouble(fate.state)}>
            {fates.length > 1 && `${fate.alias}: `}
            {say(stateWords[fate.state])}
            {fate.reason && (
              <>
                {' – '}
                <bdi>{sayReason(fate.reason, say)}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
      {trouble && (
        <Button
          size="compact-xs"
          variant="default"
          color="red"
          loading={isBusy}
          onClick={() => again(trouble.id)}
          className="resend"
        >
          {say('deliveries.resend')}
        </Button>
      )}
      <ProblemNote problem={problem} />
    </>
  )
}

export function sayReason(reason: string, say: ReturnType<typeof useSay>): string {
  const word = reasonWord(reason)
  return word ? say(word) : reason
}
