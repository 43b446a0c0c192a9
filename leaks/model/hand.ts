import { get, homeOf, type Room, type Seat, type Ticket, type World } from './world.ts'

/** Does things to the world, and notes how each goes back: not the mirror image, but what the law of undoing says. */
export interface Hand {
  readonly world: World
  readonly back: (() => unknown)[]
}

export const watches = (hand: Hand, person: string) =>
  ['supervisor', 'administrator'].includes(get(hand.world.roles, person))

export const roomsOf = (hand: Hand, conversation: string) =>
  [...hand.world.rooms.values()].filter((room) => homeOf(hand.world, room) === conversation)

export const openRooms = (hand: Hand, conversation: string) =>
  roomsOf(hand, conversation).filter((room) => !room.closed)

/** Another value; undone, it is what it was. */
export function set<T extends object, K extends keyof T>(hand: Hand, of: T, key: K, value: T[K]): void {
  const before = of[key]
  of[key] = value
  hand.back.push(() => {
    of[key] = before
  })
}

export function closes(hand: Hand, thing: { closed: boolean }, closed = true): void {
  set(hand, thing, 'closed', closed)
}

export const seatOf = (room: Room, person: string): Seat | undefined =>
  room.seats.find((seat) => seat.person === person)

const seated = (room: Room, side: Seat['role']) =>
  room.seats.flatMap(({ here, role, person }) => (here && role === side ? [person] : []))
export const askingIn = (room: Room) => seated(room, 'asking')
export const answeringIn = (room: Room) => seated(room, 'answering')

/** Who asks on a ticket: in what it opened with, or where nobody does there, in its exchanges. */
export function askerOn(hand: Hand, { id, intake, conversation }: Ticket): string {
  const rooms = roomsOf(hand, conversation).filter(({ ticket }) => ticket === id)
  const asking = rooms.filter((room) => askingIn(room).length > 0)
  const [first] = askingIn(asking.find((room) => room.id === intake) ?? asking[0] ?? get(hand.world.rooms, intake))
  return first ?? get(hand.world.conversations, conversation).visitor
}
