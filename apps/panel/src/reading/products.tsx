import { Button, CloseButton, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import type { ReadingView } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useReadingCall } from './reading.queries.ts'
import { useSayReading } from './reading-words.tsx'

/** Products by every name that visitors use for them. */
export function Products({ products }: { products: ReadingView['products'] }) {
  const say = useSayReading()
  const call = useReadingCall()
  const saving = useSaving()
  const [name, setName] = useState('')
  const [names, setNames] = useState<string[]>([])
  async function add(event: FormEvent) {
    event.preventDefault()
    const answer = await saving.run(call('products', { method: 'POST', body: { name: name.trim(), names } }))
    if (!answer.ok) return
    setName('')
    setNames([])
  }
  return (
    <Section title={say('products')} how={say('productsHow')}>
      <Stack gap="md">
        {products.length === 0 && <Text c="dimmed">{say('productsNone')}</Text>}
        <ul className="example-list">
          {products.map((product) => (
            <li key={product.id}>
              <span dir="auto">{[product.name, ...product.names].join(' · ')}</span>
              <CloseButton
                aria-label={say('remove', { what: product.name })}
                onClick={() => saving.run(call(`products/${product.id}`, { method: 'DELETE' }))}
              />
            </li>
          ))}
        </ul>
        <form onSubmit={add}>
          <Stack gap="sm">
            <TextInput
              required
              label={say('productName')}
              value={name}
              maxLength={100}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TagsInput label={say('productNames')} value={names} maxTags={50} acceptValueOnBlur onChange={setNames} />
            <Group>
              <Button type="submit" loading={saving.isBusy} disabled={name.trim() === ''}>
                {say('productAdd')}
              </Button>
            </Group>
            <ProblemNote problem={saving.problem} />
          </Stack>
        </form>
      </Stack>
    </Section>
  )
}
