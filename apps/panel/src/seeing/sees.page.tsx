import { Anchor, Button, Loader, Stack, Text } from '@mantine/core'
import type { SeesInteraction } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usePeople, useTeams } from '../admin/admin.queries.ts'
import { Loaded } from '../admin/loaded.tsx'
import { nameIn } from '../admin/names.model.ts'
import { callName } from '../admin/people.model.ts'
import { Refused } from '../api/ask.ts'
import { joinParts } from '../desk/join-parts.model.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { Section } from '../settings/section.tsx'
import { sayConversation, sayInteraction, sayTicket } from '../structure/say-thing.ts'
import { useWords } from '../words/words.tsx'
import { reasonsOf } from './sees.model.ts'
import { useSees, useSeesConversation, useSeesMessages } from './sees.queries.ts'

/** For administrators: everything that somebody may read, as they see it, and why. */
export function SeesPage({ person, conversation }: { person: string; conversation: string | null }) {
  const { say } = useWords()
  const found = usePeople().data?.find(({ id }) => id === person)
  const name = found ? callName(found) : ''
  return (
    <Stack gap="lg">
      <Anchor
        renderRoot={(props) => (
          <Link
            to="/admin/$section/$"
            params={{ section: 'people', _splat: conversation ? `${person}/sees` : person }}
            {...props}
          />
        )}
      >
        <span className="arrow" aria-hidden="true">
          ←
        </span>{' '}
        {conversation ? say('sees.title', { name }) : name}
      </Anchor>
      {conversation ? (
        <OneConversation person={person} conversation={conversation} />
      ) : (
        <AllConversations person={person} name={name} />
      )}
    </Stack>
  )
}

function AllConversations({ person, name }: { person: string; name: string }) {
  const { say, language } = useWords()
  const sees = useSees(person)
  const all = sees.data?.pages.flatMap(({ conversations }) => conversations) ?? []
  return (
    <Section title={say('sees.title', { name })} how={say('sees.how', { name })}>
      {sees.error instanceof Refused && <ProblemNote problem={sees.error.problem} />}
      {sees.isPending && <Loader role="status" aria-label={say('page.loading')} />}
      {sees.data && all.length === 0 && <Text c="dimmed">{say('sees.none', { name })}</Text>}
      <ul className="admin-list">
        {all.map((one) => (
          <li key={one.id} className="admin-row">
            <div className="grow">
              <Anchor
                renderRoot={(props) => (
                  <Link
                    to="/admin/$section/$"
                    params={{ section: 'people', _splat: `${person}/sees/${one.id}` }}
                    {...props}
                  />
                )}
              >
                <bdi>{sayConversation(one, say)}</bdi>
              </Anchor>
              <Text size="sm" c="dimmed">
                {joinParts([
                  one.topic,
                  fullTime(one.createdAt, language),
                  one.state === 'closed' && say('conversation.closed'),
                ])}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      {sees.hasNextPage && (
        <Button variant="default" loading={sees.isFetchingNextPage} onClick={() => void sees.fetchNextPage()}>
          {say('search.more')}
        </Button>
      )}
    </Section>
  )
}

function OneConversation({ person, conversation }: { person: string; conversation: string }) {
  const { say } = useWords()
  const sees = useSeesConversation(person, conversation)
  return (
    <Loaded query={sees}>
      {(found) => (
        <Section title={sayConversation(found.conversation, say)} how={say('sees.recorded')}>
          <ul className="sees">
            {found.tickets.map(({ id, interactions }, at) => (
              <li key={id}>
                <h3 className="tree-head">
                  <bdi>{sayTicket(found.conversation.tickets?.find((one) => one.id === id) ?? null, at + 1, say)}</bdi>
                </h3>
                <Interactions person={person} conversation={conversation} interactions={interactions} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Loaded>
  )
}

interface Inside {
  person: string
  conversation: string
}

function Interactions({ interactions, ...ids }: Inside & { interactions: readonly SeesInteraction[] }) {
  return (
    <ul className="sees-inside">
      {interactions.map((one) => (
        <li key={one.interaction.id}>
          <Seen {...ids} seen={one} />
          {one.backchannels.length > 0 && <Interactions {...ids} interactions={one.backchannels} />}
        </li>
      ))}
    </ul>
  )
}

function Seen({ person, conversation, seen }: Inside & { seen: SeesInteraction }) {
  const { say, language } = useWords()
  const [isOpen, setOpen] = useState(false)
  const teams = useTeams().data ?? []
  const nameOfTeam = (id: string) => nameIn(teams.find((one) => one.id === id)?.names ?? {}, language)
  const words = useSeesMessages(person, conversation, seen.interaction.id, isOpen)
  const name = sayInteraction(seen.interaction, say)
  const messages = [...(words.data?.pages ?? [])].reverse().flatMap((page) => page.messages)
  const aliases = new Map(seen.interaction.participants.map(({ id, alias }) => [id, alias]))
  return (
    <div className="sees-one" data-inside={seen.interaction.kind === 'backchannel'}>
      <Text fw={600}>
        <bdi>{name}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        {say('sees.count', { count: seen.messages })}
      </Text>
      <ul className="sees-rights">
        {seen.rights.map((right) => (
          <li key={`${right.basis} ${right.from} ${right.since}`}>
            {joinParts([
              ...reasonsOf(right, nameOfTeam).map(({ word, values }) => say(word, values)),
              fullTime(right.since, language),
            ])}
          </li>
        ))}
      </ul>
      <Button
        size="compact-sm"
        variant="default"
        aria-expanded={isOpen}
        aria-label={`${say('sees.words')}: ${name}`}
        onClick={() => setOpen(!isOpen)}
      >
        {say('sees.words')}
      </Button>
      {isOpen && words.error instanceof Refused && <ProblemNote problem={words.error.problem} />}
      {isOpen && (
        <ol className="sees-words">
          {words.hasNextPage && (
            <li>
              <Button size="compact-sm" variant="subtle" onClick={() => void words.fetchNextPage()}>
                {say('structure.earlier')}
              </Button>
            </li>
          )}
          {messages.map((one) => (
            <li key={one.id}>
              <Text span size="xs" c="dimmed">
                {joinParts([one.from === null ? null : aliases.get(one.from), fullTime(one.at, language)])}
              </Text>
              <p className="bubble-text" dir="auto">
                {one.erased ? say('structure.erased') : one.text}
              </p>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
