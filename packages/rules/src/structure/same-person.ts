import type { Change } from './changes.ts'
import { placeOf, type Shape } from './shape.ts'

/** Rows of the person that stand in no structure: addresses, keys and the like, by the names under which `become` lists them. */
export type SamePerson = Readonly<Record<string, readonly string[]>>

/**
 * One person turns out to be another: their places, rights and conversations are that one's, who may read what either could. Where both have
 * a place in one interaction it is one place from now on, and the addresses of the other lead to it.
 */
export function samePerson(shapes: readonly Shape[], person: string, is: string, besides: SamePerson): Change[] {
  const own = shapes.flatMap((shape) =>
    shape.participants.filter((place) => place.person === person).map((place) => ({ shape, place })),
  )
  const twice = own.flatMap(({ shape, place }) => {
    const other = placeOf(shape, place.interaction, is)
    return other ? [{ place, other }] : []
  })
  const kept = own.flatMap(({ place }) => (twice.some((one) => one.place === place) ? [] : [place.id]))
  const rights = shapes.flatMap((shape) => shape.rights.filter((right) => right.person === person).map(({ id }) => id))
  const conversations = shapes.flatMap(({ visitor, conversation }) => (visitor === person ? [conversation] : []))
  const letting = shapes.flatMap(({ letsSee, conversation }) => (letsSee?.by === person ? [conversation] : []))
  return [
    ...twice.flatMap(({ place, other }): Change[] => [
      // Who was here as either is here.
      ...(other.left && !place.left ? [{ kind: 'return', place: other.id } as const] : []),
      ...(place.left ? [] : [{ kind: 'leave', place: place.id, because: null } as const]),
      { kind: 'redirect', place: place.id, was: null, is: other.id },
    ]),
    {
      kind: 'become',
      person,
      is,
      rows: { ...besides, places: kept, words: own.map(({ place }) => place.id), rights, conversations, letting },
    },
  ]
}

/**
 * The two are two again. What the one has come into since, in what was the other's and goes back to them, is the other's: it was said there.
 */
export function twoAgain(
  { person, is, rows }: Extract<Change, { kind: 'become' }>,
  shapes: readonly Shape[],
  backTickets: ReadonlySet<string>,
): Change {
  const { places = [], words = [], rights = [], conversations = [] } = rows
  const since = shapes.flatMap((shape) => {
    const isTheirs = conversations.includes(shape.conversation)
    return shape.participants.filter((place) => {
      const ticket = shape.interactions.get(place.interaction)?.ticket ?? ''
      const goesBack = isTheirs || backTickets.has(ticket)
      return goesBack && place.person === is && place.role === 'initiator' && !places.includes(place.id)
    })
  })
  // Where the other has a place already, theirs is that one.
  const free = since.filter((place) => !shapes.some((shape) => placeOf(shape, place.interaction, person) !== undefined))
  const inside = new Set(free.map(({ interaction }) => interaction))
  const theirs = shapes.flatMap((shape) =>
    shape.rights.flatMap(({ id, person: holder, interaction }) =>
      holder === is && inside.has(interaction) && !rights.includes(id) ? [id] : [],
    ),
  )
  const came = free.map(({ id }) => id)
  return {
    kind: 'become',
    person: is,
    is: person,
    rows: { ...rows, places: [...places, ...came], words: [...words, ...came], rights: [...rights, ...theirs] },
  }
}
