import { Button, Group, MultiSelect, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import type { LinkView, NewLinkRequest } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall, usePeople, useSites, useTeams } from './admin.queries.ts'
import { nameIn } from './names.model.ts'
import { callName } from './people.model.ts'

const empty = {
  site: null as string | null,
  name: '',
  code: '',
  topic: null as string | null,
  people: [] as string[],
  teams: [] as string[],
  product: '',
  uses: '' as number | string,
  until: '',
}

export function NewLink() {
  const { say, language } = useWords()
  const sites = useSites().data ?? []
  const people = (usePeople().data ?? []).filter(({ state }) => state === 'active' || state === 'paused')
  const teams = useTeams().data ?? []
  const call = useAdminCall()
  const saving = useSaving()
  const [form, setForm] = useState(empty)
  const set = (part: Partial<typeof empty>) => setForm((before) => ({ ...before, ...part }))
  const site = sites.find(({ id }) => id === form.site) ?? sites[0]

  async function make(event: FormEvent) {
    event.preventDefault()
    if (!site) return
    const body: NewLinkRequest = {
      site: site.id,
      name: form.name.trim(),
      ...(form.code.trim() ? { code: form.code.trim() } : {}),
      topic: form.topic,
      people: form.people,
      teams: form.teams,
      facts: form.product.trim() ? { product: [form.product.trim()] } : {},
      uses: form.uses === '' ? null : Number(form.uses),
      expiresAt: form.until ? new Date(`${form.until}T23:59:59`).toISOString() : null,
    }
    const answer = await saving.run(call<LinkView>(['links'], 'links', { method: 'POST', body }))
    if (answer.ok) setForm({ ...empty, site: form.site })
  }

  return (
    <form onSubmit={make}>
      <Stack gap="sm">
        <Group grow preventGrowOverflow={false} align="flex-start">
          <TextInput
            required
            label={say('links.name')}
            value={form.name}
            maxLength={100}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={say('admin.optional', { label: say('links.code') })}
            description={say('links.codeHow')}
            value={form.code}
            maxLength={40}
            dir="ltr"
            onChange={(event) => set({ code: event.currentTarget.value })}
          />
        </Group>
        <Group grow preventGrowOverflow={false} align="flex-start">
          {sites.length > 1 && (
            <Select
              label={say('links.site')}
              data={sites.map(({ id, name }) => ({ value: id, label: name }))}
              value={site?.id ?? null}
              allowDeselect={false}
              onChange={(next) => set({ site: next, topic: null })}
            />
          )}
          {site && site.topics.length > 0 && (
            <Select
              clearable
              label={say('admin.optional', { label: say('links.topic') })}
              data={site.topics.map(({ id, names }) => ({ value: id, label: nameIn(names, language) }))}
              value={form.topic}
              onChange={(topic) => set({ topic })}
            />
          )}
          <TextInput
            label={say('admin.optional', { label: say('links.product') })}
            value={form.product}
            maxLength={200}
            onChange={(event) => set({ product: event.currentTarget.value })}
          />
        </Group>
        <Group grow preventGrowOverflow={false} align="flex-start">
          <MultiSelect
            searchable
            label={say('admin.optional', { label: say('links.people') })}
            data={people.map((person) => ({ value: person.id, label: callName(person) }))}
            value={form.people}
            onChange={(chosen) => set({ people: chosen })}
          />
          {teams.length > 0 && (
            <MultiSelect
              label={say('admin.optional', { label: say('links.teams') })}
              data={teams.map(({ id, names }) => ({ value: id, label: nameIn(names, language) }))}
              value={form.teams}
              onChange={(chosen) => set({ teams: chosen })}
            />
          )}
        </Group>
        <Group grow preventGrowOverflow={false} align="flex-start">
          <NumberInput
            label={say('admin.optional', { label: say('links.uses') })}
            min={1}
            value={form.uses}
            onChange={(uses) => set({ uses })}
          />
          <TextInput
            type="date"
            label={say('admin.optional', { label: say('links.until') })}
            value={form.until}
            onChange={(event) => set({ until: event.currentTarget.value })}
          />
        </Group>
        <ProblemNote problem={saving.problem} />
        <Group>
          <Button type="submit" loading={saving.isBusy} disabled={form.name.trim() === '' || !site}>
            {say('links.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
