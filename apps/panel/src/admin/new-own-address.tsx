import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import type { AdminSite, NewOwnAddressRequest, OwnAddressesView, OwnAddressView } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { languageNames } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall } from './admin.queries.ts'
import { isPurpose, mediumWord, purposeHow, purposeWord } from './own-addresses.model.ts'

const everySite = 'every'

interface Props {
  readonly media: OwnAddressesView['media']
  readonly sites: readonly AdminSite[]
}

export function NewOwnAddress({ media, sites }: Props) {
  const { say } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const [chosen, setChosen] = useState<string | null>(null)
  const [value, setValue] = useState('')
  const [wanted, setWanted] = useState<OwnAddressView['purpose']>('both')
  const [site, setSite] = useState<string | null>(null)
  const [language, setLanguage] = useState<string | null>(null)
  const medium = media.find((one) => one.medium === chosen) ?? media[0]
  if (!medium) return null
  const purpose = medium.isShared ? wanted : 'public'
  const ownSite = site ?? sites[0]?.id ?? null

  async function add(event: FormEvent) {
    event.preventDefault()
    if (!medium) return
    const body: NewOwnAddressRequest = {
      medium: medium.medium,
      value: value.trim(),
      purpose,
      site: ownSite === everySite ? null : ownSite,
      language,
    }
    const answer = await saving.run(call<OwnAddressView>(['own-addresses'], 'own-addresses', { method: 'POST', body }))
    if (answer.ok) setValue('')
  }

  return (
    <form onSubmit={add}>
      <Stack gap="sm">
        <Group grow preventGrowOverflow={false} align="flex-start">
          {media.length > 1 && (
            <Select
              label={say('own.medium')}
              data={media.map((one) => ({ value: one.medium, label: say(mediumWord(one.medium)) }))}
              value={medium.medium}
              allowDeselect={false}
              onChange={setChosen}
            />
          )}
          <TextInput
            required
            label={say(medium.medium === 'sms' ? 'own.valueSms' : 'own.value')}
            placeholder={medium.medium === 'sms' ? '+4759440001' : 'help@example.org'}
            value={value}
            maxLength={320}
            dir="ltr"
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        </Group>
        <Group grow preventGrowOverflow={false} align="flex-start">
          {medium.isShared && (
            <Select
              label={say('own.purpose')}
              description={say(purposeHow(purpose))}
              inputWrapperOrder={['label', 'input', 'description']}
              data={(['both', 'pool', 'public'] as const).map((one) => ({ value: one, label: say(purposeWord(one)) }))}
              value={purpose}
              allowDeselect={false}
              onChange={(next) => isPurpose(next) && setWanted(next)}
            />
          )}
          {(sites.length > 1 || purpose === 'pool') && (
            <Select
              label={say('own.site')}
              data={[
                ...(purpose === 'pool' ? [{ value: everySite, label: say('own.siteEvery') }] : []),
                ...sites.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={purpose === 'pool' || ownSite !== everySite ? ownSite : null}
              allowDeselect={false}
              onChange={setSite}
            />
          )}
          {purpose !== 'pool' && (
            <Select
              clearable
              label={say('admin.optional', { label: say('own.language') })}
              description={say('own.languageHow')}
              inputWrapperOrder={['label', 'input', 'description']}
              data={Object.entries(languageNames).map(([tag, label]) => ({ value: tag, label }))}
              value={language}
              onChange={setLanguage}
            />
          )}
        </Group>
        <ProblemNote problem={saving.problem} />
        <Group>
          <Button type="submit" loading={saving.isBusy} disabled={value.trim() === ''}>
            {say('own.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
