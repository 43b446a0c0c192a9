import { Button, Checkbox, Group, NativeSelect, SegmentedControl, Stack, TextInput } from '@mantine/core'
import type { ParticipantView } from '@parley/protocol'
import { useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSaving } from '../settings/use-saving.ts'
import { usePerform } from '../structure/use-perform.ts'
import { useSay } from '../words/words.tsx'
import { type FaceChoice, faceChoice, faceMeant, type PlaceRights } from './places.model.ts'

interface Props {
  place: ParticipantView
  may: PlaceRights
  /** The face that they stand behind; undefined while that is not known. */
  face: string | null | undefined
  onDone: () => void
}

/** What somebody is called at one place, behind which face they stand, whether they manage there, and whether they only watch. */
export function PlaceForm({ place, may, face, onDone }: Props) {
  const say = useSay()
  const perform = usePerform()
  const saving = useSaving()
  // What was not touched here follows what colleagues make of it.
  const [touched, touch] = useState<{ alias?: string; manages?: boolean; isObserver?: boolean }>({})
  const { alias = place.alias, manages = place.manages === true, isObserver = place.role === 'observer' } = touched
  const setTouched = (patch: typeof touched) => touch((before) => ({ ...before, ...patch }))
  const [chosen, choose] = useState<FaceChoice | null>(null)
  const shown = chosen ?? faceChoice(face ?? null)
  const meant = faceMeant(shown)
  const wanted = {
    ...(alias.trim() !== place.alias && alias.trim() !== '' ? { alias: alias.trim() } : {}),
    ...(manages !== (place.manages === true) ? { manages } : {}),
    ...(chosen && meant !== undefined && meant !== face ? { face: meant } : {}),
    ...(isObserver !== (place.role === 'observer') ? { role: isObserver ? 'observer' : 'responder' } : {}),
  }
  const isReady = Object.keys(wanted).length > 0 && meant !== undefined
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
            onChange={(event) => setTouched({ alias: event.currentTarget.value })}
          />
        )}
        {may.face && face !== undefined && !isObserver && (
          <>
            <NativeSelect
              label={say('details.face')}
              description={say('details.faceHow')}
              value={shown.kind}
              onChange={(event) => choose({ ...shown, kind: event.currentTarget.value as FaceChoice['kind'] })}
              data={[
                { value: 'none', label: say('details.faceNone') },
                { value: 'house', label: say('details.faceHouse') },
                { value: 'other', label: say('details.faceOther') },
              ]}
            />
            {shown.kind === 'other' && (
              <TextInput
                label={say('details.faceName')}
                required
                value={shown.name}
                maxLength={60}
                dir="auto"
                onChange={(event) => choose({ kind: 'other', name: event.currentTarget.value })}
              />
            )}
          </>
        )}
        {may.role && (
          <SegmentedControl
            aria-label={say('details.part')}
            value={isObserver ? 'observer' : 'responder'}
            onChange={(value) => setTouched({ isObserver: value === 'observer' })}
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
            onChange={(event) => setTouched({ manages: event.currentTarget.checked })}
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
