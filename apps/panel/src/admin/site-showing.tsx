import { Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { Section } from '../settings/section.tsx'
import type { Word } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { houseFields, type PolicyForm } from './policy.model.ts'

const fieldWords: Record<(typeof houseFields)[number], Word> = {
  name: 'structure.name',
  category: 'structure.category',
  tags: 'structure.tags',
  folder: 'structure.folder',
  links: 'sites.fieldsLinks',
  tickets: 'sites.fieldsTickets',
}

/** Who is seen, what of the house's own is shown, and what becomes of a conversation afterwards. */
export function SiteShowing({ form, onChange }: { form: PolicyForm; onChange: (part: Partial<PolicyForm>) => void }) {
  const { say } = useWords()
  const shown = (label: Word, name: 'visitorFields' | 'responderFields') => (
    <Checkbox.Group
      label={say(label)}
      description={say('sites.fieldsHow')}
      value={form[name]}
      onChange={(chosen) => onChange({ [name]: chosen })}
    >
      <Group mt="xs">
        {houseFields.map((field) => (
          <Checkbox key={field} value={field} label={say(fieldWords[field])} />
        ))}
      </Group>
    </Checkbox.Group>
  )
  return (
    <Section title={say('sites.showing')}>
      <Stack gap="sm">
        <Select
          label={say('sites.face')}
          description={say('sites.faceHow')}
          data={[
            { value: 'named', label: say('sites.faceNamed') },
            { value: 'one', label: say('sites.faceOne') },
          ]}
          value={form.face}
          allowDeselect={false}
          onChange={(face) => face && onChange({ face: face === 'one' ? 'one' : 'named' })}
        />
        {form.face === 'one' && (
          <TextInput
            label={say('sites.faceName')}
            description={say('sites.faceNameHow')}
            value={form.faceName}
            maxLength={64}
            onChange={(event) => onChange({ faceName: event.currentTarget.value })}
          />
        )}
        {shown('sites.fieldsVisitor', 'visitorFields')}
        {shown('sites.fieldsResponder', 'responderFields')}
        <NumberInput
          label={say('sites.reopen')}
          description={say('sites.reopenHow')}
          min={0}
          max={3_650}
          allowDecimal={false}
          value={form.reopenWithin}
          onChange={(days) => onChange({ reopenWithin: Number(days) })}
        />
        <Select
          label={say('sites.encryption')}
          description={say('sites.encryptionHow', { document: 'docs/operate/sealing.md' })}
          data={[
            { value: 'none', label: say('sites.encryptionNone') },
            { value: 'sealed', label: say('sites.encryptionSealed') },
          ]}
          value={form.encryption}
          allowDeselect={false}
          onChange={(encryption) => encryption && onChange({ encryption })}
        />
      </Stack>
    </Section>
  )
}
