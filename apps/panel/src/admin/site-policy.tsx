import { Alert, Button, ColorInput, Group, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { AdminSite, PolicyProblem } from '@parley/protocol'
import { type FormEvent, useEffect, useState } from 'react'
import { ask } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import type { Word } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall } from './admin.queries.ts'
import { type PolicyForm, policyForm, withForm } from './policy.model.ts'
import { SiteShowing } from './site-showing.tsx'
import { Waves } from './waves.tsx'

/** How a site behaves: looked at by the server while it is being written, saved as a whole. */
export function SitePolicy({ site }: { site: AdminSite }) {
  const { say, language } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const [form, setForm] = useState(() => policyForm(site.policy, language))
  const [problems, setProblems] = useState<PolicyProblem[]>([])
  const policy = withForm(site.policy, form, language)
  const written = JSON.stringify(policy)
  const set = (part: Partial<PolicyForm>) => setForm((before) => ({ ...before, ...part }))

  useEffect(() => {
    const wait = new AbortController()
    const timer = setTimeout(async () => {
      const options = { method: 'POST', body: { policy: JSON.parse(written) }, signal: wait.signal } as const
      const answer = await ask<{ problems: PolicyProblem[] }>('/api/desk/admin/sites/check', options).catch(() => null)
      if (answer?.ok) setProblems(answer.value.problems)
    }, 300)
    return () => {
      clearTimeout(timer)
      wait.abort()
    }
  }, [written])

  async function save(event: FormEvent) {
    event.preventDefault()
    await saving.run(call(['sites'], `sites/${site.id}`, { method: 'PATCH', body: { policy } }))
  }

  const choose = (name: keyof PolicyForm, label: Word, options: Record<string, Word>) => (
    <Select
      label={say(label)}
      data={Object.entries(options).map(([value, word]) => ({ value, label: say(word) }))}
      value={String(form[name])}
      allowDeselect={false}
      onChange={(value) => value && set({ [name]: value })}
    />
  )
  return (
    <form onSubmit={save}>
      <Stack gap="lg">
        <Section title={say('sites.behaviour')}>
          <Stack gap="sm">
            <Group grow preventGrowOverflow={false} align="flex-start">
              {choose('reach', 'sites.reach', {
                all: 'sites.reachAll',
                best: 'sites.reachBest',
                sample: 'sites.reachSample',
              })}
              <NumberInput
                label={say('sites.most')}
                min={1}
                max={10_000}
                value={form.most}
                onChange={(most) => set({ most: Number(most) })}
              />
            </Group>
            <Waves waves={form.waves} onChange={(waves) => set({ waves })} />
            <Group grow preventGrowOverflow={false} align="flex-start">
              {choose('admission', 'sites.admission', {
                first: 'sites.admissionFirst',
                'first-n': 'sites.admissionFirstN',
                any: 'sites.admissionAny',
              })}
              {form.admission === 'first-n' && (
                <NumberInput
                  label={say('sites.slots')}
                  min={1}
                  max={100}
                  value={form.slots}
                  onChange={(slots) => set({ slots: Number(slots) })}
                />
              )}
              <NumberInput
                label={say('admin.optional', { label: say('sites.within') })}
                min={1}
                value={form.withinMinutes ?? ''}
                onChange={(minutes) => set({ withinMinutes: minutes === '' ? null : Number(minutes) })}
              />
            </Group>
            <Group grow preventGrowOverflow={false} align="flex-start">
              {form.face === 'named' &&
                choose('circle', 'sites.circle', { private: 'sites.circlePrivate', shared: 'sites.circleShared' })}
              {choose('region', 'sites.region', {
                match: 'sites.regionMatch',
                tell: 'sites.regionTell',
                no: 'sites.regionNo',
              })}
            </Group>
            <Group grow preventGrowOverflow={false} align="flex-start">
              {choose('screenVisitor', 'sites.screenVisitor', { mask: 'sites.screenMask', pass: 'sites.screenPass' })}
              {choose('screenResponder', 'sites.screenResponder', {
                mask: 'sites.screenMask',
                pass: 'sites.screenPass',
              })}
            </Group>
            <Switch
              label={say('sites.history')}
              checked={form.history}
              onChange={(event) => set({ history: event.currentTarget.checked })}
            />
            <Switch
              label={say('sites.network')}
              checked={form.network}
              onChange={(event) => set({ network: event.currentTarget.checked })}
            />
          </Stack>
        </Section>
        <SiteShowing form={form} onChange={set} />
        <Section title={say('sites.window')}>
          <Stack gap="sm">
            <Group grow preventGrowOverflow={false} align="flex-start">
              <TextInput
                label={say('sites.windowTitle')}
                value={form.title}
                maxLength={100}
                onChange={(event) => set({ title: event.currentTarget.value })}
              />
              <TextInput
                label={say('sites.asker')}
                value={form.asker}
                maxLength={40}
                onChange={(event) => set({ asker: event.currentTarget.value })}
              />
            </Group>
            <TextInput
              label={say('sites.greeting')}
              value={form.greeting}
              maxLength={300}
              onChange={(event) => set({ greeting: event.currentTarget.value })}
            />
            <Group grow preventGrowOverflow={false} align="flex-start">
              <ColorInput
                label={say('sites.colour')}
                format="hex"
                withPicker={false}
                withEyeDropper={false}
                value={form.colour}
                onChange={(colour) => set({ colour })}
              />
              {choose('topic', 'sites.topicAsk', {
                no: 'sites.topicNo',
                optional: 'sites.topicOptional',
                required: 'sites.topicRequired',
              })}
            </Group>
          </Stack>
        </Section>
        <div role="status">
          {problems.length > 0 && (
            <Alert variant="outline" color="orange.9">
              {say('sites.wrong', { problems: problems.map(({ path, message }) => `${path}: ${message}`).join('; ') })}
            </Alert>
          )}
        </div>
        <ProblemNote problem={saving.problem} />
        <Group>
          <Button type="submit" loading={saving.isBusy} disabled={problems.length > 0}>
            {say('page.save')}
          </Button>
          <Text role="status" size="sm">
            {saving.isDone && say('page.saved')}
          </Text>
        </Group>
      </Stack>
    </form>
  )
}
