import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import type { ProgramSecret, ProgramView, SetProgramEndpoint } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { CopyButton } from '../admin/copy-button.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { endpointWords, exampleUrl } from './programs.model.ts'
import { useProgramCall } from './programs.queries.ts'

export function ProgramEndpoint({ program }: { program: ProgramView }) {
  const { say } = useWords()
  const call = useProgramCall()
  const saving = useSaving()
  const { endpoint, id } = program
  const [url, setUrl] = useState(endpoint?.url ?? '')

  async function save(event: FormEvent) {
    event.preventDefault()
    const body: SetProgramEndpoint = { url: url.trim() }
    await saving.run(call(`/${id}/endpoint`, { method: 'PUT', body }))
  }

  return (
    <Section title={say('programs.endpoint')} how={say('programs.endpointHow')}>
      <Stack>
        <form onSubmit={save}>
          <Stack gap="sm">
            <TextInput
              required
              type="url"
              label={say('programs.url')}
              placeholder={exampleUrl}
              value={url}
              maxLength={1_000}
              dir="ltr"
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            {endpoint && (
              <Group gap="xs">
                <Badge variant="light" className="state" color={endpoint.state === 'proven' ? 'sea' : 'gray'}>
                  {say(endpointWords[endpoint.state])}
                </Badge>
                {endpoint.failing && (
                  <Text size="sm" c="dimmed" dir="ltr">
                    {endpoint.failing}
                  </Text>
                )}
              </Group>
            )}
            <ProblemNote problem={saving.problem} />
            <Group>
              <Button type="submit" loading={saving.isBusy} disabled={url.trim() === ''}>
                {say('programs.saveEndpoint')}
              </Button>
              {endpoint && (
                <Button
                  variant="default"
                  loading={saving.isBusy}
                  onClick={() => saving.run(call(`/${id}/endpoint/test`, { method: 'POST' }))}
                >
                  {say('programs.ping')}
                </Button>
              )}
            </Group>
          </Stack>
        </form>
        <Secret program={program} />
      </Stack>
    </Section>
  )
}

/** By which the program knows that a webhook is ours. */
function Secret({ program }: { program: ProgramView }) {
  const { say, language } = useWords()
  const call = useProgramCall()
  const saving = useSaving()
  const [secret, setSecret] = useState<string | null>(null)
  const until = program.endpoint?.oldSecretUntil ? new Date(program.endpoint.oldSecretUntil) : null
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })

  async function fetchSecret(path: string) {
    const answer = await saving.run(call<ProgramSecret>(`/${program.id}/${path}`, { method: 'POST' }))
    if (answer.ok) setSecret(answer.value.secret)
  }

  return (
    <div>
      <Text fw={600}>{say('programs.secret')}</Text>
      <Text size="sm" c="dimmed">
        {say('programs.secretHow')}
        {until && until > new Date() && ` ${say('programs.oldSecret', { when: when.format(until) })}`}
      </Text>
      {secret && (
        <div className="admin-made" role="status">
          <Group gap="xs">
            <code className="admin-url grow" dir="ltr">
              {secret}
            </code>
            <CopyButton text={secret} what={say('programs.secret')} />
          </Group>
        </div>
      )}
      <ProblemNote problem={saving.problem} />
      <Group mt="xs">
        <Button variant="default" size="xs" loading={saving.isBusy} onClick={() => fetchSecret('secret')}>
          {say('programs.showSecret')}
        </Button>
        <Button variant="default" size="xs" loading={saving.isBusy} onClick={() => fetchSecret('secret/new')}>
          {say('programs.newSecret')}
        </Button>
      </Group>
    </div>
  )
}
