import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { AdminSite, OwnAddressesView, OwnAddressView } from '@parley/protocol'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { languageNames } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall, useOwnAddresses, useSites } from './admin.queries.ts'
import { Loaded } from './loaded.tsx'
import { NewOwnAddress } from './new-own-address.tsx'
import { mediumWord, purposeWord } from './own-addresses.model.ts'
import { OwnKeywords } from './own-keywords.tsx'

/** Numbers that places share, and what anyone may write to: one page, since a number is often both. */
export function OwnAddressesPage() {
  const { say } = useWords()
  const own = useOwnAddresses()
  const sites = useSites()
  return (
    <Loaded query={own}>
      {(view) => (
        <Loaded query={sites}>
          {(all) => (
            <Stack gap="lg">
              <Section title={say('own.new')} how={say('own.how')}>
                {view.media.length === 0 ? (
                  <Text c="dimmed">{say('own.noMedia')}</Text>
                ) : (
                  <NewOwnAddress media={view.media} sites={all} />
                )}
              </Section>
              <Section title={say('own.title')}>
                {view.addresses.length === 0 && <Text c="dimmed">{say('own.none')}</Text>}
                <ul className="admin-list">
                  {view.addresses.map((address) => (
                    <OwnAddressRow key={address.id} address={address} media={view.media} sites={all} />
                  ))}
                </ul>
              </Section>
            </Stack>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

interface RowProps {
  readonly address: OwnAddressView
  readonly media: OwnAddressesView['media']
  readonly sites: readonly AdminSite[]
}

function OwnAddressRow({ address, media, sites }: RowProps) {
  const { say } = useWords()
  const [isAsked, retire] = useDisclosure(false)
  const [isOpen, keywords] = useDisclosure(false)
  const call = useAdminCall()
  const saving = useSaving()
  const { id, value, purpose, isRetired } = address
  const site = sites.find((one) => one.id === address.site)
  const isShared = media.some(({ medium, isShared: shared }) => medium === address.medium && shared)
  const facts = [
    say(mediumWord(address.medium)),
    site?.name ?? say('own.siteEvery'),
    ...(isShared ? [say('own.places', { count: address.places }), say('own.begun', { count: address.begun })] : []),
    ...(address.language ? [languageName(address.language)] : []),
  ]
  return (
    <li className="admin-row">
      <div className="grow">
        <Group gap="xs">
          <strong className="admin-url" dir="ltr">
            {value}
          </strong>
          <Badge variant="light" className="state" color={isRetired ? 'gray' : 'sea'}>
            {say(isRetired ? 'own.retired' : purposeWord(purpose))}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {facts.join(' · ')}
        </Text>
        <ProblemNote problem={saving.problem} />
      </div>
      {!isRetired && (
        <Group gap="xs">
          {purpose !== 'pool' && (
            <Button
              size="xs"
              variant="default"
              aria-label={say('own.keywordsOf', { address: value })}
              aria-expanded={isOpen}
              onClick={keywords.toggle}
            >
              {say('own.keywords')} {address.keywords.length > 0 && `(${address.keywords.length})`}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            aria-label={say('own.retireWhat', { address: value })}
            onClick={retire.open}
          >
            {say('own.retire')}
          </Button>
        </Group>
      )}
      {isOpen && !isRetired && <OwnKeywords address={address} site={site} />}
      <Modal
        opened={isAsked}
        onClose={retire.close}
        title={say('own.retireSure')}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Stack>
          <Text>{say('own.retireHow', { address: value })}</Text>
          <Group>
            <Button
              color="red"
              loading={saving.isBusy}
              onClick={async () => {
                await saving.run(call(['own-addresses'], `own-addresses/${id}/retire`, { method: 'POST', body: {} }))
                retire.close()
              }}
            >
              {say('own.retire')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </li>
  )
}

function languageName(tag: string): string {
  return new Map(Object.entries(languageNames)).get(tag) ?? tag
}
