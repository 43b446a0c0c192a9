import { Alert, Button, Checkbox, Group, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core'
import type { ScriptAsk, ScriptFact, ScriptStep } from '@parley/protocol'
import { useEffect, useId, useState } from 'react'
import { exitsOf, leadTo } from '../exits.model.ts'
import { kindWords, sayExit, sayFact, sayProblem } from '../say-script.model.ts'
import { changeKind, nameFault, renameStep, stepKinds, variablesOf } from '../script-edit.model.ts'
import { StepMark } from '../step-mark.tsx'
import { AnswerFields } from './answer-fields.tsx'
import { CaseFields } from './case-fields.tsx'
import { DestinationFields } from './destination-fields.tsx'
import { DurationField } from './duration-field.tsx'
import type { FormContext } from './form-context.ts'
import { TextsField } from './texts-field.tsx'
import { WaySelect } from './way-select.tsx'

/** Everything about the chosen step. */
export function StepForm({ context, onDelete }: { context: FormContext; onDelete(step: string): void }) {
  const { editor, speaking } = context
  const { say } = speaking
  const { script, chosen } = editor
  const step = script.steps[chosen]
  if (!step) return null
  const problems = editor.problemsAt.get(chosen) ?? []
  const set = (changed: ScriptStep, about?: string) => editor.editStep(changed, about ?? null)
  const firstExit = exitsOf(step)[0]
  return (
    <Stack gap="md" className="step-form">
      <Group gap="xs" align="end" wrap="nowrap">
        <span className="step-form-mark" data-kind={step.kind}>
          <StepMark kind={step.kind} />
        </span>
        <Select
          className="grow"
          label={say('kind.title')}
          data={stepKinds.map((kind) => ({ value: kind, label: say(kindWords[kind].name) }))}
          value={step.kind}
          allowDeselect={false}
          onChange={(value) => {
            const kind = stepKinds.find((one) => one === value)
            if (kind) editor.edit(changeKind(script, chosen, kind))
          }}
        />
      </Group>
      {problems.length > 0 && (
        <Alert
          variant="light"
          color={problems.some(({ level }) => level === 'refused') ? 'red' : 'orange'}
          className="problem"
          role="status"
        >
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.because} ${problem.path} ${problem.what}`}>{sayProblem(problem, say)}</li>
            ))}
          </ul>
        </Alert>
      )}
      <StepFields context={context} step={step} onChange={set} />
      <Ways context={context} step={step} onChange={set} />
      <StepName key={chosen} context={context} />
      <Group justify="space-between">
        <Button
          variant="default"
          size="xs"
          disabled={!firstExit}
          onClick={() => firstExit && context.onAdd({ step: chosen, at: firstExit.at })}
        >
          {say('add.button')}…
        </Button>
        <Button variant="subtle" color="red.9" size="xs" className="remove" onClick={() => onDelete(chosen)}>
          {say('step.delete')}
        </Button>
      </Group>
    </Stack>
  )
}

interface Part<S extends ScriptStep = ScriptStep> {
  context: FormContext
  step: S
  onChange(step: ScriptStep, about?: string): void
}

function StepFields({ context, step, onChange }: Part) {
  const { editor, speaking } = context
  const { say } = speaking
  const about = (part: string) => `${part} ${editor.shown}`
  const variables = variablesOf(editor.script)
  const example = variables.find((name) => name !== editor.chosen)
  const hint = example ? say('text.insert', { example: `{${example}}` }) : undefined
  const missing = editor.problemsAt.get(editor.chosen)?.find((one) => one.path?.startsWith('text'))
  const error = missing && sayProblem(missing, say)
  switch (step.kind) {
    case 'say':
    case 'end':
    case 'hand-over':
      return (
        <>
          <TextsField
            context={context}
            label={say('text.title')}
            {...(hint ? { description: hint } : {})}
            texts={step.text}
            error={error}
            onChange={(text) => onChange(step.kind === 'say' ? { ...step, text } : withText(step, text), about('text'))}
          />
          {step.kind === 'hand-over' && (
            <DestinationFields context={context} to={step.to} onChange={(to) => onChange({ ...step, to })} />
          )}
        </>
      )
    case 'ask':
      return (
        <>
          <TextsField
            context={context}
            label={say('text.title')}
            {...(hint ? { description: hint } : {})}
            texts={step.text}
            error={error}
            onChange={(text) => onChange({ ...step, text }, about('text'))}
          />
          <AnswerFields context={context} step={step} onChange={onChange} />
        </>
      )
    case 'branch':
      return <CaseFields context={context} step={step} onChange={onChange} />
    case 'set':
      return (
        <>
          <TextInput
            label={say('variable.keep')}
            value={step.variable}
            maxLength={40}
            onChange={(event) => onChange({ ...step, variable: event.currentTarget.value.trim() }, 'variable')}
          />
          <TextInput
            label={say('variable.to')}
            {...(hint ? { description: hint } : {})}
            value={step.to}
            maxLength={200}
            dir="auto"
            onChange={(event) => onChange({ ...step, to: event.currentTarget.value }, 'to')}
          />
          <Fills
            context={context}
            fills={step.fills}
            own={step.variable}
            onChange={(fills) => onChange(withFills(step, fills))}
          />
        </>
      )
    case 'wait':
      return <DurationField label={say('wait.howLong')} ms={step.ms} onChange={(ms) => onChange({ ...step, ms })} />
  }
}

/** An empty text goes away: it is then left without a word. */
function withText<S extends { text?: Record<string, string> }>(step: S, text: Record<string, string>): S {
  const { text: _, ...rest } = step
  return (Object.values(text).some((one) => one !== '') ? { ...rest, text } : rest) as S
}

function withFills<S extends { fills?: ScriptFact[] }>(step: S, fills: ScriptFact[]): S {
  const { fills: _, ...rest } = step
  return (fills.length > 0 ? { ...rest, fills } : rest) as S
}

/** Where it goes on, and what else belongs to a question. */
function Ways({ context, step, onChange }: Part) {
  const { editor, speaking } = context
  const { say } = speaking
  if (step.kind === 'branch' || step.kind === 'end' || step.kind === 'hand-over') return null
  const next = exitsOf(step).find(({ at }) => at === 'next')
  const label = next?.label ? `${say('exit.goesOn')} (${sayExit(next.label, speaking)})` : say('exit.goesOn')
  return (
    <>
      {(next || step.kind !== 'ask') && (
        <WaySelect
          context={context}
          label={label}
          to={step.next}
          onChange={(to) => onChange(leadTo(step, 'next', to ?? ''))}
          onNew={() => context.onAdd({ step: editor.chosen, at: 'next' })}
        />
      )}
      {step.kind === 'ask' && <AskMore context={context} step={step} onChange={onChange} />}
    </>
  )
}

function AskMore({ context, step, onChange }: Part<ScriptAsk>) {
  const { editor, speaking } = context
  const { say } = speaking
  const { reminder, patienceMs } = step
  return (
    <>
      <WaySelect
        context={context}
        label={say('exit.unanswered')}
        to={step.otherwise}
        without={say('exit.next')}
        onNew={() => context.onAdd({ step: editor.chosen, at: 'otherwise' })}
        onChange={(to) => {
          const { otherwise: _, ...rest } = step
          onChange(to === undefined ? rest : { ...rest, otherwise: to })
        }}
      />
      <TextInput
        label={say('variable.keep')}
        description={say('variable.keepHow')}
        placeholder={editor.chosen}
        value={step.keep ?? ''}
        maxLength={40}
        onChange={(event) => {
          const { keep: _, ...rest } = step
          const keep = event.currentTarget.value.trim()
          onChange(keep === '' ? rest : { ...rest, keep }, 'keep')
        }}
      />
      <Fills
        context={context}
        fills={step.fills}
        own={step.keep ?? editor.chosen}
        onChange={(fills) => onChange(withFills(step, fills))}
      />
      {step.fills && step.fills.length > 0 && (
        <Checkbox
          label={say('variable.unlessKnown')}
          checked={step.unlessKnown ?? false}
          onChange={(event) => {
            const { unlessKnown: _, ...rest } = step
            onChange(event.currentTarget.checked ? { ...rest, unlessKnown: true } : rest)
          }}
        />
      )}
      <Switch
        label={say('wait.reminder')}
        checked={reminder !== undefined}
        onChange={(event) => {
          const { reminder: _, ...rest } = step
          const fresh = { afterMs: 60_000, text: { [editor.script.language]: '' } }
          onChange(event.currentTarget.checked ? { ...rest, reminder: fresh } : rest)
        }}
      />
      {reminder && (
        <div className="choice">
          <DurationField
            label={say('wait.reminderAfter')}
            ms={reminder.afterMs}
            onChange={(afterMs) => onChange({ ...step, reminder: { ...reminder, afterMs } })}
          />
          <TextsField
            context={context}
            label={say('kind.say')}
            texts={reminder.text}
            onChange={(text) => onChange({ ...step, reminder: { ...reminder, text } }, `reminder ${editor.shown}`)}
          />
        </div>
      )}
      <Switch
        label={say('wait.gaveUp')}
        description={patienceMs === undefined ? say('wait.never') : undefined}
        checked={patienceMs !== undefined}
        onChange={(event) => {
          const { patienceMs: _, ...rest } = step
          onChange(event.currentTarget.checked ? { ...rest, patienceMs: 300_000 } : rest)
        }}
      />
      {patienceMs !== undefined && (
        <DurationField
          label={say('wait.reminderAfter')}
          ms={patienceMs}
          onChange={(ms) => onChange({ ...step, patienceMs: ms })}
        />
      )}
    </>
  )
}

interface FillsProps {
  context: FormContext
  fills: ScriptFact[] | undefined
  own: string
  onChange(fills: ScriptFact[]): void
}

function Fills({ context, fills = [], own, onChange }: FillsProps) {
  const { say } = context.speaking
  const plain: ScriptFact[] = ['topic', 'product', 'language', 'region']
  const known = new Set<ScriptFact>([...plain, ...(own ? [`answer:${own}` as const] : []), ...fills])
  return (
    <MultiSelect
      label={say('fact.fills')}
      description={say('fact.fillsHow')}
      data={[...known].map((fact) => ({ value: fact, label: sayFact(fact, say) }))}
      value={fills}
      onChange={(values) => onChange([...known].filter((fact) => values.includes(fact)))}
    />
  )
}

function StepName({ context }: { context: FormContext }) {
  const { editor, speaking } = context
  const { say } = speaking
  const [name, setName] = useState(editor.chosen)
  const help = useId()
  useEffect(() => setName(editor.chosen), [editor.chosen])
  const fault = nameFault(editor.script, editor.chosen, name)
  return (
    <TextInput
      id={help}
      label={say('step.name')}
      value={name}
      maxLength={40}
      error={fault && say(fault === 'taken' ? 'step.nameTaken' : 'step.nameLetters')}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => {
        if (fault) setName(editor.chosen)
        else editor.apply(renameStep(editor.script, editor.chosen, name))
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}
