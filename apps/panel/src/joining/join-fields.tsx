import { Button, Chip, Group, MultiSelect, Stack, Switch, TagsInput, TextInput, Title } from '@mantine/core'
import type { JoinPageView, Problem } from '@parley/protocol'
import type { FormEvent } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { AddressInput } from '../settings/address-input.tsx'
import { looksLike } from '../settings/addresses.model.ts'
import { languageNames } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { countryNames, dayNames, type JoinForm } from './join-form.model.ts'

interface Props {
  form: JoinForm
  topics: JoinPageView['topics']
  media: JoinPageView['media']
  problem: Problem | null
  isBusy: boolean
  onChange(part: Partial<JoinForm>): void
  onSubmit(): void
}

export function JoinFields({ form, topics, media, problem, isBusy, onChange, onSubmit }: Props) {
  const { say, language } = useWords()
  const isWhole = form.name.trim() !== '' && form.alias.trim() !== '' && looksLike(form.medium, form.value)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (isWhole) onSubmit()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <AddressInput
          required
          media={media}
          medium={form.medium}
          value={form.value}
          onMedium={(medium) => onChange({ medium })}
          onValue={(value) => onChange({ value })}
        />
        <TextInput
          required
          autoComplete="name"
          label={say('profile.name')}
          description={say('profile.nameHow')}
          value={form.name}
          maxLength={100}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          required
          autoComplete="nickname"
          label={say('join.alias')}
          description={say('join.aliasHow')}
          value={form.alias}
          maxLength={40}
          onChange={(event) => onChange({ alias: event.currentTarget.value })}
        />
        <Title order={2} size="h3">
          {say('join.what')}
        </Title>
        {topics.length > 0 && (
          <Stack gap={6} component="fieldset" className="join-chips">
            <legend>{say('join.topics')}</legend>
            <Chip.Group multiple value={form.topics} onChange={(chosen) => onChange({ topics: chosen })}>
              <Group gap={6}>
                {topics.map((topic) => (
                  <Chip key={topic.id} value={topic.id}>
                    {topic.name}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Stack>
        )}
        <TagsInput
          label={say('admin.optional', { label: say('join.keywords') })}
          description={say('join.keywordsHow')}
          value={form.keywords}
          maxTags={100}
          acceptValueOnBlur
          onChange={(keywords) => onChange({ keywords })}
        />
        <MultiSelect
          label={say('join.languages')}
          description={say('join.any')}
          data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
          value={form.languages}
          onChange={(languages) => onChange({ languages })}
        />
        <MultiSelect
          searchable
          label={say('join.regions')}
          description={say('join.any')}
          data={countryNames(language)}
          value={form.regions}
          limit={300}
          onChange={(regions) => onChange({ regions })}
        />
        <Switch
          label={say('join.onlyHours')}
          checked={form.hasHours}
          onChange={(event) => onChange({ hasHours: event.currentTarget.checked })}
        />
        {form.hasHours && <Hours form={form} onChange={onChange} />}
        <ProblemNote problem={problem} />
        <Button type="submit" loading={isBusy} disabled={!isWhole}>
          {say('join.join')}
        </Button>
      </Stack>
    </form>
  )
}

function Hours({ form, onChange }: Pick<Props, 'form' | 'onChange'>) {
  const { say, language } = useWords()
  return (
    <Stack gap="xs">
      <Stack gap={6} component="fieldset" className="join-chips">
        <legend>{say('join.days')}</legend>
        <Chip.Group multiple value={form.days} onChange={(days) => onChange({ days })}>
          <Group gap={6}>
            {dayNames(language).map(({ value, label }) => (
              <Chip key={value} value={value} size="xs">
                {label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Stack>
      <Group grow>
        <TextInput
          type="time"
          label={say('join.from')}
          value={form.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={say('join.to')}
          value={form.to}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
      </Group>
    </Stack>
  )
}
