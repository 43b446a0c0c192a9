import { Button, CloseButton, Group, MultiSelect, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import type { ScriptChosenBy, ScriptRule } from '@parley/protocol'
import { useState } from 'react'
import { bySite } from '../../settings/topics.model.ts'
import { languageNames } from '../../words/words.model.ts'
import { sayProblem, short, titleOf } from '../say-script.model.ts'
import { DestinationFields } from './destination-fields.tsx'
import type { FormContext } from './form-context.ts'
import { TestsField } from './tests-field.tsx'
import { TextsField } from './texts-field.tsx'

/** What belongs to the script as a whole: its name, where it is used, how it begins, and its rules. */
export function ScriptForm({ context }: { context: FormContext }) {
  const { editor, speaking, topics } = context
  const { say } = speaking
  const { draft, script } = editor
  const chosenBy = draft.chosenBy
  function setChosenBy(part: keyof ScriptChosenBy, values: string[]) {
    const { [part]: _, ...rest } = chosenBy
    editor.put({ ...draft, chosenBy: values.length > 0 ? { ...rest, [part]: values } : rest }, `chosen-by ${part}`)
  }
  const sites = bySite(topics).map(({ site, name }) => ({ value: site, label: name }))
  return (
    <Stack gap="md">
      <TextInput
        label={say('script.name')}
        value={draft.name}
        maxLength={100}
        dir="auto"
        onChange={(event) => editor.put({ ...draft, name: event.currentTarget.value }, 'name')}
      />
      <Select
        label={say('script.begins')}
        data={[
          { value: 'with-first-words', label: say('script.beginsWithWords') },
          { value: 'at-entry', label: say('script.beginsAtEntry') },
        ]}
        value={script.begins}
        allowDeselect={false}
        onChange={(value) => editor.edit({ ...script, begins: value === 'at-entry' ? value : 'with-first-words' })}
      />
      <Select
        label={say('script.start')}
        data={Object.entries(script.steps).map(([id, step]) => ({
          value: id,
          label: `${id} · ${short(titleOf(step, speaking))}`,
        }))}
        value={script.start}
        allowDeselect={false}
        onChange={(start) => start && editor.edit({ ...script, start })}
      />
      <TextInput
        label={say('script.alias')}
        description={say('script.aliasHow')}
        value={script.alias ?? ''}
        maxLength={60}
        dir="auto"
        onChange={(event) => {
          const { alias: _, ...rest } = script
          const alias = event.currentTarget.value
          editor.edit(alias === '' ? rest : { ...rest, alias }, 'alias')
        }}
      />
      <Select
        label={say('script.language')}
        description={say('script.languageHow')}
        data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
        value={script.language}
        allowDeselect={false}
        onChange={(language) => language && editor.edit({ ...script, language })}
      />
      <Title order={3}>{say('script.where')}</Title>
      <MultiSelect
        label={say('script.sites')}
        data={sites}
        value={chosenBy.sites ?? []}
        placeholder={chosenBy.sites?.length ? '' : say('list.everywhere')}
        onChange={(values) => setChosenBy('sites', values)}
      />
      <MultiSelect
        label={say('script.topics')}
        data={topics.map(({ id, name, siteName }) => ({ value: id, label: `${name} · ${siteName}` }))}
        value={chosenBy.topics ?? []}
        onChange={(values) => setChosenBy('topics', values)}
      />
      <Lines
        label={say('script.urls')}
        how={say('script.urlsHow')}
        values={chosenBy.urls ?? []}
        onChange={(values) => setChosenBy('urls', values)}
      />
      <Lines
        label={say('script.links')}
        how={say('script.linksHow')}
        values={chosenBy.links ?? []}
        onChange={(values) => setChosenBy('links', values)}
      />
      <Rules context={context} />
    </Stack>
  )
}

interface LinesProps {
  label: string
  how: string
  values: readonly string[]
  onChange(values: string[]): void
}

/** One value a line; a line that is still being written stays as it is. */
function Lines({ label, how, values, onChange }: LinesProps) {
  const [text, setText] = useState(values.join('\n'))
  const read = (written: string) => written.split('\n').flatMap((line) => line.trim() || [])
  const isOurs = read(text).join('\n') === values.join('\n')
  return (
    <Textarea
      label={label}
      description={how}
      value={isOurs ? text : values.join('\n')}
      autosize
      minRows={1}
      maxRows={6}
      dir="ltr"
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(read(event.currentTarget.value))
      }}
    />
  )
}

function Rules({ context }: { context: FormContext }) {
  const { editor, speaking } = context
  const { say } = speaking
  const { script } = editor
  const rules = script.rules ?? []
  function set(changed: ScriptRule[], about?: string) {
    const { rules: _, ...rest } = script
    editor.edit(changed.length > 0 ? { ...rest, rules: changed } : rest, about ?? null)
  }
  return (
    <>
      <Title order={3}>{say('rule.title')}</Title>
      <Text size="sm" c="dimmed">
        {say('rule.how')}
      </Text>
      {rules.map((rule, index) => {
        const change = (one: ScriptRule, about?: string) =>
          set(
            rules.map((before, n) => (n === index ? one : before)),
            about && `rule ${index} ${about}`,
          )
        const wrong = editor.problems.filter((problem) => problem.rule === index)
        return (
          // Rules have no names; their order is all there is.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <fieldset key={index} className="choice" aria-label={say('rule.one', { number: index + 1 })}>
            <Group justify="space-between">
              <strong>{say('rule.one', { number: index + 1 })}</strong>
              <CloseButton
                aria-label={say('rule.remove', { number: index + 1 })}
                onClick={() => set(rules.filter((_, n) => n !== index))}
              />
            </Group>
            {wrong.map((problem) => (
              <Text key={`${problem.because} ${problem.path}`} size="sm" className="bad">
                {sayProblem(problem, say)}
              </Text>
            ))}
            <TestsField
              context={context}
              tests={rule.when}
              onChange={(when, about) => change({ ...rule, when }, about)}
            />
            <TextsField
              context={context}
              label={say('kind.say')}
              texts={rule.text}
              onChange={(text) => {
                const { text: _, ...rest } = rule
                const isEmpty = Object.values(text).every((one) => one === '')
                change(isEmpty ? rest : { ...rest, text }, `text ${editor.shown}`)
              }}
            />
            <DestinationFields context={context} to={rule.to} onChange={(to) => change({ ...rule, to })} />
          </fieldset>
        )
      })}
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={rules.length >= 50}
          onClick={() => set([...rules, { when: [{ test: 'contains', of: 'said', words: [] }], to: {} }])}
        >
          {say('rule.add')}
        </Button>
      </Group>
    </>
  )
}
