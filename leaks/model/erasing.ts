import { forgetsFields } from './fields.ts'
import { homeOf, type World } from './world.ts'

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
  // What others called what was theirs is gone, too.
  for (const { id, visitor } of world.conversations.values()) {
    if (visitor !== person) continue
    const rooms = [...world.rooms.values()].filter((room) => homeOf(world, room) === id)
    const tickets = [...world.tickets.values()].filter(({ conversation }) => conversation === id)
    for (const thing of [id, ...tickets.map((ticket) => ticket.id), ...rooms.map((room) => room.id)])
      forgetsFields(world, thing)
  }
  for (const members of world.teams.values()) members.delete(person)
  for (const invitation of world.invitations.values()) if (invitation.person === person) invitation.open = false
}
