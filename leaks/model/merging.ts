import { claimsOf, gives } from './claims.ts'
import { closes, type Hand, seatOf, set } from './hand.ts'
import { moves } from './rooms.ts'
import { isIn, sits, takesSeat } from './seats.ts'
import { type Answer, type Command, type Conversation, get, type Ticket, type World } from './world.ts'

export function merges(
  hand: Hand,
  { what, into, from, samePerson }: Extract<Command, { op: 'merge' }>,
  answer: Answer,
): unknown {
  const world = hand.world
  for (const id of answer.closed ?? []) closes(hand, get(world.rooms, id))
  if (what === 'ticket') {
    for (const room of world.rooms.values()) if (room.ticket === from) moves(hand, room, into)
    return closes(hand, get(world.tickets, from))
  }
  if (what === 'room') {
    const [target, source] = [get(world.rooms, into), get(world.rooms, from)]
    for (const { person, here, role, face, alias } of [...source.seats]) {
      // Who is of the circle there and only watched here is of the circle here from now on.
      if (!here || (role === 'observer' ? seatOf(target, person)?.here : isIn(target, person))) continue
      const isNew = !seatOf(target, person)
      if (role !== 'observer') sits(hand, target, person, role)
      else {
        takesSeat(hand, target, person, role)
        gives(hand, target, person, 'observer', [])
      }
      // Who came in behind a face stands behind it where it goes on, and is called as before.
      const seat = seatOf(target, person)
      if (isNew && seat) Object.assign(seat, { face: face ?? seat.face, alias: role === 'asking' ? seat.alias : alias })
    }
    set(hand, source, 'goesOnIn', into)
    return closes(hand, source)
  }
  const [kept, gone] = [get(world.conversations, into), get(world.conversations, from)]
  const moved = [...world.tickets.values()].filter((ticket) => ticket.conversation === from)
  if (samePerson && kept.visitor !== gone.visitor) becomes(hand, gone.visitor, kept.visitor, moved)
  for (const ticket of moved) set(hand, ticket, 'conversation', into)
  // What was split off since goes back with what it was split from.
  hand.back.push(() => {
    for (const ticket of world.tickets.values()) if (moved.includes(rootOf(world, ticket))) ticket.conversation = from
  })
  set(hand, gone, 'mergedInto', into)
}

function becomes(hand: Hand, person: string, is: string, tickets: readonly Ticket[]): void {
  const rooms = [...hand.world.rooms.values()]
  const claims = hand.world.claims.filter((claim) => claim.person === person)
  const owned = [...claims, ...rooms.flatMap(({ seats }) => seats.filter((seat) => seat.person === person))]
  for (const one of owned) set(hand, one, 'person', is)
  const letting = [...hand.world.conversations.values()].filter(({ letsSee }) => letsSee?.by === person)
  letsSeeAs(letting, person, is)
  hand.back.push(() => letsSeeAs(letting, is, person))
  const { authors } = hand.world
  const said = [...authors].flatMap(([message, author]) => (author === person ? [message] : []))
  for (const message of said) authors.set(message, is)
  hand.back.push(() => {
    for (const message of said) authors.set(message, person)
  })
  // What they have come into since, in what goes back, is theirs: it was said there.
  hand.back.push(() => {
    const back = [...hand.world.rooms.values()].filter(({ ticket }) => {
      return tickets.includes(rootOf(hand.world, get(hand.world.tickets, ticket)))
    })
    for (const room of back.filter((one) => !rooms.includes(one))) {
      const seat = room.seats.find((each) => each.person === is && each.role === 'asking')
      for (const one of seat ? [seat, ...claimsOf(hand, room, is)] : []) one.person = person
    }
  })
}

/** Who lets those who answer see each other there, as long as they are. */
function letsSeeAs(conversations: readonly Conversation[], was: string, by: string): void {
  for (const one of conversations) if (one.letsSee?.by === was) one.letsSee = { ...one.letsSee, by }
}

/** What a ticket was split from at first. */
function rootOf(world: World, ticket: Ticket): Ticket {
  return ticket.parent === null ? ticket : rootOf(world, get(world.tickets, ticket.parent))
}
