import type { PlaceRole } from './shape.ts'

/** The face of the site's own people, whose name by language its policy says. Any other face is shown as it is written. */
export const houseFace = 'house'

/** A place as far as its face is concerned. Times are as the database gives them. */
export interface FacedPlace {
  readonly id: string
  readonly interaction: string
  readonly person: string
  readonly role: PlaceRole
  readonly face: string | null
  readonly left: boolean
  readonly joinedAt: string
  readonly leftAt: string | null
  readonly leftBecause: string | null
}

/** A place as it is shown, with all that it stands for. */
export type Shown<P> = P & { readonly behind: readonly string[] }

/** Is somebody behind this face, and knows who else is? Who has a place with it in the conversation; behind the house's, who observes there too. */
export function isBehind(places: readonly FacedPlace[], person: string, face: string): boolean {
  return places.some(
    (own) => own.person === person && (own.face === face || (face === houseFace && own.role === 'observer')),
  )
}

/**
 * The places of one interaction as one person tells them apart (0120, Faces): all behind a face that they are not behind are one, the first of
 * them, that is here while any of them is. Nobody learns by it who comes and goes there. `all`: the places of the conversation.
 */
export function foldFaces<P extends FacedPlace>(places: readonly P[], person: string, all: readonly P[]): Shown<P>[] {
  const shown: Shown<P>[] = []
  const folded = new Set<string>()
  for (const place of places.toSorted(byId)) {
    const { face } = place
    if (face === null || isBehind(all, person, face)) shown.push({ ...place, behind: [place.id] })
    else if (!folded.has(face)) {
      folded.add(face)
      shown.push(foldOne(places.filter((other) => other.face === face).toSorted(byId), place))
    }
  }
  return shown
}

/** The place that one person takes another one for: itself, or the first behind the same face. */
export function seenAs<P extends FacedPlace>(place: P, person: string, all: readonly P[]): P {
  const { face, interaction } = place
  if (face === null || isBehind(all, person, face)) return place
  return all.filter((other) => other.face === face && other.interaction === interaction).toSorted(byId)[0] ?? place
}

function foldOne<P extends FacedPlace>(behind: readonly P[], first: P): Shown<P> {
  const left = behind.every((place) => place.left)
  const times = behind.flatMap(({ leftAt }) => (leftAt === null ? [] : [leftAt]))
  return {
    ...first,
    // Whether it is a person or a script that speaks is behind the face, too.
    role: behind.some(({ role }) => role === 'initiator') ? 'initiator' : 'responder',
    left,
    leftAt: left ? (times.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null) : null,
    leftBecause: null,
    behind: behind.map(({ id }) => id),
  }
}

const byId = (a: FacedPlace, b: FacedPlace) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
