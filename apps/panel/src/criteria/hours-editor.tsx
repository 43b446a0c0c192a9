import { Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import type { HoursView, ProblemAt } from '@parley/protocol'
import { useMemo, useState } from 'react'
import { useWords } from '../words/words.tsx'
import { useSayCriteria } from './criteria-words.tsx'
import { Holidays } from './holidays.tsx'
import { days, readSpans, spansOf, usualWeek, type Week, withDay, writeSpans } from './week.model.ts'
import { nameDays, WeekGrid } from './week-grid.tsx'

/** At which hours somebody may be asked: at any, or a week of their own clock, without holidays. */
export function HoursEditor({
  hours,
  problems,
  onChange,
}: {
  hours: HoursView | null
  problems: readonly ProblemAt[]
  onChange(hours: HoursView | null): void
}) {
  const say = useSayCriteria()
  // What was set, while "at any time" is tried out.
  const [kept, setKept] = useState(hours)
  function choose(value: string) {
    if (value === 'always') setKept(hours)
    onChange(value === 'always' ? null : (kept ?? { timeZone: browserZone(), week: usualWeek }))
  }
  return (
    <Stack>
      <Radio.Group label={say('hours')} value={hours ? 'set' : 'always'} onChange={choose}>
        <Stack gap="xs" mt="xs">
          <Radio value="always" label={say('hours.always')} />
          <Radio value="set" label={say('hours.set')} />
        </Stack>
      </Radio.Group>
      {hours && <WeekEditor hours={hours} problems={problems} onChange={onChange} />}
    </Stack>
  )
}

function WeekEditor({
  hours,
  problems,
  onChange,
}: {
  hours: HoursView
  problems: readonly ProblemAt[]
  onChange(hours: HoursView): void
}) {
  const say = useSayCriteria()
  const { language } = useWords()
  const names = useMemo(() => nameDays(language, 'long'), [language])
  const data = useMemo(() => zones(hours.timeZone), [hours.timeZone])
  const at = (part: string) => problems.find(({ path }) => path[1] === part)?.text
  const setWeek = (week: Week) => onChange({ ...hours, week })
  return (
    <>
      <Select
        label={say('hours.zone')}
        data={data}
        value={hours.timeZone}
        onChange={(timeZone) => timeZone && onChange({ ...hours, timeZone })}
        error={at('timeZone')}
        searchable
        allowDeselect={false}
        limit={100}
      />
      <Text size="sm" c="dimmed">
        {say('hours.weekHow')}
      </Text>
      <WeekGrid week={hours.week} onChange={setWeek} />
      {at('week') && (
        <Text size="sm" c="var(--desk-bad)" role="alert">
          {at('week')}
        </Text>
      )}
      <fieldset className="week-exact">
        <legend>{say('hours.exact')}</legend>
        {days.map((day) => (
          <ExactDay
            key={`${day} ${writeSpans(spansOf(hours.week, day))}`}
            name={names[day - 1] ?? ''}
            week={hours.week}
            day={day}
            onChange={setWeek}
          />
        ))}
      </fieldset>
      <Holidays
        holidays={hours.holidays ?? []}
        error={at('holidays')}
        onChange={(holidays) => {
          const { timeZone, week } = hours
          onChange({ timeZone, week, ...(holidays.length > 0 ? { holidays } : {}) })
        }}
      />
    </>
  )
}

/** To the minute; what is being written is taken when it is left. */
function ExactDay({
  name,
  week,
  day,
  onChange,
}: {
  name: string
  week: Week
  day: number
  onChange(week: Week): void
}) {
  const say = useSayCriteria()
  const saved = writeSpans(spansOf(week, day))
  const [text, setText] = useState(saved)
  const spans = readSpans(text)
  function take() {
    if (spans && writeSpans(spans) !== saved) onChange(withDay(week, day, spans))
  }
  return (
    <TextInput
      size="xs"
      label={name}
      placeholder={say('hours.exactHow')}
      dir="ltr"
      value={text}
      maxLength={200}
      error={spans ? null : say('hours.wrong')}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
}

function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function zones(current: string): string[] {
  const all = Intl.supportedValuesOf('timeZone')
  return [...new Set([current, browserZone(), 'UTC', ...all])]
}
