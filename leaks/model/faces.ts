import { homeOf, type Room, type Seat, type World } from './world.ts'

/** Does somebody know who stands behind a face there? Who does so too, anywhere in the conversation; behind the house's, who observes. */
function isBehind(world: World, person: string, room: Room, face: string): boolean {
  const home = homeOf(world, room)
  const seats = [...world.rooms.values()].flatMap((one) => (homeOf(world, one) === home ? one.seats : []))
  return seats.some(
    (own) => own.person === person && (own.face === face || (face === 'house' && own.role === 'observer')),
  )
}

export interface Shown {
  /** Who it is, or who it may be. */
  readonly people: readonly string[]
  readonly role: Seat['role']
  readonly here: boolean
  readonly alias: string | null
  /** The face that is all that is shown of them. */
  readonly face: string | null
}

/** All behind one face are one to who is not: here while any of them is, and nobody in particular. */
export function behindFaces(
  world: World,
  { person, room }: { person: string; room: Room },
  seats: readonly Pick<Seat, 'person' | 'role' | 'here' | 'alias' | 'face'>[],
): Shown[] {
  const isMasked = ({ face }: { face: string | null }) => face !== null && !isBehind(world, person, room, face)
  const faces = new Set(seats.flatMap((seat) => (isMasked(seat) ? [seat.face] : [])))
  const asOne = [...faces].map((face): Shown => {
    const behind = seats.filter((seat) => seat.face === face)
    return {
      people: behind.map((seat) => seat.person),
      role: behind.some(({ role }) => role === 'asking') ? 'asking' : 'answering',
      here: behind.some(({ here }) => here),
      ...{ alias: null, face },
    }
  })
  const themselves = seats.filter((seat) => !isMasked(seat))
  return [
    ...themselves.map(({ person: of, role, here, alias }) => ({ people: [of], role, here, alias, face: null })),
    ...asOne,
  ]
}
