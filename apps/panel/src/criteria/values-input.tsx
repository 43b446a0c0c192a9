import { Checkbox, Group, MultiSelect, TagsInput, Text } from '@mantine/core'
import type { CriteriaChoices } from '@parley/protocol'
import { useMemo, useState } from 'react'
import { useWords } from '../words/words.tsx'
import { countries, languagesByName, type Named } from './codes.model.ts'
import { useSayCriteria } from './criteria-words.tsx'
import { kindOf, nameOf } from './draft.model.ts'
import { sayValue } from './say-about.model.ts'
import type { CriteriaWord } from './words/load-criteria-words.ts'

interface Values {
  about: string
  values: readonly string[]
  choices: CriteriaChoices | undefined
  error?: string | undefined
  /** What is wished for: several; what is known of a question: often one, and then it is called something else. */
  label?: string
  onChange(values: string[]): void
}

/** The values of one wish: chosen by name where there are names, else written. */
export function ValuesInput(props: Values) {
  switch (props.about) {
    case 'topic':
      return <Topics {...props} />
    case 'site':
      return (
        <Chosen {...props} data={(props.choices?.sites ?? []).map(({ id, name }) => ({ value: id, label: name }))} />
      )
    case 'language':
      return <Languages {...props} />
    case 'region':
      return <Regions {...props} />
    default:
      return <Written {...props} />
  }
}

/** So many can be taken in at a glance, and are there to be ticked. */
const mostTicked = 24

function Topics({ choices, values, onChange, label, ...props }: Values) {
  const say = useSayCriteria()
  const { sites = [], topics = [] } = choices ?? {}
  const bySite = sites
    .map((site) => ({ group: site.name, site: site.id, items: topics.filter((topic) => topic.site === site.id) }))
    .filter(({ items }) => items.length > 0)
  if (topics.length === 0 || topics.length > mostTicked) {
    const data = bySite.map(({ group, items }) => ({
      group,
      items: items.map((topic) => ({ value: topic.id, label: topic.name })),
    }))
    return (
      <Chosen
        {...props}
        values={values}
        choices={choices}
        onChange={onChange}
        data={data}
        {...(label ? { label } : {})}
      />
    )
  }
  return (
    <Checkbox.Group value={[...values]} onChange={onChange} error={props.error}>
      {label && bySite.length > 1 && (
        <Text size="sm" fw={600}>
          {label}
        </Text>
      )}
      {bySite.map(({ group, site, items }) => (
        <fieldset key={site} className="criteria-ticks">
          <legend>{bySite.length > 1 ? group : (label ?? say('values'))}</legend>
          <Group gap="sm">
            {items.map((topic) => (
              <Checkbox key={topic.id} value={topic.id} label={topic.name} />
            ))}
          </Group>
        </fieldset>
      ))}
    </Checkbox.Group>
  )
}

type Data = Named[] | { group: string; items: Named[] }[]

function Chosen({
  about,
  values,
  choices,
  error,
  label,
  onChange,
  data,
  search,
  onSearch,
  hint,
}: Values & {
  data: Data
  search?: string
  onSearch?: (text: string) => void
  hint?: string
}) {
  const say = useSayCriteria()
  const { language } = useWords()
  const flat = data.flatMap((one) => ('items' in one ? one.items : [one]))
  // What was saved and is no longer offered is still to be seen and taken out.
  const others = values
    .filter((value) => !flat.some((one) => one.value === value))
    .map((value) => ({ value, label: sayValue(about, value, choices, language) }))
  const all = data.some((one) => 'items' in one)
    ? [...(data as { group: string; items: Named[] }[]), ...(others.length > 0 ? [{ group: '…', items: others }] : [])]
    : [...(data as Named[]), ...others]
  return (
    <MultiSelect
      label={label ?? say('values')}
      description={hint}
      data={all}
      value={[...values]}
      onChange={onChange}
      error={error}
      searchable
      limit={300}
      nothingFoundMessage="—"
      {...(onSearch ? { searchValue: search ?? '', onSearchChange: onSearch } : {})}
    />
  )
}

function Languages(props: Values) {
  const { language } = useWords()
  const data = useMemo(() => {
    const all = languagesByName(language)
    const first = props.choices?.languages ?? []
    return [...all.filter(({ value }) => first.includes(value)), ...all.filter(({ value }) => !first.includes(value))]
  }, [language, props.choices?.languages])
  return <Chosen {...props} data={data} />
}

function Regions(props: Values) {
  const say = useSayCriteria()
  const { language } = useWords()
  const [search, setSearch] = useState('')
  const known = useMemo(() => countries(language), [language])
  const own = (props.choices?.regions ?? [])
    .filter((region) => !known.some(({ value }) => value === region))
    .map((region) => ({ value: region, label: region }))
  const part = /^[a-z]{2}-[a-z0-9]{1,3}$/iu.test(search.trim()) ? search.trim().toUpperCase() : null
  const parts =
    part && !props.values.includes(part)
      ? [{ value: part, label: sayValue('region', part, props.choices, language) }]
      : []
  return (
    <Chosen
      {...props}
      data={[...own, ...parts, ...known]}
      search={search}
      onSearch={setSearch}
      hint={say('hint.region')}
    />
  )
}

function Written({ about, values, choices, error, label, onChange }: Values) {
  const say = useSayCriteria()
  const offered =
    kindOf(about) === 'field' ? (choices?.fields.find(({ name }) => name === nameOf(about))?.choices ?? []) : []
  return (
    <TagsInput
      label={label ?? say('values')}
      description={say(hints[about] ?? 'hint.other')}
      value={[...values]}
      data={offered}
      onChange={onChange}
      error={error}
      acceptValueOnBlur
      splitChars={about === 'words' ? [',', ';', '\n'] : ['\n']}
      maxTags={500}
    />
  )
}

const hints: Readonly<Record<string, CriteriaWord>> = {
  url: 'hint.url',
  words: 'hint.words',
  network: 'hint.network',
}
