import { Button, Fieldset, Loader, NativeSelect, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import type { ConversationView, FieldsView } from '@parley/protocol'
import { useState } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { useSay } from '../words/words.tsx'
import type { Thing } from './dialogs.model.ts'
import { takesInput, thingsIn } from './fields.model.ts'
import { useCategories, useFields } from './fields.queries.ts'
import { localMinute } from './file.model.ts'
import { sayThing } from './say-thing.ts'
import { usePerform } from './use-perform.ts'

/** What the house notes of a conversation. Who asks sees none of it. */
export function Fields({ conversation }: { conversation: ConversationView }) {
  const say = useSay()
  const things = thingsIn(conversation)
  const [chosen, choose] = useState('0')
  const what = things[Number(chosen)] ?? { conversation: conversation.id }
  return (
    <Stack>
      {things.length > 1 && (
        <NativeSelect
          label={say('structure.fieldsOf')}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
          data={things.map((one, at) => ({
            value: String(at),
            label: 'conversation' in one ? say('structure.everything') : sayThing(one, [conversation], say),
          }))}
        />
      )}
      <FieldsOf key={JSON.stringify(what)} what={what} />
    </Stack>
  )
}

function FieldsOf({ what }: { what: Thing }) {
  const say = useSay()
  const fields = useFields(what)
  if (fields.error instanceof Refused && !fields.data) return <ProblemNote problem={fields.error.problem} />
  // What was read before somebody else's change is nothing to begin with.
  if (!fields.data || !fields.isFetchedAfterMount) return <Loader role="status" aria-label={say('page.loading')} />
  return <FieldsForm what={what} fields={fields.data} />
}

function FieldsForm({ what, fields }: { what: Thing; fields: FieldsView }) {
  const say = useSay()
  const categories = useCategories().data?.categories ?? []
  const perform = usePerform()
  const saving = useSaving()
  const [draft, setDraft] = useState({
    name: fields.name ?? '',
    category: fields.category,
    tags: fields.tags,
    folder: fields.folder ?? '',
    takesFrom: fields.takesFrom ? localMinute(new Date(fields.takesFrom)) : '',
    takesUntil: fields.takesUntil ? localMinute(new Date(fields.takesUntil)) : '',
  })
  const change = (patch: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...patch }))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const input = {
          what,
          name: draft.name.trim() || null,
          category: draft.category,
          tags: draft.tags,
          folder: draft.folder.trim() || null,
          ...takesInput(fields, draft),
        }
        void saving.run(perform('set-fields', input, say('page.saved')))
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {say('structure.fieldsHow')}
        </Text>
        <TextInput
          label={say('structure.name')}
          value={draft.name}
          maxLength={200}
          dir="auto"
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Select
          label={say('structure.category')}
          data={categories
            .filter(({ id, isRetired }) => id === draft.category || (!isRetired && fields.choices.includes(id)))
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.category}
          onChange={(category) => change({ category })}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': say('structure.noCategory') }}
          nothingFoundMessage={say('structure.nothingFound')}
          comboboxProps={{ withinPortal: false }}
        />
        <TagsInput
          label={say('structure.tags')}
          description={say('structure.tagsHow')}
          value={draft.tags}
          onChange={(tags) => change({ tags })}
          maxTags={50}
          clearable={false}
        />
        <TextInput
          label={say('structure.folder')}
          value={draft.folder}
          maxLength={200}
          dir="auto"
          onChange={(event) => change({ folder: event.currentTarget.value })}
        />
        <Fieldset legend={say('structure.takes')}>
          <TextInput
            type="datetime-local"
            label={say('structure.takesFrom')}
            value={draft.takesFrom}
            onChange={(event) => change({ takesFrom: event.currentTarget.value })}
          />
          <TextInput
            type="datetime-local"
            label={say('structure.takesUntil')}
            description={say('structure.takesHow')}
            value={draft.takesUntil}
            onChange={(event) => change({ takesUntil: event.currentTarget.value })}
          />
        </Fieldset>
        <ProblemNote problem={saving.problem} />
        <Button type="submit" loading={saving.isBusy}>
          {say('page.save')}
        </Button>
      </Stack>
    </form>
  )
}
