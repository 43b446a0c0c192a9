import { becameOf, homeOf, type Room, type World } from './world.ts'

/** All that is said there is sealed: it is, or what it is part of. */
export const isSealedIn = (world: World, room: Room): boolean =>
  [room.id, room.ticket, homeOf(world, room)].some((id) => world.sealed.has(id))

/** What is opened from what is sealed is sealed from its beginning. */
export function beginsAs(world: World, room: Room, source: Room): void {
  if (isSealedIn(world, source)) world.sealed.add(room.id)
}

/** What is part of what is sealed is sealed, wherever else it stands, and stays so, whatever is done to it afterwards. */
export function settles(world: World): void {
  const { sealed } = world
  for (const { id } of world.conversations.values()) if (sealed.has(becameOf(world, id))) sealed.add(id)
  for (const { id, conversation } of world.tickets.values()) if (sealed.has(conversation)) sealed.add(id)
  for (const room of world.rooms.values()) {
    if (!isSealedIn(world, room)) continue
    sealed.add(room.id)
    for (const { message } of room.slots) sealed.add(message)
  }
}
