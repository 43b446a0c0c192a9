import { Group, NumberInput, Select } from '@mantine/core'
import { inUnits, type Unit, units } from '../say-script.model.ts'
import { useSayScript } from '../script-words.tsx'

const unitWords = {
  seconds: 'unit.seconds',
  minutes: 'unit.minutes',
  hours: 'unit.hours',
  days: 'unit.days',
} as const

export function DurationField({ label, ms, onChange }: { label: string; ms: number; onChange(ms: number): void }) {
  const say = useSayScript()
  const { count, unit } = inUnits(ms)
  const names = Object.keys(units) as Unit[]
  return (
    <Group align="end" gap="xs" wrap="nowrap">
      <NumberInput
        label={label}
        min={1}
        max={999}
        allowDecimal={false}
        value={count}
        onChange={(value) => typeof value === 'number' && value > 0 && onChange(value * units[unit])}
      />
      <Select
        aria-label={`${label}: ${say('unit.which')}`}
        data={names.map((name) => ({ value: name, label: say(unitWords[name]) }))}
        value={unit}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = names.find((name) => name === value)
          if (chosen) onChange(count * units[chosen])
        }}
      />
    </Group>
  )
}
