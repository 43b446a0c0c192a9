import { Badge, Button, Loader, Stack, Text } from '@mantine/core'
import type { DeliveryView, Problem } from '@parley/protocol'
import { useState } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { sayMedium } from '../desk/say-medium.ts'
import { fullTime } from '../desk/times.model.ts'
import type { Word } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { useResend } from './conversation.queries.ts'
import { inOrder, mayResend } from './deliveries.model.ts'
import { sayReason } from './fates.tsx'
import { isTrouble, stateWords } from './message.model.ts'

const kinds: Record<DeliveryView['kind'], Word> = {
  message: 'deliveries.message',
  offer: 'deliveries.offer',
  notice: 'deliveries.notice',
}

const outcomes: Record<string, Word> = {
  sent: 'outcome.sent',
  retry: 'outcome.retry',
  rejected: 'outcome.rejected',
  unknown: 'outcome.unknown',
}

interface Query {
  data: DeliveryView[] | undefined
  error: Error | null
}

export function Deliveries({ conversation, query }: { conversation: string; query: Query }) {
  const { say } = useWords()
  if (query.error instanceof Refused && !query.data) return <ProblemNote problem={query.error.problem} />
  if (!query.data) return <Loader role="status" aria-label={say('page.loading')} />
  if (query.data.length === 0) return <Text c="dimmed">{say('deliveries.none')}</Text>
  return (
    <ul className="deliveries">
      {inOrder(query.data).map((one) => (
        <Delivery key={one.id} delivery={one} conversation={conversation} />
      ))}
    </ul>
  )
}

function Delivery({ delivery, conversation }: { delivery: DeliveryView; conversation: string }) {
  const { language, say } = useWords()
  const resend = useResend(conversation)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setBusy] = useState(false)
  async function again() {
    setBusy(true)
    const answer = await resend(delivery.id)
    setBusy(false)
    setProblem(answer.ok ? null : answer.problem)
  }
  return (
    <li className="delivery">
      <Stack gap={4}>
        <div className="delivery-top">
          <Text size="sm" fw={600}>
            {say('deliveries.to', {
              kind: say(kinds[delivery.kind]),
              who: delivery.to,
              medium: sayMedium(delivery.medium, say),
            })}
          </Text>
          <Badge variant="light" color={isTrouble(delivery.state) ? 'red' : 'sea'} className="state">
            {say(stateWords[delivery.state])}
          </Badge>
        </div>
        {delivery.reason && <Text size="sm">{sayReason(delivery.reason, say)}</Text>}
        {delivery.maybeTwice && <Text size="sm">{say('deliveries.maybeTwice')}</Text>}
        <Text size="xs" c="dimmed">
          {fullTime(delivery.updatedAt, language)}
        </Text>
        {delivery.attempts.length > 0 && (
          <details>
            <summary>{say('deliveries.attempts', { count: delivery.attempts.length })}</summary>
            <ol className="attempts">
              {delivery.attempts.map((attempt) => (
                <li key={attempt.at}>
                  {fullTime(attempt.at, language)} – {say(outcomes[attempt.outcome] ?? 'outcome.underWay')}
                  {attempt.reason && ` (${sayReason(attempt.reason, say)})`}
                </li>
              ))}
            </ol>
          </details>
        )}
        {mayResend(delivery) && (
          <Button size="compact-sm" variant="default" loading={isBusy} onClick={again}>
            {say('deliveries.resend')}
          </Button>
        )}
        <ProblemNote problem={problem} />
      </Stack>
    </li>
  )
}
