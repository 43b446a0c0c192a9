import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import type { ScriptView } from '@parley/protocol'
import { useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { useSaving } from '../settings/use-saving.ts'
import type { Speaking } from './say-script.model.ts'
import { useFunnel, useScriptCalls } from './scripts.queries.ts'
import type { Editor } from './use-editor.ts'

interface Props {
  view: ScriptView
  editor: Editor
  speaking: Speaking
}

const atFirst = 10

/** Every version, by whom it was saved, and how many conversations run it. */
export function Versions({ view, editor, speaking }: Props) {
  const { say } = speaking
  const calls = useScriptCalls()
  const saving = useSaving()
  const [count, setCount] = useState(atFirst)
  async function bringBack(version: number) {
    const answer = await saving.run(calls.read(view.id, version))
    if (answer.ok) editor.edit(answer.value.script)
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {say('version.how')}
      </Text>
      <ProblemNote problem={saving.problem} />
      <ol className="versions">
        {view.versions.slice(0, count).map((one) => (
          <li key={one.version}>
            <Group justify="space-between" wrap="nowrap">
              <div>
                <strong>{say('version.one', { version: one.version })}</strong>{' '}
                {one.version === view.version && view.isOn && (
                  <Badge variant="light" className="badge-word">
                    {say('version.now')}
                  </Badge>
                )}
                <Text size="xs" c="dimmed">
                  {one.savedBy
                    ? say('version.by', { at: fullTime(one.savedAt, speaking.language), who: one.savedBy })
                    : fullTime(one.savedAt, speaking.language)}
                </Text>
                <Runs id={view.id} version={one.version} speaking={speaking} />
              </div>
              {one.version !== view.version && (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={say('version.back', { version: one.version })}
                  onClick={() => bringBack(one.version)}
                >
                  <span aria-hidden="true">↺</span>
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ol>
      {view.versions.length > count && (
        <Button variant="subtle" size="compact-sm" onClick={() => setCount(count + atFirst)}>
          …
        </Button>
      )}
    </Stack>
  )
}

function Runs({ id, version, speaking }: { id: string; version: number; speaking: Speaking }) {
  const { say } = speaking
  const { data } = useFunnel(id, version, null)
  if (!data) return null
  return (
    <Text size="xs">
      {say('version.runs', { count: data.runs })}
      {data.ended.running > 0 && `, ${say('version.running', { count: data.ended.running })}`}
    </Text>
  )
}
