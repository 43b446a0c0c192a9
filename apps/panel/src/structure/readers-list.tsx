import { Anchor, Button, Loader, Text } from '@mantine/core'
import type { InteractionReader, Problem } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Refused } from '../api/ask.ts'
import { useCriteriaChoices } from '../criteria/criteria.queries.ts'
import { joinParts } from '../desk/join-parts.model.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { reasonsOf } from '../seeing/sees.model.ts'
import { useMe } from '../settings/me.queries.ts'
import { useWords } from '../words/words.tsx'
import { useDialogs } from './dialogs.tsx'
import { useReaders } from './readers.queries.ts'
import { usePerform } from './use-perform.ts'

/** Everybody who may read an interaction, with each right that makes it so, and a button that takes back what was given. */
export function ReadersList({ interaction, onLeave }: { interaction: string; onLeave: () => void }) {
  const { say } = useWords()
  const readers = useReaders(interaction)
  if (readers.error instanceof Refused && !readers.data) return <ProblemNote problem={readers.error.problem} />
  if (!readers.data) return <Loader role="status" aria-label={say('page.loading')} />
  if (readers.data.length === 0) return <Text c="dimmed">{say('readers.none')}</Text>
  return (
    <ul className="readers" aria-label={say('readers.title')}>
      {readers.data.map((reader, at) => (
        <ReaderRow
          key={reader.person ?? `${reader.alias} ${at}`}
          interaction={interaction}
          reader={reader}
          onLeave={onLeave}
        />
      ))}
    </ul>
  )
}

interface RowProps {
  interaction: string
  reader: InteractionReader
  /** They are looked at elsewhere. */
  onLeave: () => void
}

function ReaderRow({ interaction, reader, onLeave }: RowProps) {
  const { say, language } = useWords()
  const perform = usePerform()
  const open = useDialogs()
  const role = useMe().data?.role ?? 'responder'
  const teams = useCriteriaChoices().data?.teams ?? []
  const [problem, setProblem] = useState<Problem | null>(null)
  const { person, you, isHere, rights, mayTakeBack } = reader
  const alias = reader.alias || say('readers.somebody')
  const nameOfTeam = (id: string) => teams.find((one) => one.id === id)?.name ?? ''
  async function takeBack() {
    const answer = await perform('revoke', { interaction, person }, say('structure.takenBack'))
    setProblem(answer.ok ? null : answer.problem)
  }
  return (
    <li className="reader">
      <div className="reader-top">
        <span className="grow">
          <strong>
            <bdi>{alias}</bdi>
          </strong>{' '}
          <Text component="span" size="sm" c="dimmed">
            {joinParts([you && say('list.you'), !isHere && say('readers.outside')])}
          </Text>
        </span>
        {mayTakeBack && person && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={say('readers.takeBackFrom', { who: alias })}
            onClick={() => void takeBack()}
          >
            {say('readers.takeBack')}
          </Button>
        )}
      </div>
      <ul className="reader-rights">
        {rights.map((right, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rights may be alike in everything, and none moves
          <li key={at}>
            {joinParts([
              ...reasonsOf(right, nameOfTeam).map(({ word, values }) => say(word, values)),
              // A day and its hour stay on one line.
              fullTime(right.since, language).replaceAll(' ', '\u00a0'),
            ])}
          </li>
        ))}
      </ul>
      {role === 'administrator' && person && !you && (
        <div className="reader-more">
          <Anchor
            size="xs"
            renderRoot={(props) => (
              <Link
                to="/admin/$section/$"
                params={{ section: 'people', _splat: `${person}/sees` }}
                {...props}
                onClick={onLeave}
              />
            )}
          >
            {say('sees.ask')}
          </Anchor>
          <Button
            variant="subtle"
            size="compact-xs"
            px={0}
            color="gray"
            fw={400}
            onClick={() => open({ kind: 'erase-person', person, name: alias })}
          >
            {say('erasePerson.ask')}
          </Button>
        </div>
      )}
      <ProblemNote problem={problem} />
    </li>
  )
}
