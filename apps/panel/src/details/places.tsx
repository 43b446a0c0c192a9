import { Badge, Button, Text } from '@mantine/core'
import type { ConversationView, InteractionView, ParticipantView } from '@parley/protocol'
import { useState } from 'react'
import { Face } from '../conversations/face.tsx'
import { useMe } from '../settings/me.queries.ts'
import type { Thing } from '../structure/dialogs.model.ts'
import { useFields } from '../structure/fields.queries.ts'
import { sayInteraction } from '../structure/say-thing.ts'
import { useSay } from '../words/words.tsx'
import { insideOf } from './details.model.ts'
import { PlaceForm } from './place-form.tsx'
import { partWords, rightsOver } from './places.model.ts'

/** Who is in it, by what they are called there. What may be changed of a place opens below it. */
export function Places({ conversation, what }: { conversation: ConversationView; what: Thing }) {
  const say = useSay()
  const shown = insideOf(conversation, what).filter(({ participants }) => participants.length > 0)
  return (
    <section className="places" aria-labelledby="places-title">
      <h3 id="places-title">{say('details.places')}</h3>
      {shown.map((view) => (
        <div key={view.id}>
          {shown.length > 1 && (
            <Text size="xs" c="dimmed">
              <bdi>{sayInteraction(view, say)}</bdi>
            </Text>
          )}
          <ul>
            {view.participants
              .filter(({ state, alias }) => state === 'here' && alias !== '')
              .map((place) => (
                <Place key={place.id} place={place} view={view} what={what} isOpen={conversation.state === 'open'} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

interface PlaceProps {
  place: ParticipantView
  view: InteractionView
  what: Thing
  isOpen: boolean
}

function Place({ place, view, what, isOpen }: PlaceProps) {
  const say = useSay()
  const role = useMe().data?.role ?? 'responder'
  const [isEdited, setEdited] = useState(false)
  const may = rightsOver(place, view, role)
  const mayEdit = isOpen && (may.name || may.manages || may.role)
  const fields = useFields(what, mayEdit && isEdited && may.face)
  const face = fields.data?.faces && (fields.data.faces[place.id] ?? null)
  return (
    <li className="place">
      <div className="place-top">
        <Face alias={place.alias} colour={place.colour} />
        <span className="grow">
          <bdi>{place.alias}</bdi>{' '}
          <Text component="span" size="sm" c="dimmed">
            {say(partWords[place.role])}
          </Text>
        </span>
        {place.you && (
          <Badge variant="default" className="state">
            {say('list.you')}
          </Badge>
        )}
        {place.manages && (
          <Badge variant="light" className="state">
            {say('details.managesOne')}
          </Badge>
        )}
        {mayEdit && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isEdited}
            aria-label={say('details.changePlace', { who: place.alias })}
            onClick={() => setEdited(!isEdited)}
          >
            {say('details.change')}
          </Button>
        )}
      </div>
      {mayEdit && isEdited && <PlaceForm place={place} may={may} face={face} onDone={() => setEdited(false)} />}
    </li>
  )
}
