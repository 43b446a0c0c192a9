import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import type { AdminSite, OwnAddressView, OwnKeyword } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall } from './admin.queries.ts'
import { nameIn } from './names.model.ts'
import { withKeyword } from './own-addresses.model.ts'

/** Words in what is written to a public address, and the topic that each chooses. */
export function OwnKeywords({ address, site }: { address: OwnAddressView; site: AdminSite | undefined }) {
  const { say, language } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const topics = site?.topics ?? []
  const [keyword, setKeyword] = useState('')
  const [topic, setTopic] = useState<string | null>(null)
  const chosen = topic ?? topics[0]?.id ?? null
  const nameOf = (id: string) => nameIn(topics.find((one) => one.id === id)?.names ?? {}, language)
  const save = (keywords: readonly OwnKeyword[]) =>
    saving.run(
      call<OwnAddressView>(['own-addresses'], `own-addresses/${address.id}`, { method: 'PATCH', body: { keywords } }),
    )

  async function add(event: FormEvent) {
    event.preventDefault()
    if (!chosen) return
    const answer = await save(withKeyword(address.keywords, { keyword, topic: chosen }))
    if (answer.ok) setKeyword('')
  }

  if (topics.length === 0) return <Text c="dimmed">{say('own.noTopics')}</Text>
  return (
    <fieldset className="admin-card own-keywords">
      {/* A number reads from left to right in every language. */}
      <legend>{say('own.keywordsOf', { address: `\u2066${address.value}\u2069` })}</legend>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {say('own.keywordsHow')}
        </Text>
        <ul className="admin-list">
          {address.keywords.map((one) => (
            <li key={one.keyword} className="admin-row">
              <span className="grow">
                <strong>{one.keyword}</strong> → {nameOf(one.topic)}
              </span>
              <Button
                size="xs"
                variant="default"
                aria-label={say('own.removeKeyword', { keyword: one.keyword })}
                onClick={() => save(address.keywords.filter((other) => other !== one))}
              >
                {say('admin.remove')}
              </Button>
            </li>
          ))}
        </ul>
        <form onSubmit={add}>
          <Group align="flex-end">
            <TextInput
              required
              className="grow"
              label={say('own.keyword')}
              value={keyword}
              maxLength={100}
              onChange={(event) => setKeyword(event.currentTarget.value)}
            />
            <Select
              label={say('own.topic')}
              data={topics.map(({ id, names }) => ({ value: id, label: nameIn(names, language) }))}
              value={chosen}
              allowDeselect={false}
              onChange={setTopic}
            />
            <Button type="submit" loading={saving.isBusy} disabled={keyword.trim() === ''}>
              {say('own.addKeyword')}
            </Button>
          </Group>
        </form>
        <ProblemNote problem={saving.problem} />
      </Stack>
    </fieldset>
  )
}
