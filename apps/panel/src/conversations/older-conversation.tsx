import { Button, Loader, Text, Title } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'
import { useOneConversation } from './conversation.queries.ts'

/** One that did not come with the list, being too old for it, or is another by now: it is asked for by its id. */
export function OlderConversation({ id, message }: { id: string; message: string | undefined }) {
  const say = useSay()
  const { client } = useLive()
  const navigate = useNavigate()
  const { data, error, refetch, isFetching } = useOneConversation(id)
  useEffect(() => {
    if (!data) return
    client.learn(data)
    if (data.id === id) return
    const search = message === undefined ? {} : { message }
    void navigate({ to: '/conversations/$conversation', params: { conversation: data.id }, search, replace: true })
  }, [data, id, message, client, navigate])
  if (!error) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  const isGone = error instanceof Refused && error.problem.reason === 'not-there'
  return (
    <div className="nothing">
      <Title order={1}>{say(isGone ? 'page.notThere' : 'page.broken')}</Title>
      {isGone ? (
        <Text c="dimmed">{say('structure.goneWhy')}</Text>
      ) : (
        <>
          <ProblemNote problem={error instanceof Refused ? error.problem : { reason: 'unexpected', text: '' }} />
          <Button loading={isFetching} onClick={() => void refetch()}>
            {say('details.tryAgain')}
          </Button>
        </>
      )}
      <Button component={Link} to="/" variant="default">
        {say('page.toDesk')}
      </Button>
    </div>
  )
}
