import type { InteractionView, ParticipantView, Role } from '@parley/protocol'
import { sayInteraction } from '../structure/say-thing.ts'
import type { Say, Word } from '../words/words.model.ts'

/** What somebody may change of a place: the server decides, and says so where it decides otherwise. */
export interface PlaceRights {
  name: boolean
  manages: boolean
  role: boolean
  face: boolean
}

export function rightsOver(place: ParticipantView, { participants }: InteractionView, role: Role): PlaceRights {
  const watches = role === 'supervisor' || role === 'administrator'
  const manages = participants.some((own) => own.you && own.state === 'here' && own.manages && own.role !== 'observer')
  const isHere = place.state === 'here' && place.role !== 'virtual'
  const isOwn = place.you && place.role === 'responder'
  const answers = place.role === 'responder'
  return {
    name: isHere && (watches || manages || isOwn),
    manages: isHere && answers && (watches || manages),
    role: isHere && watches && (answers || place.role === 'observer'),
    face: isHere && watches && (answers || place.role === 'initiator'),
  }
}

/** Behind which face somebody stands: none, the site's, or one of a name of its own. */
export interface FaceChoice {
  kind: 'none' | 'house' | 'other'
  name: string
}

export function faceChoice(face: string | null): FaceChoice {
  if (face === null) return { kind: 'none', name: '' }
  return face === 'house' ? { kind: 'house', name: '' } : { kind: 'other', name: face }
}

/** As the server takes it; undefined while the name is missing, or is kept for the site's. */
export function faceMeant({ kind, name }: FaceChoice): string | null | undefined {
  if (kind !== 'other') return kind === 'house' ? 'house' : null
  return name.trim() === '' || name.trim() === 'house' ? undefined : name.trim()
}

export const partWords: Record<ParticipantView['role'], Word> = {
  initiator: 'details.asks',
  responder: 'details.answersOne',
  observer: 'details.watches',
  virtual: 'details.script',
}

/** Places to choose a primary one of, each by its name, with where it is where there are several of that name. */
export function primaryChoices(
  interactions: readonly InteractionView[],
  chosen: string | null,
  say: Say,
): { value: string; label: string }[] {
  const places = interactions.flatMap((view) =>
    view.participants
      .filter(
        ({ id, state, role, alias }) => id === chosen || (state === 'here' && role !== 'observer' && alias !== ''),
      )
      .map((place) => ({ place, view })),
  )
  const isOften = (alias: string) => places.filter(({ place }) => place.alias === alias).length > 1
  return places.map(({ place: { id, alias, you }, view }) => {
    const name = you ? say('list.you') : alias
    return { value: id, label: isOften(alias) ? `${name} · ${sayInteraction(view, say)}` : name }
  })
}
