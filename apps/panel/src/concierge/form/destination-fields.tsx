import { MultiSelect, Select } from '@mantine/core'
import type { ScriptDestination } from '@parley/protocol'
import type { FormContext } from './form-context.ts'

interface Props {
  context: FormContext
  to: ScriptDestination
  onChange(to: ScriptDestination): void
}

/** Whom a conversation is handed to. */
export function DestinationFields({ context, to, onChange }: Props) {
  const { speaking, topics } = context
  const { say, names } = speaking
  const topic = to.facts?.topic?.[0] ?? null
  function set(part: 'people' | 'teams', ids: string[]) {
    const { [part]: _, ...rest } = to
    onChange(ids.length > 0 ? { ...rest, [part]: ids } : rest)
  }
  function setTopic(id: string | null) {
    const { topic: _, ...others } = to.facts ?? {}
    const facts = id ? { ...others, topic: [id] } : others
    const { facts: __, ...rest } = to
    onChange(Object.keys(facts).length > 0 ? { ...rest, facts } : rest)
  }
  const options = (known: ReadonlyMap<string, string>, chosen: readonly string[]) =>
    [...new Set([...known.keys(), ...chosen])].map((id) => ({ value: id, label: known.get(id) ?? id }))
  const [people, teams] = [to.people ?? [], to.teams ?? []]
  return (
    <>
      <MultiSelect
        label={say('to.people')}
        data={options(names.people, people)}
        value={people}
        placeholder={people.length + teams.length === 0 ? say('to.anyone') : ''}
        onChange={(ids) => set('people', ids)}
        searchable
      />
      <MultiSelect
        label={say('to.teams')}
        data={options(names.teams, teams)}
        value={teams}
        onChange={(ids) => set('teams', ids)}
        searchable
      />
      <Select
        label={say('to.setTopic')}
        data={topics.map(({ id, name, siteName }) => ({ value: id, label: `${name} · ${siteName}` }))}
        value={topic}
        onChange={setTopic}
        clearable
      />
    </>
  )
}
