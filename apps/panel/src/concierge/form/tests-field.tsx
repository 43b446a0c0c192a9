import {
  Button,
  CloseButton,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core'
import type { ScriptTest } from '@parley/protocol'
import { languageNames } from '../../words/words.model.ts'
import { knownNames, sayVariable } from '../say-script.model.ts'
import { variablesOf } from '../script-edit.model.ts'
import type { ScriptWord } from '../words/load-script-words.ts'
import type { FormContext } from './form-context.ts'
import { asTest } from './tests.model.ts'

type Kind = ScriptTest['test']
const kinds: readonly { kind: Kind; word: ScriptWord }[] = [
  { kind: 'is', word: 'test.is' },
  { kind: 'one-of', word: 'test.oneOf' },
  { kind: 'contains', word: 'test.contains' },
  { kind: 'between', word: 'test.between' },
  { kind: 'known', word: 'test.isKnown' },
  { kind: 'topic', word: 'test.topic' },
  { kind: 'language', word: 'test.language' },
  { kind: 'wants-person', word: 'test.wantsPerson' },
]

interface Props {
  context: FormContext
  tests: readonly ScriptTest[]
  /** The second is what the change was about, for taking back. */
  onChange(tests: ScriptTest[], about?: string): void
}

/** Conditions that must all hold. */
export function TestsField({ context, tests, onChange }: Props) {
  const { say } = context.speaking
  return (
    <Stack gap="xs" role="group" aria-label={say('test.when')}>
      {tests.map((test, index) => (
        // Conditions have no names; their order is all there is.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Group key={index} className="test" gap="xs" align="end" wrap="nowrap">
          <Stack gap={6} className="grow">
            <OneTest
              context={context}
              test={test}
              onChange={(changed, about) =>
                onChange(
                  tests.map((one, n) => (n === index ? changed : one)),
                  about && `test ${index} ${about}`,
                )
              }
            />
          </Stack>
          {tests.length > 1 && (
            <CloseButton
              aria-label={say('test.remove')}
              onClick={() => onChange(tests.filter((_, n) => n !== index))}
            />
          )}
        </Group>
      ))}
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => onChange([...tests, { test: 'is', of: 'topic', value: '' }])}
        >
          {say('test.add')}
        </Button>
      </Group>
    </Stack>
  )
}

function OneTest({
  context,
  test,
  onChange,
}: {
  context: FormContext
  test: ScriptTest
  onChange(test: ScriptTest, about?: string): void
}) {
  const { editor, speaking, topics } = context
  const { say } = speaking
  const variables = [...knownNames, ...variablesOf(editor.script)]
  const ofs = 'of' in test && !variables.includes(test.of) && test.of ? [...variables, test.of] : variables
  return (
    <>
      {'of' in test && (
        <Select
          aria-label={say('test.of')}
          data={ofs.map((name) => ({ value: name, label: sayVariable(name, say) }))}
          value={test.of || null}
          onChange={(of) => of && onChange({ ...test, of })}
          allowDeselect={false}
        />
      )}
      <Select
        aria-label={say('test.kind')}
        data={kinds.map(({ kind, word }) => ({ value: kind, label: say(word) }))}
        value={test.test}
        onChange={(value) => {
          const kind = kinds.find((one) => one.kind === value)?.kind
          if (kind) onChange(asTest(test, kind))
        }}
        allowDeselect={false}
      />
      {test.test === 'is' && (
        <TextInput
          aria-label={say('test.value')}
          value={test.value}
          maxLength={200}
          dir="auto"
          onChange={(event) => onChange({ ...test, value: event.currentTarget.value }, 'value')}
        />
      )}
      {test.test === 'one-of' && (
        <TagsInput
          aria-label={say('test.value')}
          value={test.values}
          onChange={(values) => onChange({ ...test, values })}
        />
      )}
      {test.test === 'contains' && (
        <TagsInput
          aria-label={say('test.value')}
          value={test.words}
          onChange={(words) => onChange({ ...test, words })}
        />
      )}
      {test.test === 'between' && (
        <Group grow wrap="nowrap" gap="xs">
          {(['from', 'to'] as const).map((bound) => (
            <NumberInput
              key={bound}
              aria-label={say(bound === 'from' ? 'test.from' : 'test.to')}
              placeholder={say(bound === 'from' ? 'test.from' : 'test.to')}
              value={test[bound] ?? ''}
              onChange={(value) => {
                const { [bound]: _, ...rest } = test
                onChange(typeof value === 'number' ? { ...rest, [bound]: value } : rest, bound)
              }}
            />
          ))}
        </Group>
      )}
      {test.test === 'language' && (
        <MultiSelect
          aria-label={say('test.value')}
          data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
          value={test.oneOf}
          onChange={(oneOf) => onChange({ ...test, oneOf })}
        />
      )}
      {test.test === 'topic' && (
        <MultiSelect
          aria-label={say('test.value')}
          data={topics.map(({ id, name, siteName }) => ({ value: id, label: `${name} · ${siteName}` }))}
          value={test.oneOf}
          onChange={(oneOf) => onChange({ ...test, oneOf })}
        />
      )}
    </>
  )
}
