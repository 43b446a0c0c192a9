import type { InteractionId, PersonId } from '@parley/model'
import { hasAnswered, watches } from '@parley/rules'
import type { Role } from '../db/index.ts'
import type { ParticipantPlace, Structure } from '../road/index.ts'

/**
 * The places in an interaction as one reader may know of them. Observers are seen by each other and by those who may watch; to others who
 * answered before and watches now has gone, nobody knows when; and whose own part has ended sees who was there until then, and nothing of who comes and goes since.
 */
export function placesSeen(
  structure: Structure,
  interaction: InteractionId,
  viewer: { person: PersonId; role: Role | null; goesOn: boolean },
): ParticipantPlace[] {
  const inside = structure.participants.filter((place) => place.interaction === interaction)
  const self = inside.find(({ person }) => person === viewer.person)
  const seesObservers = watches(viewer) || (self?.role === 'observer' && !self.left)
  const seen = seesObservers ? inside : inside.flatMap((place) => (place === self ? [place] : unseen(structure, place)))
  const ended = !viewer.goesOn && self?.leftAt ? Date.parse(self.leftAt) : null
  if (ended === null) return seen
  return seen.flatMap((place) => {
    if (Date.parse(place.joinedAt) > ended) return []
    const isStillThere = place.leftAt !== null && Date.parse(place.leftAt) > ended
    return [isStillThere ? { ...place, left: false, leftAt: null, leftBecause: null } : place]
  })
}

/** A place as it is shown to whoever does not see who watches. */
function unseen(structure: Structure, place: ParticipantPlace): ParticipantPlace[] {
  if (place.role !== 'observer') return [place]
  const gone = { role: 'responder', left: true, leftAt: null, leftBecause: null } as const
  return hasAnswered(structure, place) ? [{ ...place, ...gone }] : []
}

/** Do they watch, and are shown as gone? Then nothing is told of how far they have come. */
export const isShownGone = ({ left, leftAt }: ParticipantPlace): boolean => left && leftAt === null
