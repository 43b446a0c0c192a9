import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { LinkView } from '@parley/protocol'
import { ProblemNote } from '../desk/problem-note.tsx'
import { QrCode } from '../settings/qr-code.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall, useLinks, usePeople, useSites, useTeams } from './admin.queries.ts'
import { CopyButton } from './copy-button.tsx'
import { Loaded } from './loaded.tsx'
import { nameIn } from './names.model.ts'
import { NewLink } from './new-link.tsx'
import { callName } from './people.model.ts'

export function LinksPage() {
  const { say } = useWords()
  const links = useLinks()
  return (
    <Stack gap="lg">
      <Section title={say('links.new')} how={say('links.how')}>
        <NewLink />
      </Section>
      <Section title={say('admin.links')}>
        <Loaded query={links}>
          {(all) => (
            <>
              {all.length === 0 && <Text c="dimmed">{say('links.none')}</Text>}
              <ul className="admin-list">
                {all.map((link) => (
                  <LinkRow key={link.id} link={link} />
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </Section>
    </Stack>
  )
}

function LinkRow({ link }: { link: LinkView }) {
  const { say, language } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const [isShown, qr] = useDisclosure(false)
  const about = useAbout(link)
  const hasEnded =
    (link.expiresAt !== null && new Date(link.expiresAt) <= new Date()) ||
    (link.uses !== null && link.used >= link.uses)
  const until =
    link.expiresAt && !hasEnded
      ? `${say('links.until')} ${new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(link.expiresAt))}`
      : null
  return (
    <li className="admin-row">
      <div className="grow">
        <Group gap="xs">
          <strong>{link.name}</strong>
          {hasEnded && (
            <Badge variant="light" className="state" color="gray">
              {say('admin.ended')}
            </Badge>
          )}
        </Group>
        <Text size="sm" className="admin-url" dir="ltr">
          {link.url}
        </Text>
        <Text size="sm" c="dimmed">
          {[say('links.count', { used: link.used }), ...about, ...(until ? [until] : [])].join(' · ')}
        </Text>
        <ProblemNote problem={saving.problem} />
      </div>
      <Group gap="xs">
        <CopyButton text={link.url} what={link.name} />
        <Button size="xs" variant="default" onClick={qr.open} aria-label={say('links.qrOf', { name: link.name })}>
          {say('links.qr')}
        </Button>
        {!hasEnded && (
          <Button
            size="xs"
            variant="default"
            aria-label={say('admin.endWhat', { what: link.name })}
            onClick={() => saving.run(call(['links'], `links/${link.id}/end`, { method: 'POST' }))}
          >
            {say('admin.end')}
          </Button>
        )}
      </Group>
      <Modal
        opened={isShown}
        onClose={qr.close}
        title={link.name}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Stack align="center">
          <QrCode text={link.url} label={say('links.qrOf', { name: link.name })} />
          <Text size="sm" className="admin-url" dir="ltr">
            {link.url}
          </Text>
        </Stack>
      </Modal>
    </li>
  )
}

/** What the link says of a question, by name. */
function useAbout(link: LinkView): string[] {
  const { language } = useWords()
  const site = (useSites().data ?? []).find(({ id }) => id === link.site)
  const people = (usePeople().data ?? []).filter(({ id }) => link.people.includes(id))
  const teams = (useTeams().data ?? []).filter(({ id }) => link.teams.includes(id))
  const topic = site?.topics.find(({ id }) => id === link.topic)
  return [
    ...(site ? [site.name] : []),
    ...(topic ? [nameIn(topic.names, language)] : []),
    ...people.map(callName),
    ...teams.map(({ names }) => nameIn(names, language)),
    ...Object.values(link.facts).flat(),
  ]
}
