import { get, homeOf, knows, type Room, reads, type Seat, type World } from './world.ts'

/** How one person sees one room: everything of it that is theirs to know. */
export interface ShownRoom {
  readonly id: string
  readonly conversation: string
  readonly messages: readonly string[]
  readonly seats: readonly ShownSeat[]
  /** What the house calls it; to those who answer from outside, and to who asks, it is called nothing. */
  readonly name: string
}
interface ShownSeat {
  readonly person: string
  readonly role: Seat['role']
  readonly here: boolean
  readonly alias: string | null
}

/** What somebody may know of a room. */
export function shownOf(world: World, person: string, room: Room): ShownRoom {
  const works = ['operator', ...watching].includes(get(world.roles, person))
  return {
    ...{ id: room.id, conversation: homeOf(world, room) },
    messages: reads(world, person, room).map(({ message }) => message),
    seats: seatsShown(world, person, room),
    name: (works && world.names.get(room.id)) || '',
  }
}

/** Everything that somebody may know, as one text: when it stays the same, nothing that they can obtain may change. */
export function allShownTo(world: World, person: string): string {
  const rooms = [...world.rooms.values()].filter((room) => knows(world, person, room))
  const works = ['operator', ...watching].includes(get(world.roles, person))
  const known = new Set(rooms.map(({ id }) => id))
  const all = rooms.map((room) => {
    const { closed: isTicketClosed, id } = get(world.tickets, room.ticket)
    const { closed, sealed, letsSee } = get(world.conversations, homeOf(world, room))
    const parent = room.parent !== null && known.has(room.parent) ? room.parent : null
    const own = room.seats.find((seat) => seat.person === person)
    // Whether somebody is looked for is a ticket's, and who asks is told of it.
    const knowsTicket = works || own?.role === 'asking'
    const named = works ? [id, homeOf(world, room)].map((thing) => world.names.get(thing) ?? '') : []
    return [
      ...[shownOf(world, person, room), parent, room.closed, isTicketClosed, closed, sealed, letsSee !== null],
      ...[world.unsaid.size, goesOn(world, person, room), own?.manages, knowsTicket ? room.ticket : null, named],
      ...(own?.role === 'asking' ? [] : [room.seats.map(({ manages }) => manages)]),
    ]
  })
  const links = [...world.links].filter(([a, b]) => works && known.has(a) && known.has(b))
  // What they did themselves, and whether it stands.
  const done = [...world.done.values()].filter(({ by }) => by === person).map(({ undone }) => undone)
  return JSON.stringify([all, links.length, done])
}

const watching: readonly string[] = ['supervisor', 'administrator']

/** Who observes is seen by who watches and who observes; whose own part has ended sees nobody come or go since. */
function seatsShown(world: World, person: string, room: Room): ShownSeat[] {
  const own = room.seats.find((seat) => seat.person === person)
  const seesObservers = watching.includes(get(world.roles, person)) || (own?.role === 'observer' && own.here)
  const ended = !goesOn(world, person, room) && own && own.left !== null ? own.left : Number.POSITIVE_INFINITY
  return room.seats
    .filter((seat) => seesObservers || seat === own || seat.role !== 'observer')
    .filter(({ joined }) => joined <= ended)
    .map(({ person: of, role, left, alias }) => ({ person: of, role, here: left === null || left > ended, alias }))
}

const goesOn = (world: World, person: string, room: Room): boolean =>
  world.claims.some((claim) => claim.person === person && claim.room === room && claim.open)
