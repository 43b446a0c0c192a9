import { Button, CloseButton, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import type { ScriptAnswer, ScriptAsk, ScriptChoice, TypedMedium } from '@parley/protocol'
import { mediumWays } from '../../settings/address-input.tsx'
import { useMedia } from '../../settings/me.queries.ts'
import { useSay } from '../../words/words.tsx'
import { answerWords, sayProblem } from '../say-script.model.ts'
import { newAnswer, newChoice } from './answer.model.ts'
import { type FormContext, problemAt } from './form-context.ts'
import { TextsField } from './texts-field.tsx'
import { WaySelect } from './way-select.tsx'

interface Props {
  context: FormContext
  step: ScriptAsk
  onChange(step: ScriptAsk, about?: string): void
}

export function AnswerFields({ context, step, onChange }: Props) {
  const { editor, speaking } = context
  const { say } = speaking
  const { answer } = step
  const set = (changed: ScriptAnswer, about?: string) => onChange({ ...step, answer: changed }, about)
  const newAt = (at: string) => () => context.onAdd({ step: editor.chosen, at })
  const problems = editor.problemsAt.get(editor.chosen)
  return (
    <>
      <Select
        label={say('answer.title')}
        data={Object.entries(answerWords).map(([value, word]) => ({ value, label: say(word) }))}
        value={answer.kind}
        allowDeselect={false}
        onChange={(kind) => kind && set(newAnswer(kind, editor.script.language))}
      />
      {answer.kind === 'choice' && (
        <Stack gap="sm" className="choices">
          {answer.choices.map((choice, index) => (
            <OneChoice
              // Choices are known by their order; the value is being written.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={index}
              context={context}
              choice={choice}
              number={index + 1}
              isTopic={step.fills?.includes('topic') ?? false}
              error={problemText(index)}
              onNew={newAt(`choice.${index}`)}
              onChange={(changed, about) =>
                set(
                  { ...answer, choices: answer.choices.map((one, n) => (n === index ? changed : one)) },
                  about && `choice ${index} ${about}`,
                )
              }
              {...(answer.choices.length > 1
                ? { onRemove: () => set({ ...answer, choices: answer.choices.filter((_, n) => n !== index) }) }
                : {})}
            />
          ))}
          <Group>
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={answer.choices.length >= 20}
              onClick={() =>
                set({ ...answer, choices: [...answer.choices, newChoice(answer.choices, editor.script.language)] })
              }
            >
              {say('choice.add')}
            </Button>
          </Group>
        </Stack>
      )}
      {answer.kind === 'yes-no' &&
        (['yes', 'no'] as const).map((which) => (
          <WaySelect
            key={which}
            context={context}
            label={say('exit.whenAnswer', { answer: say(which === 'yes' ? 'exit.yes' : 'exit.no') })}
            to={answer[which]}
            without={say('exit.next')}
            onNew={newAt(which)}
            onChange={(to) => {
              const { [which]: _, ...rest } = answer
              set(to === undefined ? rest : { ...rest, [which]: to })
            }}
          />
        ))}
      {answer.kind === 'number' && (
        <Group grow gap="xs">
          {(['from', 'to'] as const).map((bound) => (
            <NumberInput
              key={bound}
              label={say(bound === 'from' ? 'test.from' : 'test.to')}
              value={answer[bound] ?? ''}
              onChange={(value) => {
                const { [bound]: _, ...rest } = answer
                set(typeof value === 'number' ? { ...rest, [bound]: value } : rest, bound)
              }}
            />
          ))}
        </Group>
      )}
      {answer.kind === 'contact' && (
        <ContactMedium medium={answer.medium} onChange={(medium) => set({ ...answer, medium })} />
      )}
      {answer.kind === 'contact' && (
        <TextsField
          context={context}
          label={say('contact.consent')}
          texts={answer.consent}
          onChange={(consent) => set({ ...answer, consent }, `consent ${editor.shown}`)}
        />
      )}
    </>
  )

  function problemText(index: number): string | undefined {
    const found = problemAt(problems, `answer.choices.${index}`)
    return found && sayProblem(found, say)
  }
}

/** The media that the account has; one that it had before stays to be seen. */
function ContactMedium({ medium, onChange }: { medium: TypedMedium; onChange(medium: TypedMedium): void }) {
  const say = useSay()
  const had = useMedia().data?.media ?? []
  const media = had.includes(medium) ? had : [medium, ...had]
  if (media.length < 2) return null
  return (
    <Select
      label={say('addresses.medium')}
      data={media.map((value) => ({ value, label: say(mediumWays[value]) }))}
      value={medium}
      allowDeselect={false}
      onChange={(value) => onChange(media.find((one) => one === value) ?? medium)}
    />
  )
}

interface ChoiceProps {
  context: FormContext
  choice: ScriptChoice
  number: number
  /** Its value is a topic of the account. */
  isTopic: boolean
  error: string | undefined
  onChange(choice: ScriptChoice, about?: string): void
  onRemove?(): void
  onNew(): void
}

function OneChoice({ context, choice, number, isTopic, error, onChange, onRemove, onNew }: ChoiceProps) {
  const { say } = context.speaking
  return (
    <fieldset className="choice" aria-label={say('choice.label', { number })}>
      <Group align="end" gap="xs" wrap="nowrap">
        <div className="grow">
          <TextsField
            context={context}
            label={say('choice.label', { number })}
            texts={choice.label}
            isLine
            maxLength={200}
            error={error}
            onChange={(label) => onChange({ ...choice, label }, `label ${context.editor.shown}`)}
          />
        </div>
        {onRemove && <CloseButton size="lg" aria-label={say('choice.remove', { number })} onClick={onRemove} />}
      </Group>
      <Group grow gap="xs" align="start">
        {isTopic ? (
          <Select
            label={say('choice.value')}
            data={context.topics.map(({ id, name, siteName }) => ({ value: id, label: `${name} · ${siteName}` }))}
            value={context.topics.some(({ id }) => id === choice.value) ? choice.value : null}
            allowDeselect={false}
            onChange={(value) => value && onChange({ ...choice, value })}
          />
        ) : (
          <TextInput
            label={say('choice.value')}
            value={choice.value}
            maxLength={200}
            dir="auto"
            onChange={(event) => onChange({ ...choice, value: event.currentTarget.value }, 'value')}
          />
        )}
        <WaySelect
          context={context}
          label={say('exit.goesOn')}
          to={choice.next}
          without={say('exit.next')}
          onNew={onNew}
          onChange={(to) => {
            const { next: _, ...rest } = choice
            onChange(to === undefined ? rest : { ...rest, next: to })
          }}
        />
      </Group>
    </fieldset>
  )
}
