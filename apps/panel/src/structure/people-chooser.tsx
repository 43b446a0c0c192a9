import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useCriteriaChoices } from '../criteria/criteria.queries.ts'
import { useSay } from '../words/words.tsx'
import { type Choice, peopleToChoose, teamsToChoose } from './colleagues.model.ts'
import { useColleagues } from './colleagues.queries.ts'

interface Props {
  label: string
  description?: string
  value: string[]
  onChange: (keys: string[]) => void
  /** Only people, or only teams. */
  only?: 'people' | 'teams'
  most?: number
}

/** Chooses colleagues and teams by typing a part of their names. */
export function PeopleChooser({ label, description, value, onChange, only, most }: Props) {
  const say = useSay()
  const [typed, setTyped] = useState('')
  const [wanted] = useDebouncedValue(typed.trim(), 200)
  const found = useColleagues(wanted)
  const people = only === 'teams' ? [] : peopleToChoose(found.data?.colleagues ?? [])
  const allTeams = useCriteriaChoices().data?.teams ?? []
  const teams = only === 'people' ? [] : teamsToChoose(allTeams)
  // Who was chosen stays in the box, also when the next search is about others.
  const [known, setKnown] = useState<Choice[]>([])
  const fresh = [...people, ...teams].map(({ value }) => value)
  const kept = known.filter((one) => value.includes(one.value) && !fresh.includes(one.value))
  return (
    <MultiSelect
      label={label}
      description={description}
      data={[
        ...(only === 'teams'
          ? []
          : [
              {
                group: say('structure.people'),
                items: [...people, ...kept.filter((one) => one.value.startsWith('p '))],
              },
            ]),
        ...(teams.length === 0 ? [] : [{ group: say('structure.teams'), items: teams }]),
      ]}
      value={value}
      onChange={(keys) => {
        setKnown([...people, ...teams, ...kept].filter((one) => keys.includes(one.value)))
        onChange(keys)
      }}
      searchable
      clearSearchOnChange
      searchValue={typed}
      onSearchChange={setTyped}
      {...(most ? { maxValues: most } : {})}
      nothingFoundMessage={say('structure.nobodyFound')}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
