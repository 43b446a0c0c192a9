import { behindFaces, type Shown } from './faces.ts'
import { fieldsShown, fieldsToldTo, type ShownFields } from './fields.ts'
import { isSealedIn } from './sealing.ts'
import { get, homeOf, isLetSee, knows, type Room, reads, type Seat, type World } from './world.ts'

/** How one person sees one room: everything of it that is theirs to know. */
export interface ShownRoom {
  readonly id: string
  readonly conversation: string
  readonly messages: readonly string[]
  readonly seats: readonly Shown[]
  /** What the house writes beside it, as far as they are shown it. */
  readonly fields: ShownFields
  /** All that is said there is sealed; who asks is not told so. */
  readonly sealed: boolean
}

/** What somebody may know of a room. */
export function shownOf(world: World, person: string, room: Room): ShownRoom {
  const asks = get(world.roles, person) === 'visitor'
  return {
    ...{ id: room.id, conversation: homeOf(world, room) },
    messages: reads(world, person, room).map(({ message }) => message),
    seats: seatsShown(world, person, room),
    fields: fieldsShown(world, person, room.id),
    sealed: !asks && isSealedIn(world, room),
  }
}

/** Everything that somebody may know, as one text: when it stays the same, nothing that they can obtain may change. */
export function allShownTo(world: World, person: string): string {
  const rooms = [...world.rooms.values()].filter((room) => knows(world, person, room))
  const told = fieldsToldTo(world, person)
  const known = new Set(rooms.map(({ id }) => id))
  const all = rooms.map((room) => {
    const { closed: isTicketClosed, id } = get(world.tickets, room.ticket)
    const home = homeOf(world, room)
    const { closed } = get(world.conversations, home)
    const parent = room.parent !== null && known.has(room.parent) ? room.parent : null
    const own = room.seats.find((seat) => seat.person === person)
    // Whether somebody is looked for is a ticket's, and who asks is told of it.
    const knowsTicket = told.has('tickets') || own?.role === 'asking'
    const beside = [...(told.has('tickets') ? [id] : []), homeOf(world, room)]
    const named = beside.map((thing) => [fieldsShown(world, person, thing), world.sealed.has(thing)])
    const sealed = reads(world, person, room).map(({ message }) => world.sealed.has(message))
    return [
      ...[shownOf(world, person, room), parent, room.closed, isTicketClosed, closed, sealed, isLetSee(world, home)],
      ...[world.unsaid.size, goesOn(world, person, room), own?.manages, knowsTicket ? room.ticket : null, named],
      ...(own?.role === 'asking' ? [] : [room.seats.map(({ manages }) => manages)]),
    ]
  })
  const links = [...world.links].filter(([a, b]) => told.has('links') && known.has(a) && known.has(b))
  // What they did themselves, and whether it stands.
  const own = [...world.done.values()].filter(({ by }) => by === person)
  // What was erased, and what names somebody who was, is not undone any more.
  const done = own.map(({ undone, rooms }) => [undone, rooms.some(({ erased }) => erased), world.gone.size])
  return JSON.stringify([all, links.length, done])
}

const watching: readonly string[] = ['supervisor', 'administrator']

/** Who observes is seen by who watches and who observes; whose own part has ended sees nobody come or go since. */
function seatsShown(world: World, person: string, room: Room): Shown[] {
  const own = room.seats.find((seat) => seat.person === person)
  const seesObservers = watching.includes(get(world.roles, person)) || (own?.role === 'observer' && own.here)
  const ended = !goesOn(world, person, room) && own && own.left !== null ? own.left : Number.POSITIVE_INFINITY
  const seen = room.seats
    .flatMap((seat) => (seesObservers || seat === own ? [seat] : withoutWatching(world, room, seat)))
    .filter(({ joined }) => joined <= ended)
    .map(({ left, ...seat }) => ({ ...seat, here: left === null || left > ended }))
  return behindFaces(world, { person, room }, seen)
}

const goesOn = (world: World, person: string, room: Room): boolean =>
  world.claims.some((claim) => claim.person === person && claim.room === room && claim.open)

/** Who answered before and only watches now has gone, for whoever does not see that they watch. */
function withoutWatching({ claims }: World, room: Room, seat: Seat): Seat[] {
  if (seat.role !== 'observer') return [seat]
  const answered = claims.some(
    ({ person, room: of, basis }) => person === seat.person && of === room && basis === 'member',
  )
  return answered ? [{ ...seat, role: 'answering', here: false, left: seat.joined }] : []
}
