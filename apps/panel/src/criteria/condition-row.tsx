import { CloseButton, Group, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import type { ConditionView, CriteriaChoices } from '@parley/protocol'
import { useSayCriteria } from './criteria-words.tsx'
import { changeAbout, isNamed, kindOf, nameOf } from './draft.model.ts'
import { namedKinds, plainAbouts, sayAbout } from './say-about.model.ts'
import { ValuesInput } from './values-input.tsx'

/** One wish: what it is about, and which values or numbers. */
export function ConditionRow({
  condition,
  number,
  choices,
  error,
  onChange,
  onRemove,
}: {
  condition: ConditionView
  /** Counted from 1, as people do. */
  number: number
  choices: CriteriaChoices | undefined
  error: string | undefined
  onChange(condition: ConditionView): void
  onRemove(): void
}) {
  const say = useSayCriteria()
  const { about } = condition
  return (
    <fieldset className="criteria-row" aria-label={say('line', { n: number })}>
      <Group wrap="nowrap" align="end" gap="xs">
        <AboutSelect about={about} choices={choices} onChange={(next) => onChange(changeAbout(condition, next))} />
        <CloseButton className="criteria-remove" aria-label={say('remove', { n: number })} onClick={onRemove} />
      </Group>
      {isNamed(about) && !choices?.fields.some(({ name }) => `field:${name}` === about) && (
        <TextInput
          label={say('name')}
          value={nameOf(about)}
          maxLength={100}
          onChange={(event) => onChange({ ...condition, about: `${kindOf(about)}:${event.currentTarget.value}` })}
        />
      )}
      {isNamed(about) && (
        <SegmentedControl
          aria-label={say('compare')}
          size="xs"
          data={[
            { value: 'values', label: say('compare.values') },
            { value: 'number', label: say('compare.number') },
          ]}
          value={condition.oneOf ? 'values' : 'number'}
          onChange={(value) => onChange(value === 'values' ? { about, oneOf: [] } : { about })}
        />
      )}
      {condition.oneOf ? (
        <ValuesInput
          about={about}
          values={condition.oneOf}
          choices={choices}
          error={error}
          onChange={(oneOf) => onChange({ about, oneOf })}
        />
      ) : (
        <Bounds condition={condition} error={error} onChange={onChange} />
      )}
    </fieldset>
  )
}

export function AboutSelect({
  about,
  choices,
  only,
  label,
  onChange,
}: {
  about: string
  choices: CriteriaChoices | undefined
  /** What can be chosen; left out: everything. */
  only?: (about: string) => boolean
  label?: string
  onChange(about: string): void
}) {
  const say = useSayCriteria()
  const fields = (choices?.fields ?? []).map(({ name }) => `field:${name}`)
  const known = [...plainAbouts, ...fields, ...namedKinds.map((kind) => `${kind}:`)].filter(
    (one) => only?.(one) ?? true,
  )
  // One with a name of somebody's own stands for its kind.
  const value = known.includes(about) ? about : isNamed(about) ? `${kindOf(about)}:` : about
  return (
    <Select
      className="grow"
      label={label ?? say('about')}
      data={known.map((one) => ({ value: one, label: sayAbout(one, say, choices) }))}
      value={value}
      onChange={(next) => next !== null && next !== value && onChange(next)}
      allowDeselect={false}
    />
  )
}

function Bounds({
  condition: { about, from, to },
  error,
  onChange,
}: {
  condition: ConditionView
  error: string | undefined
  onChange(condition: ConditionView): void
}) {
  const say = useSayCriteria()
  const change = (bounds: { from?: number | undefined; to?: number | undefined }) => {
    const next = { from, to, ...bounds }
    onChange({
      about,
      ...(next.from === undefined ? {} : { from: next.from }),
      ...(next.to === undefined ? {} : { to: next.to }),
    })
  }
  const read = (value: string | number) => (value === '' || !Number.isFinite(Number(value)) ? undefined : Number(value))
  return (
    <Group grow align="start">
      <NumberInput
        label={say('from')}
        value={from ?? ''}
        error={error}
        hideControls
        onChange={(value) => change({ from: read(value) })}
      />
      <NumberInput
        label={say('to')}
        value={to ?? ''}
        error={error !== undefined}
        hideControls
        onChange={(value) => change({ to: read(value) })}
      />
    </Group>
  )
}
