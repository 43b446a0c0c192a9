import { Button, CloseButton, Group, Text, TextInput } from '@mantine/core'
import type { CriteriaView } from '@parley/protocol'
import { useState } from 'react'
import { useWords } from '../words/words.tsx'
import { useSayCriteria } from './criteria-words.tsx'

type Away = NonNullable<CriteriaView['away']>

/** Spans of absence. They are instants: written by the clock of this device, whatever time zone the hours are in. */
export function Absences({
  away,
  error,
  onChange,
}: {
  away: Away
  error: string | undefined
  onChange(away: Away): void
}) {
  const say = useSayCriteria()
  const { language } = useWords()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const isWrong = from !== '' && to !== '' && from >= to
  const write = (at: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
  function add() {
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
    onChange([...away, span].sort((a, b) => (a.from < b.from ? -1 : 1)))
    setFrom('')
    setTo('')
  }
  return (
    <fieldset className="criteria-part">
      <legend>{say('away')}</legend>
      <Text size="sm" c="dimmed">
        {say('away.how')}
      </Text>
      {away.length > 0 && (
        <ul>
          {away.map((span) => (
            <li key={`${span.from} ${span.to}`}>
              <span>{say('away.span', { from: write(span.from), to: write(span.to) })}</span>
              <CloseButton
                size="sm"
                aria-label={say('away.remove', { from: write(span.from) })}
                onClick={() => onChange(away.filter((one) => one !== span))}
              />
            </li>
          ))}
        </ul>
      )}
      <Group align="end" gap="xs">
        <TextInput
          type="datetime-local"
          label={say('from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={say('to')}
          value={to}
          error={isWrong ? say('away.wrong') : error}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button variant="default" disabled={from === '' || to === '' || isWrong} onClick={add}>
          {say('away.add')}
        </Button>
      </Group>
    </fieldset>
  )
}
