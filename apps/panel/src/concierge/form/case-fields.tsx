import { Button, CloseButton, Group, Stack } from '@mantine/core'
import type { ScriptStep } from '@parley/protocol'
import type { FormContext } from './form-context.ts'
import { TestsField } from './tests-field.tsx'
import { WaySelect } from './way-select.tsx'

type Branch = Extract<ScriptStep, { kind: 'branch' }>

interface Props {
  context: FormContext
  step: Branch
  onChange(step: Branch, about?: string): void
}

/** The cases of a branch, looked at from the top, each with the way on. */
export function CaseFields({ context, step, onChange }: Props) {
  const { editor, speaking } = context
  const { say } = speaking
  const { chosen } = editor
  const set = (index: number, one: Branch['cases'][number], about?: string) =>
    onChange(
      { ...step, cases: step.cases.map((before, n) => (n === index ? one : before)) },
      about && `case ${index} ${about}`,
    )
  return (
    <Stack gap="sm">
      {step.cases.map((one, index) => (
        // Cases have no names; their order is all there is.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <fieldset key={index} className="choice" aria-label={say('test.case', { number: index + 1 })}>
          <Group justify="space-between">
            <strong>{say('test.case', { number: index + 1 })}</strong>
            {step.cases.length > 1 && (
              <CloseButton
                aria-label={say('test.caseRemove', { number: index + 1 })}
                onClick={() => onChange({ ...step, cases: step.cases.filter((_, n) => n !== index) })}
              />
            )}
          </Group>
          <TestsField
            context={context}
            tests={one.when}
            onChange={(when, about) => set(index, { ...one, when }, about)}
          />
          <WaySelect
            context={context}
            label={say('exit.goesOn')}
            to={one.next}
            onNew={() => context.onAdd({ step: chosen, at: `case.${index}` })}
            onChange={(to) => set(index, { ...one, next: to ?? '' })}
          />
        </fieldset>
      ))}
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={step.cases.length >= 20}
          onClick={() =>
            onChange({ ...step, cases: [...step.cases, { when: [{ test: 'is', of: 'topic', value: '' }], next: '' }] })
          }
        >
          {say('test.caseAdd')}
        </Button>
      </Group>
      <WaySelect
        context={context}
        label={`${say('exit.otherwise')}: ${say('exit.goesOn')}`}
        to={step.otherwise}
        onNew={() => context.onAdd({ step: chosen, at: 'otherwise' })}
        onChange={(to) => onChange({ ...step, otherwise: to ?? '' })}
      />
    </Stack>
  )
}
