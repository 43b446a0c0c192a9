import { Button, CloseButton, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { CriteriaChoices } from '@parley/protocol'
import { useState } from 'react'
import { useWords } from '../words/words.tsx'
import { AboutSelect } from './condition-row.tsx'
import { useSayCriteria } from './criteria-words.tsx'
import { isNamed, kindOf, nameOf } from './draft.model.ts'
import { sayAbout } from './say-about.model.ts'
import type { Tried } from './tried.model.ts'
import { ValuesInput } from './values-input.tsx'

/** A question to be tried: what is known of it, and nothing else. */
export function TriedForm({
  tried,
  choices,
  onChange,
}: {
  tried: Tried
  choices: CriteriaChoices | undefined
  onChange(tried: Tried): void
}) {
  const say = useSayCriteria()
  const { language } = useWords()
  const [adding, setAdding] = useState('site')
  const setFact = (index: number, about: string, values: readonly string[]) =>
    onChange({ ...tried, facts: tried.facts.map((fact, at) => (at === index ? { about, values } : fact)) })
  const isFree = (about: string) =>
    about !== 'words' && (about.endsWith(':') || !tried.facts.some((fact) => fact.about === about))
  return (
    <Stack gap="sm">
      <Textarea
        label={say('preview.text')}
        value={tried.text}
        maxLength={4_000}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => onChange({ ...tried, text: event.currentTarget.value })}
      />
      {tried.facts.map(({ about, values }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fact has no other name while its own is being written
        <div key={index} className="tried-fact">
          <div className="grow">
            {isNamed(about) && !choices?.fields.some(({ name }) => `field:${name}` === about) && (
              <TextInput
                label={say('name')}
                value={nameOf(about)}
                maxLength={100}
                onChange={(event) => setFact(index, `${kindOf(about)}:${event.currentTarget.value}`, values)}
              />
            )}
            <ValuesInput
              about={about}
              values={values}
              choices={choices}
              label={sayAbout(about, say, choices)}
              onChange={(next) => setFact(index, about, next)}
            />
          </div>
          <CloseButton
            aria-label={say('preview.removeFact', { about: sayAbout(about, say, choices) })}
            onClick={() => onChange({ ...tried, facts: tried.facts.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Group align="end" gap="xs">
        <AboutSelect label={say('preview.fact')} about={adding} choices={choices} only={isFree} onChange={setAdding} />
        <Button
          variant="default"
          disabled={!isFree(adding)}
          onClick={() => onChange({ ...tried, facts: [...tried.facts, { about: adding, values: [] }] })}
        >
          {say('preview.addFact')}
        </Button>
      </Group>
      {choices && choices.teams.length > 0 && (
        <Select
          label={say('preview.team')}
          data={choices.teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={tried.team}
          onChange={(team) => onChange({ ...tried, team })}
          clearable
        />
      )}
      <TextInput
        type="datetime-local"
        lang={language}
        label={say('preview.at')}
        description={say('preview.now')}
        value={tried.at}
        onChange={(event) => onChange({ ...tried, at: event.currentTarget.value })}
      />
    </Stack>
  )
}
