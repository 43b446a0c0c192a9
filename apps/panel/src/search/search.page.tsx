import { Button, Loader, Text, TextInput, Title } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Refused } from '../api/ask.ts'
import { BackToList } from '../conversations/conversation.page.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { useLive } from '../live/live.tsx'
import { sayConversation } from '../structure/say-thing.ts'
import { useWords } from '../words/words.tsx'
import { useSearch } from './search.queries.ts'

/** Finds again what one may read. What is searched for stands in the address, so that going back comes back to it. */
export function SearchPage({ q }: { q: string }) {
  const { say } = useWords()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(q)
  const found = useSearch(q)
  useEffect(() => {
    document.title = `${say('search.title')} · Parley`
  }, [say])
  const hits = q === '' ? [] : (found.data?.pages.flatMap((page) => page.hits) ?? [])
  return (
    <section className="page">
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{say('search.title')}</Title>
        </div>
      </header>
      <div className="page-body">
        <form
          className="search-form"
          onSubmit={(event) => {
            event.preventDefault()
            void navigate({ to: '/search', search: typed.trim() === '' ? {} : { q: typed.trim() }, replace: q === '' })
          }}
        >
          <TextInput
            type="search"
            className="grow"
            label={say('search.what')}
            description={say('search.how')}
            value={typed}
            maxLength={500}
            autoFocus
            dir="auto"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit">{say('search.find')}</Button>
        </form>
        {found.error instanceof Refused && <ProblemNote problem={found.error.problem} />}
        {q !== '' && found.isPending && <Loader role="status" aria-label={say('page.loading')} />}
        {q !== '' && found.data && (
          <Text size="sm" c="dimmed" role="status">
            {hits.length === 0 ? say('search.none') : say('search.found', { count: hits.length })}
          </Text>
        )}
        <Hits hits={hits} />
        {q !== '' && found.hasNextPage && (
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {say('search.more')}
          </Button>
        )}
      </div>
    </section>
  )
}

type Hit = NonNullable<ReturnType<typeof useSearch>['data']>['pages'][number]['hits'][number]

function Hits({ hits }: { hits: readonly Hit[] }) {
  const { language, say } = useWords()
  const live = useLive()
  return (
    <ul className="hits">
      {hits.map((hit) => {
        const conversation = live.conversations.find(({ id }) => id === hit.conversation)
        return (
          <li key={`${hit.interaction} ${hit.message}`}>
            <Link
              to="/conversations/$conversation"
              params={{ conversation: hit.conversation }}
              search={{ message: hit.message }}
              className="hit"
            >
              <span className="row-top">
                <bdi className="row-title">
                  {[hit.by, conversation ? sayConversation(conversation, say) : null].filter(Boolean).join(' · ')}
                </bdi>
                <time className="row-time" dateTime={hit.at}>
                  {fullTime(hit.at, language)}
                </time>
              </span>
              <span className="hit-text" dir="auto">
                {hit.excerpt.map((part, at) =>
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which never move
                  part.hit ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
                )}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
