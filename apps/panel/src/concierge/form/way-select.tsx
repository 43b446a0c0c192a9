import { Select } from '@mantine/core'
import { short, titleOf } from '../say-script.model.ts'
import type { FormContext } from './form-context.ts'

interface Props {
  context: FormContext
  label: string
  /** Undefined: no way of its own. */
  to: string | undefined
  /** What to choose for no way of its own; left out where there must be one. */
  without?: string
  onChange(to: string | undefined): void
  /** A new step is wanted there. */
  onNew(): void
}

// A step's name has no colon.
const same = ':same'
const fresh = ':new'

/** Connects by choosing from a list: all steps, or a new one. */
export function WaySelect({ context, label, to, without, onChange, onNew }: Props) {
  const { editor, speaking } = context
  const { script } = editor
  const { say } = speaking
  const steps = Object.entries(script.steps).map(([id, step]) => ({
    value: id,
    label: `${id} · ${short(titleOf(step, speaking))}`,
  }))
  const isThere = to !== undefined && Object.hasOwn(script.steps, to)
  const data = [
    ...(without === undefined ? [] : [{ value: same, label: without }]),
    { value: fresh, label: `+ ${say('add.button')}…` },
    ...steps,
  ]
  return (
    <Select
      label={label}
      data={data}
      value={isThere ? to : to === undefined && without !== undefined ? same : null}
      placeholder={say('exit.nowhere')}
      error={!isThere && to !== undefined}
      onChange={(value) => {
        if (value === fresh) onNew()
        else onChange(value === same || value === null ? undefined : value)
      }}
      allowDeselect={false}
      searchable={steps.length > 8}
    />
  )
}
