import { forgetsFields } from './fields.ts'
import { get, homeOf, type Room, type Ticket, type World } from './world.ts'

/** Of a conversation, with all that was merged into it, nothing is left: there is no way back. */
export function erases(world: World, conversation: string): void {
  const said = new Set<string>()
  for (const room of world.rooms.values()) {
    if (homeOf(world, room) !== conversation) continue
    room.erased = true
    for (const { message, besides } of room.slots) if (!besides) said.add(message)
    for (const invitation of world.invitations.values()) if (invitation.room === room.id) invitation.open = false
  }
  // Wherever it was copied to it stands no more.
  for (const { slots } of world.rooms.values()) {
    for (const slot of slots) if (said.has(slot.message)) slot.withdrawn = true
  }
}

/** Their words are gone wherever they stand, and so are they; where they spoke stays an empty place. */
export function erasesPerson(world: World, person: string): void {
  world.gone.add(person)
  for (const [message, author] of world.authors) if (author === person) world.unsaid.add(message)
  for (const { seats } of world.rooms.values()) {
    for (const seat of seats) {
      if (seat.person === person) Object.assign(seat, { here: false, left: seat.left ?? world.now, alias: '–' })
    }
  }
  // What others called what was theirs is gone, too: where conversations were merged, what they asked, and not what others did.
  for (const { id, visitor } of world.conversations.values()) if (visitor === person) forgetsFields(world, id)
  for (const ticket of world.tickets.values()) {
    const rooms = [...world.rooms.values()].filter((room) => room.ticket === ticket.id)
    if (!isAskedBy(world, ticket, rooms, person)) continue
    for (const thing of [ticket, ...rooms]) forgetsFields(world, thing.id)
  }
  for (const members of world.teams.values()) members.delete(person)
  for (const invitation of world.invitations.values()) if (invitation.person === person) invitation.open = false
}

/** Whoever asked on it, also before they had gone; where nobody is said to have, whose conversation it is. */
function isAskedBy(world: World, ticket: Ticket, rooms: readonly Room[], person: string): boolean {
  const seats = rooms.filter(({ kind }) => kind !== 'backchannel').flatMap((room) => room.seats)
  const asking = seats.filter(({ role }) => role === 'asking')
  if (asking.length > 0) return asking.some((seat) => seat.person === person)
  return get(world.conversations, ticket.conversation).visitor === person
}
