import { Button, Checkbox, Fieldset, MultiSelect, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import type { ConversationView, FieldsView } from '@parley/protocol'
import { useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import type { Thing } from '../structure/dialogs.model.ts'
import { useCategories } from '../structure/fields.queries.ts'
import { usePerform } from '../structure/use-perform.ts'
import { useSay } from '../words/words.tsx'
import { Answers } from './answers.tsx'
import { type DetailsDraft, detailsDraft, detailsInput, hasAnswers, insideOf } from './details.model.ts'
import { factProblem } from './facts.model.ts'
import { Facts } from './facts.tsx'
import { primaryChoices } from './places.model.ts'

/** What the house writes beside something. Who asks sees of it only what the site shows. */
export function DetailsForm({
  conversation,
  what,
  fields,
  readAgain,
}: {
  conversation: ConversationView
  what: Thing
  fields: FieldsView
  /** What stands there now. */
  readAgain: () => Promise<FieldsView | undefined>
}) {
  const say = useSay()
  const categories = useCategories().data?.categories ?? []
  const perform = usePerform()
  const saving = useSaving()
  const [kept, setKept] = useState(fields)
  const [draft, setDraft] = useState<DetailsDraft>(() => detailsDraft(fields))
  const change = (patch: Partial<DetailsDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const input = detailsInput(kept, draft)
  const isWrong = draft.facts.some((fact) => factProblem(fact, draft.facts) !== null)
  const isReady = Object.keys(input).length > 0 && !isWrong
  const choices = draft.hasOwnCategories ? draft.categories : fields.choices
  async function save() {
    const answer = await saving.run(perform('set-fields', { what, ...input }, say('page.saved')))
    const now = answer.ok ? await readAgain() : undefined
    if (!now) return
    setKept(now)
    setDraft(detailsDraft(now))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void save()
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
            .filter(({ id, isRetired }) => id === draft.category || (!isRetired && choices.includes(id)))
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
        <Select
          label={say('details.primary')}
          description={say('details.primaryHow')}
          data={primaryChoices(insideOf(conversation, what), draft.primary, say)}
          value={draft.primary}
          onChange={(primary) => change({ primary })}
          clearable
          clearButtonProps={{ 'aria-label': say('details.noPrimary') }}
          nothingFoundMessage={say('structure.nobodyFound')}
          comboboxProps={{ withinPortal: false }}
        />
        <Fieldset legend={say('structure.takes')}>
          <div className="details-pair">
            <TextInput
              type="datetime-local"
              label={say('structure.takesFrom')}
              value={draft.takesFrom}
              onChange={(event) => change({ takesFrom: event.currentTarget.value })}
            />
            <TextInput
              type="datetime-local"
              label={say('structure.takesUntil')}
              value={draft.takesUntil}
              onChange={(event) => change({ takesUntil: event.currentTarget.value })}
            />
          </div>
          <Text size="xs" c="dimmed" mt={4}>
            {say('structure.takesHow')}
          </Text>
        </Fieldset>
        <Fieldset legend={say('details.ownCategories')}>
          <Checkbox
            label={say('details.ownCategoriesOn')}
            checked={draft.hasOwnCategories}
            onChange={(event) => change({ hasOwnCategories: event.currentTarget.checked })}
          />
          {draft.hasOwnCategories && (
            <MultiSelect
              mt="xs"
              label={say('details.ownCategoriesWhich')}
              data={categories
                .filter(({ id, isRetired }) => !isRetired || draft.categories.includes(id))
                .map(({ id, name }) => ({ value: id, label: name }))}
              value={draft.categories}
              onChange={(chosen) => change({ categories: chosen })}
              searchable
              nothingFoundMessage={say('structure.nothingFound')}
              comboboxProps={{ withinPortal: false }}
            />
          )}
        </Fieldset>
        {hasAnswers(conversation, what) && (
          <Fieldset legend={say('details.answers')}>
            <Stack gap="xs">
              <Answers answers={draft.answers} onChange={(answers) => change({ answers })} />
            </Stack>
          </Fieldset>
        )}
        <Fieldset legend={say('details.facts')}>
          <Facts facts={draft.facts} onChange={(facts) => change({ facts })} />
        </Fieldset>
        <ProblemNote problem={saving.problem} />
        <div className="details-save">
          <Button type="submit" loading={saving.isBusy} disabled={!isReady}>
            {say('page.save')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
