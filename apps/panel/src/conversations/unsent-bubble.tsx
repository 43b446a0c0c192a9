import { Button, Group } from '@mantine/core'
import type { Unsent } from '@parley/client'
import { sayProblem } from '../api/problem.model.ts'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'

export function UnsentBubble({ unsent }: { unsent: Unsent }) {
  const say = useSay()
  const { client } = useLive()
  return (
    <article className="bubble" data-you="true" data-unsent={unsent.state}>
      <p className="bubble-text" dir="auto">
        {unsent.text}
      </p>
      {unsent.state === 'refused' ? (
        <>
          <p className="bubble-refused" role="alert">
            {sayRefusal(unsent, say)}
          </p>
          <Group gap="xs">
            <Button size="compact-xs" variant="default" onClick={() => client.retry(unsent.id)}>
              {say('message.tryAgain')}
            </Button>
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => client.discard(unsent.id)}>
              {say('message.discard')}
            </Button>
          </Group>
        </>
      ) : (
        <ul className="fates">
          <li data-state="queued">{say('state.unsent')}</li>
        </ul>
      )}
    </article>
  )
}

function sayRefusal(unsent: Extract<Unsent, { state: 'refused' }>, say: ReturnType<typeof useSay>): string {
  const said = sayProblem({ reason: unsent.reason, text: unsent.why })
  return 'text' in said ? said.text : say(said.word)
}
