import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import type { AdminCategory, CategoryPatch } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { placeAfter } from '../structure/categories.model.ts'
import { useAdminCategories, useCategoryCall } from '../structure/fields.queries.ts'
import { isLanguage, languageNames } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { Loaded } from './loaded.tsx'
import { nameIn, withName } from './names.model.ts'

/** The account's own list of categories: their order, colours and names. */
export function CategoriesPage() {
  const { say } = useWords()
  const categories = useAdminCategories()
  return (
    <Section title={say('categories.title')} how={say('categories.how')}>
      <Loaded query={categories}>
        {(all) => (
          <Stack gap="lg">
            {all.length === 0 && <Text c="dimmed">{say('categories.none')}</Text>}
            {all.map((one, at) => (
              <Category key={one.id} category={one} at={at} count={all.length} />
            ))}
            <NewCategory />
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}

function Category({ category, at, count }: { category: AdminCategory; at: number; count: number }) {
  const { say, language: own } = useWords()
  const call = useCategoryCall()
  const saving = useSaving()
  const [language, setLanguage] = useState<string>(own)
  const [typed, setTyped] = useState<Record<string, string>>({})
  const name = nameIn(category.names, own)
  const value = typed[language] ?? category.names[language] ?? ''
  const change = (body: CategoryPatch) => saving.run(call(`/${category.id}`, { method: 'PUT', body }))
  const move = (step: 1 | -1) => {
    const position = placeAfter(at, step, count)
    if (position !== null) void change({ position })
  }
  return (
    <Stack component="fieldset" gap="sm" className="admin-card">
      <legend>
        <Group gap="xs" component="span">
          <span className="dot" data-colour={category.colour} aria-hidden="true" />
          <bdi>{name}</bdi>
          {category.isRetired && (
            <Badge variant="default" className="state">
              {say('categories.retired')}
            </Badge>
          )}
        </Group>
      </legend>
      <Group align="flex-end">
        <NativeSelect
          label={say('settings.language')}
          data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
          value={language}
          onChange={(event) => isLanguage(event.currentTarget.value) && setLanguage(event.currentTarget.value)}
        />
        <TextInput
          className="grow"
          label={say('structure.name')}
          value={value}
          maxLength={100}
          dir="auto"
          onChange={(event) => setTyped({ ...typed, [language]: event.currentTarget.value })}
          onBlur={() => {
            if (value.trim() !== (category.names[language] ?? ''))
              void change({ names: withName(category.names, language, value) })
          }}
        />
        <Colour value={category.colour} onChange={(colour) => change({ colour })} />
      </Group>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={at === 0}
          aria-label={say('categories.upWhat', { name })}
          onClick={() => move(-1)}
        >
          {say('categories.up')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={at === count - 1}
          aria-label={say('categories.downWhat', { name })}
          onClick={() => move(1)}
        >
          {say('categories.down')}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={say(category.isRetired ? 'categories.useAgainWhat' : 'categories.retireWhat', { name })}
          onClick={() => change({ isRetired: !category.isRetired })}
        >
          {say(category.isRetired ? 'categories.useAgain' : 'categories.retire')}
        </Button>
      </Group>
      <ProblemNote problem={saving.problem} />
    </Stack>
  )
}

function Colour({ value, onChange }: { value: number; onChange: (colour: number) => void }) {
  const { say } = useWords()
  return (
    <NativeSelect
      label={say('categories.colour')}
      data={[0, 1, 2, 3, 4, 5, 6, 7].map((colour) => ({
        value: String(colour),
        label: say('categories.colourNumber', { number: colour + 1 }),
      }))}
      value={String(value)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  )
}

function NewCategory() {
  const { say, language } = useWords()
  const call = useCategoryCall()
  const saving = useSaving()
  const [name, setName] = useState('')
  const [colour, setColour] = useState(0)
  async function add(event: FormEvent) {
    event.preventDefault()
    const body = { names: { [language]: name.trim() }, colour }
    const answer = await saving.run(call('', { method: 'POST', body }))
    if (answer.ok) setName('')
  }
  return (
    <form onSubmit={add} aria-label={say('categories.add')}>
      <Stack gap="sm">
        <Group align="flex-end">
          <TextInput
            required
            className="grow"
            label={say('structure.name')}
            value={name}
            maxLength={100}
            dir="auto"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Colour value={colour} onChange={setColour} />
          <Button type="submit" loading={saving.isBusy} disabled={name.trim() === ''}>
            {say('categories.add')}
          </Button>
        </Group>
        <ProblemNote problem={saving.problem} />
      </Stack>
    </form>
  )
}
