import { Badge, Button, Group, Loader, Text, Title } from '@mantine/core'
import type { Problem, WatchedView } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Refused } from '../api/ask.ts'
import { BackToList } from '../conversations/conversation.page.tsx'
import { joinParts } from '../desk/join-parts.model.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { usePerform } from '../structure/use-perform.ts'
import type { Word } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { isIn } from './watch.model.ts'
import { useWatch } from './watch.queries.ts'

/** For supervisors: what goes on, and a seat beside it. */
export function WatchPage() {
  const { say } = useWords()
  const watch = useWatch()
  useEffect(() => {
    document.title = `${say('watch.title')} · Parley`
  }, [say])
  const all = watch.data?.pages.flatMap(({ conversations }) => conversations) ?? []
  return (
    <section className="page">
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{say('watch.title')}</Title>
          <Text size="sm" c="dimmed">
            {say('watch.how')}
          </Text>
        </div>
      </header>
      <div className="page-body">
        {watch.error instanceof Refused && <ProblemNote problem={watch.error.problem} />}
        {watch.isPending && <Loader role="status" aria-label={say('page.loading')} />}
        {watch.data && all.length === 0 && <Text c="dimmed">{say('watch.none')}</Text>}
        <ul className="cards">
          {all.map((one) => (
            <Watched key={one.id} watched={one} />
          ))}
        </ul>
        {watch.hasNextPage && (
          <Button variant="default" loading={watch.isFetchingNextPage} onClick={() => void watch.fetchNextPage()}>
            {say('search.more')}
          </Button>
        )}
      </div>
    </section>
  )
}

const kindWords: Record<WatchedView['interactions'][number]['kind'], Word> = {
  intake: 'structure.intake',
  exchange: 'watch.exchange',
  backchannel: 'structure.backchannelNoun',
}

function Watched({ watched }: { watched: WatchedView }) {
  const { language, say } = useWords()
  const perform = usePerform()
  const [problem, setProblem] = useState<Problem | null>(null)
  async function observe(interaction: string) {
    const answer = await perform('observe', { interaction, history: 'all' }, say('structure.observing'))
    setProblem(answer.ok ? null : answer.problem)
  }
  return (
    <li className="card">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2}>
            <bdi>{watched.asker}</bdi>
          </Title>
          <Text size="sm" c="dimmed">
            {joinParts([
              watched.topic,
              fullTime(watched.lastAt, language),
              watched.state === 'closed' && say('conversation.closed'),
            ])}
          </Text>
        </div>
        {isIn(watched) && (
          <Button
            size="xs"
            variant="light"
            renderRoot={(props) => (
              <Link to="/conversations/$conversation" params={{ conversation: watched.id }} {...props} />
            )}
          >
            {say('watch.open')}
          </Button>
        )}
      </Group>
      <ul className="admin-list">
        {watched.interactions.map((one) => {
          const name = say(one.purpose === 'whisper' ? 'structure.whisperNoun' : kindWords[one.kind])
          const who = one.people.map(({ alias }) => alias).join(', ')
          return (
            <li key={one.id} className="admin-row watch-row" data-inside={one.kind === 'backchannel'}>
              <div className="grow">
                <Text size="sm" fw={600}>
                  {name}
                </Text>
                <Text size="sm" c="dimmed">
                  <bdi>{who}</bdi>
                </Text>
              </div>
              {one.you === 'observer' && (
                <Badge variant="light" className="state">
                  {say('watch.youWatch')}
                </Badge>
              )}
              {one.you === 'none' && one.state === 'open' && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={say('watch.observeWhat', { name: `${name}: ${who}` })}
                  onClick={() => observe(one.id)}
                >
                  {say('structure.observe')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <ProblemNote problem={problem} />
    </li>
  )
}
