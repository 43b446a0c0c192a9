import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { useWords } from '../words/words.tsx'
import type { PolicyForm } from './policy.model.ts'

type Wave = PolicyForm['waves'][number]

/** How many are asked at once, and how many more when nobody answers. */
export function Waves({ waves, onChange }: { waves: Wave[]; onChange: (waves: Wave[]) => void }) {
  const { say } = useWords()
  const change = (at: number, part: Partial<Wave>) =>
    onChange(waves.map((wave, index) => (index === at ? { ...wave, ...part } : wave)))
  return (
    <Stack component="fieldset" gap="xs" className="admin-card">
      <legend>{say('sites.waves')}</legend>
      <Text size="sm" c="dimmed">
        {say('sites.wavesHow')}
      </Text>
      {waves.map((wave, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a wave is its place
        <Group key={index} align="flex-end" gap="xs">
          <NumberInput
            className="admin-number"
            label={say('sites.waveMost', { number: index + 1 })}
            min={1}
            max={10_000}
            value={wave.most}
            onChange={(most) => change(index, { most: Number(most) })}
          />
          <NumberInput
            className="admin-number"
            label={say('sites.waveAfter', { number: index + 1 })}
            min={0}
            max={10_080}
            value={wave.afterMinutes}
            onChange={(minutes) => change(index, { afterMinutes: Number(minutes) })}
          />
          <Button
            variant="default"
            size="sm"
            aria-label={say('sites.waveRemove', { number: index + 1 })}
            onClick={() => onChange(waves.filter((_, at) => at !== index))}
          >
            {say('admin.remove')}
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange([...waves, { afterMinutes: waves.length === 0 ? 0 : 10, most: 3 }])}
        >
          {say('sites.waveAdd')}
        </Button>
      </Group>
    </Stack>
  )
}
