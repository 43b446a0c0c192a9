import { Button, Checkbox, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import type { ParticipantView } from '@parley/protocol'
import { useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { usePerform } from '../structure/use-perform.ts'
import { useSay } from '../words/words.tsx'
import type { PlaceRights } from './places.model.ts'

/** What somebody is called at one place, whether they manage there, and whether they only watch. */
export function PlaceForm({ place, may, onDone }: { place: ParticipantView; may: PlaceRights; onDone: () => void }) {
  const say = useSay()
  const perform = usePerform()
  const saving = useSaving()
  const [alias, setAlias] = useState(place.alias)
  const [manages, setManages] = useState(place.manages === true)
  const [isObserver, setObserver] = useState(place.role === 'observer')
  const wanted = {
    ...(alias.trim() !== place.alias && alias.trim() !== '' ? { alias: alias.trim() } : {}),
    ...(manages !== (place.manages === true) ? { manages } : {}),
    ...(isObserver !== (place.role === 'observer') ? { role: isObserver ? 'observer' : 'responder' } : {}),
  }
  const isReady = Object.keys(wanted).length > 0
  async function save() {
    const answer = await saving.run(perform('set-place', { participant: place.id, ...wanted }, say('page.saved')))
    if (answer.ok) onDone()
  }
  return (
    <form
      className="place-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void save()
      }}
    >
      <Stack gap="xs">
        {may.name && (
          <TextInput
            label={say('structure.alias')}
            description={say('structure.callThemHow')}
            value={alias}
            maxLength={60}
            dir="auto"
            onChange={(event) => setAlias(event.currentTarget.value)}
          />
        )}
        {may.role && (
          <SegmentedControl
            aria-label={say('details.part')}
            value={isObserver ? 'observer' : 'responder'}
            onChange={(value) => setObserver(value === 'observer')}
            data={[
              { value: 'responder', label: say('details.answersOne') },
              { value: 'observer', label: say('details.watches') },
            ]}
          />
        )}
        {may.manages && !isObserver && (
          <Checkbox
            label={say('details.manages')}
            description={say('details.managesHow')}
            checked={manages}
            onChange={(event) => setManages(event.currentTarget.checked)}
          />
        )}
        <ProblemNote problem={saving.problem} />
        <Group gap="xs">
          <Button type="submit" size="xs" loading={saving.isBusy} disabled={!isReady}>
            {say('page.save')}
          </Button>
          <Button variant="default" size="xs" onClick={onDone}>
            {say('page.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
