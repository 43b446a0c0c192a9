import { Anchor, Button, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import type { AdminSite } from '@parley/protocol'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { NotThere } from '../desk/page-problem.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall, useSites } from './admin.queries.ts'
import { CopyButton } from './copy-button.tsx'
import { Loaded } from './loaded.tsx'
import { nameIn } from './names.model.ts'
import { SitePolicy } from './site-policy.tsx'
import { SiteTopics } from './site-topics.tsx'

/** Sites and their topics; what stands behind the section is one site. */
export function SitesPage({ rest }: { rest: string }) {
  const sites = useSites()
  return (
    <Loaded query={sites}>
      {(all) => {
        if (!rest) return <AllSites sites={all} />
        const site = all.find(({ id }) => id === rest)
        return site ? <OneSite key={site.id} site={site} /> : <NotThere />
      }}
    </Loaded>
  )
}

function AllSites({ sites }: { sites: readonly AdminSite[] }) {
  const { say, language } = useWords()
  return (
    <Stack gap="lg">
      <Section title={say('admin.sites')}>
        <ul className="admin-list">
          {sites.map((site) => (
            <li key={site.id} className="admin-row">
              <div className="grow">
                <Anchor
                  renderRoot={(props) => (
                    <Link to="/admin/$section/$" params={{ section: 'sites', _splat: site.id }} {...props} />
                  )}
                >
                  {site.name}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {[...site.domains, ...site.topics.map(({ names }) => nameIn(names, language))].join(' · ')}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      </Section>
      <NewSite />
    </Stack>
  )
}

function NewSite() {
  const { say } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const [name, setName] = useState('')
  const [domains, setDomains] = useState<string[]>([])
  async function add(event: FormEvent) {
    event.preventDefault()
    const answer = await saving.run(call(['sites'], 'sites', { method: 'POST', body: { name: name.trim(), domains } }))
    if (!answer.ok) return
    setName('')
    setDomains([])
  }
  return (
    <Section title={say('sites.add')}>
      <form onSubmit={add}>
        <Stack gap="sm">
          <TextInput
            required
            label={say('teams.name')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Domains domains={domains} onChange={setDomains} />
          <ProblemNote problem={saving.problem} />
          <Group>
            <Button type="submit" loading={saving.isBusy} disabled={name.trim() === ''}>
              {say('sites.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}

function OneSite({ site }: { site: AdminSite }) {
  const { say } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const [name, setName] = useState(site.name)
  const [domains, setDomains] = useState(site.domains)
  const script = `<script async src="${location.origin}/parley.js" data-site="${site.key}"></script>`
  async function save(event: FormEvent) {
    event.preventDefault()
    await saving.run(call(['sites'], `sites/${site.id}`, { method: 'PATCH', body: { name: name.trim(), domains } }))
  }
  return (
    <Stack gap="lg">
      <Anchor renderRoot={(props) => <Link to="/admin/$section" params={{ section: 'sites' }} {...props} />}>
        <span aria-hidden="true">← </span>
        {say('admin.sites')}
      </Anchor>
      <Section title={site.name}>
        <form onSubmit={save}>
          <Stack gap="sm">
            <TextInput
              required
              label={say('teams.name')}
              value={name}
              maxLength={100}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Domains domains={domains} onChange={setDomains} />
            <div>
              <Text size="sm">{say('sites.script')}</Text>
              <Group>
                <code className="grow admin-url" dir="ltr">
                  {script}
                </code>
                <CopyButton text={script} what={site.name} />
              </Group>
            </div>
            <ProblemNote problem={saving.problem} />
            <Group>
              <Button type="submit" loading={saving.isBusy} disabled={name.trim() === ''}>
                {say('page.save')}
              </Button>
              <Text role="status" size="sm">
                {saving.isDone && say('page.saved')}
              </Text>
            </Group>
          </Stack>
        </form>
      </Section>
      <SiteTopics site={site} />
      <SitePolicy site={site} />
    </Stack>
  )
}

function Domains({ domains, onChange }: { domains: string[]; onChange: (domains: string[]) => void }) {
  const { say } = useWords()
  return (
    <TagsInput
      label={say('sites.domains')}
      description={say('sites.domainsHow')}
      value={domains}
      onChange={onChange}
      dir="ltr"
      acceptValueOnBlur
    />
  )
}
