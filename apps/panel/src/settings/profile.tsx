import { Button, Group, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { Me } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { isLanguage, languageNames, type Word } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { useChangeMe } from './me.queries.ts'
import { faultOf, formOf, type ProfileFault, patchOf } from './profile.model.ts'
import { Section } from './section.tsx'
import { useSaving } from './use-saving.ts'

const faultWords: Record<ProfileFault, Word> = {
  'alias-empty': 'profile.aliasEmpty',
  'alias-reveals': 'profile.aliasReveals',
  'capacity-wrong': 'profile.capacityWrong',
}

export function Profile({ me }: { me: Me }) {
  const { say, choose } = useWords()
  const change = useChangeMe()
  const saving = useSaving()
  const [form, setForm] = useState(() => formOf(me))
  const fault = faultOf(form)
  const patch = patchOf(me, form)
  const hasChanges = Object.keys(patch).length > 0
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }))
  const faultAt = (...faults: ProfileFault[]) => (fault && faults.includes(fault) ? say(faultWords[fault]) : null)

  async function save(event: FormEvent) {
    event.preventDefault()
    const answer = await saving.run(change(patch))
    if (!answer.ok) return
    setForm(formOf(answer.value))
    if (patch.language && isLanguage(answer.value.language)) choose(answer.value.language)
  }

  const known = Object.entries(languageNames).map(([value, label]) => ({ value, label }))
  return (
    <Section title={say('profile.title')}>
      <Stack component="form" onSubmit={save}>
        <Switch
          label={say(form.isActive ? 'profile.active' : 'profile.paused')}
          description={say('profile.activeHow')}
          checked={form.isActive}
          onChange={(event) => set({ isActive: event.currentTarget.checked })}
        />
        <TextInput
          label={say('profile.alias')}
          description={say('profile.aliasHow')}
          value={form.alias}
          maxLength={60}
          error={faultAt('alias-empty', 'alias-reveals')}
          onChange={(event) => set({ alias: event.currentTarget.value })}
        />
        <TextInput
          label={say('profile.name')}
          description={say('profile.nameHow')}
          value={form.name}
          maxLength={120}
          autoComplete="name"
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={say('settings.language')}
          description={say('profile.languageHow')}
          data={known}
          value={form.language}
          onChange={(value) => value && set({ language: value })}
          allowDeselect={false}
        />
        <NumberInput
          label={say('profile.capacity')}
          description={say('profile.capacityHow')}
          min={1}
          max={999}
          allowDecimal={false}
          value={form.capacity}
          error={faultAt('capacity-wrong')}
          onChange={(capacity) => set({ capacity })}
          hideControls
        />
        <ProblemNote problem={saving.problem} />
        <Group>
          <Button type="submit" loading={saving.isBusy} disabled={!hasChanges || fault !== null}>
            {say('page.save')}
          </Button>
          <Text size="sm" role="status" c="dimmed">
            {saving.isDone && !hasChanges ? say('page.saved') : ''}
          </Text>
        </Group>
      </Stack>
    </Section>
  )
}
