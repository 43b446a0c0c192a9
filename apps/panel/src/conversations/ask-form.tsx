import { Button, Checkbox, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import type { FormField } from '@parley/protocol'
import { useEffect, useState } from 'react'
import { loadWords } from '../words/load-words.ts'
import { chooseLanguage, type Say, speak } from '../words/words.model.ts'
import { useSay } from '../words/words.tsx'
import { type AskChoice, askFields } from './composer.model.ts'

const start: AskChoice[] = [
  { kind: 'email', isAsked: true, isRequired: true },
  { kind: 'phone', isAsked: false, isRequired: false },
  { kind: 'name', isAsked: false, isRequired: false },
]

/** Asks the other side for a way to reach them; what they see is in their language, not in ours. */
export function AskForm({ language, onAsk }: { language: string; onAsk(text: string, fields: FormField[]): void }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const [choices, setChoices] = useState(start)
  const [theirs, setTheirs] = useState<Say | null>(null)
  const [text, setText] = useState('')

  useEffect(() => {
    if (!isOpen) return
    let isCurrent = true
    loadWords(chooseLanguage([language])).then((catalogue) => {
      if (!isCurrent) return
      const speaking = speak(catalogue)
      setTheirs(() => speaking)
      setText(speaking('form.please'))
    })
    return () => {
      isCurrent = false
    }
  }, [isOpen, language])

  const labels = (speaking: Say) => ({
    email: speaking('form.email'),
    phone: speaking('form.phone'),
    name: speaking('form.name'),
  })
  const fields = theirs ? askFields(choices, labels(theirs)) : null
  const change = (kind: AskChoice['kind'], patch: Partial<AskChoice>) =>
    setChoices((all) => all.map((one) => (one.kind === kind ? { ...one, ...patch } : one)))

  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus withArrow shadow="md" width={320}>
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(!isOpen)}>
          {say('form.ask')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('form.ask')}>
        <Stack gap="sm">
          <Text size="sm">{say('form.how')}</Text>
          {choices.map(({ kind, isAsked, isRequired }) => (
            <Group key={kind} justify="space-between">
              <Checkbox
                label={labels(say)[kind]}
                checked={isAsked}
                onChange={(event) => change(kind, { isAsked: event.currentTarget.checked })}
              />
              <Checkbox
                size="xs"
                label={say('form.required')}
                aria-label={`${labels(say)[kind]}: ${say('form.required')}`}
                checked={isRequired}
                disabled={!isAsked}
                onChange={(event) => change(kind, { isRequired: event.currentTarget.checked })}
              />
            </Group>
          ))}
          <TextInput
            label={say('form.text')}
            value={text}
            dir="auto"
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button
            disabled={!fields || text.trim() === ''}
            onClick={() => {
              if (!fields) return
              onAsk(text.trim(), fields)
              setOpen(false)
            }}
          >
            {say('form.send')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
