import { Button, Checkbox, CloseButton, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../words/words.tsx'
import { useSayCriteria } from './criteria-words.tsx'

/** Whole days without questions: `2026-12-25`, or `12-25` for every year. */
export function Holidays({
  holidays,
  error,
  onChange,
}: {
  holidays: readonly string[]
  error: string | undefined
  onChange(holidays: readonly string[]): void
}) {
  const say = useSayCriteria()
  const { language } = useWords()
  const [date, setDate] = useState('')
  const [isYearly, setYearly] = useState(false)
  function add() {
    const day = isYearly ? date.slice(5) : date
    if (day !== '' && !holidays.includes(day)) onChange([...holidays, day].sort())
    setDate('')
  }
  return (
    <fieldset className="criteria-part">
      <legend>{say('holidays')}</legend>
      <Text size="sm" c="dimmed">
        {say('holidays.how')}
      </Text>
      {holidays.length > 0 && (
        <ul>
          {holidays.map((day) => (
            <li key={day}>
              <span>{nameHoliday(day, language, (name) => say('holidays.everyYear', { day: name }))}</span>
              <CloseButton
                size="sm"
                aria-label={say('holidays.remove', { day: nameHoliday(day, language, (name) => name) })}
                onClick={() => onChange(holidays.filter((one) => one !== day))}
              />
            </li>
          ))}
        </ul>
      )}
      <Group align="end" gap="xs">
        <TextInput
          type="date"
          label={say('holidays.day')}
          value={date}
          error={error}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <Checkbox
          className="criteria-beside"
          label={say('holidays.yearly')}
          checked={isYearly}
          onChange={(event) => setYearly(event.currentTarget.checked)}
        />
        <Button variant="default" disabled={date === ''} onClick={add}>
          {say('holidays.add')}
        </Button>
      </Group>
    </fieldset>
  )
}

function nameHoliday(day: string, language: string, yearly: (name: string) => string): string {
  const isYearly = day.length === 5
  // 2028 has a 29 February.
  const at = Date.parse(`${isYearly ? `2028-${day}` : day}T00:00Z`)
  if (Number.isNaN(at)) return day
  const parts = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  const name = new Intl.DateTimeFormat(language, isYearly ? parts : { ...parts, year: 'numeric' }).format(at)
  return isYearly ? yearly(name) : name
}
