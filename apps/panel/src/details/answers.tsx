import { MultiSelect, NumberInput, Select } from '@mantine/core'
import { useCriteriaChoices } from '../criteria/criteria.queries.ts'
import { useSay } from '../words/words.tsx'
import type { AnswersDraft } from './answers.model.ts'

/** Own rules for who answers: how many, within what time, and out of which teams. */
export function Answers({ answers, onChange }: { answers: AnswersDraft; onChange: (answers: AnswersDraft) => void }) {
  const say = useSay()
  const teams = useCriteriaChoices().data?.teams ?? []
  const set = (patch: Partial<AnswersDraft>) => onChange({ ...answers, ...patch })
  return (
    <>
      <Select
        label={say('sites.admission')}
        data={[
          { value: '', label: say('details.asAround') },
          { value: 'first', label: say('sites.admissionFirst') },
          { value: 'first-n', label: say('sites.admissionFirstN') },
          { value: 'any', label: say('sites.admissionAny') },
        ]}
        value={answers.kind}
        allowDeselect={false}
        onChange={(kind) => set({ kind: kind ?? '' })}
        comboboxProps={{ withinPortal: false }}
      />
      {answers.kind === 'first-n' && (
        <NumberInput
          label={say('sites.slots')}
          min={1}
          max={100}
          value={answers.slots}
          onChange={(slots) => set({ slots: Number(slots) })}
        />
      )}
      {answers.kind !== '' && (
        <NumberInput
          label={say('admin.optional', { label: say('sites.within') })}
          min={1}
          value={answers.withinMinutes ?? ''}
          onChange={(minutes) => set({ withinMinutes: minutes === '' ? null : Number(minutes) })}
        />
      )}
      <MultiSelect
        label={say('details.onlyTeams')}
        description={say('details.onlyTeamsHow')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={answers.teams}
        onChange={(chosen) => set({ teams: chosen })}
        searchable
        nothingFoundMessage={say('structure.nothingFound')}
        comboboxProps={{ withinPortal: false }}
      />
    </>
  )
}
