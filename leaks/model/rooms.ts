import type { Hand } from './hand.ts'
import { isSealedIn } from './sealing.ts'
import { type Answer, get, type Room, type Slot } from './world.ts'

/** At the end of a room: for everyone whose claim is open. Besides: it stands elsewhere, and can be taken back from here. */
export function place(hand: Hand, room: Room, message: string, besides = false): void {
  const slot: Slot = { message, besides, withdrawn: false }
  room.slots.push(slot)
  if (!besides && isSealedIn(hand.world, room)) hand.world.hushed.add(message)
  for (const claim of hand.world.claims) if (claim.room === room && claim.open) claim.slots.add(slot)
  if (besides) hand.back.push(() => Object.assign(slot, { withdrawn: true }))
}

/** Those of these messages that stand in a room, in their order. */
export const standing = (room: Room, messages: readonly string[]): string[] =>
  room.slots.filter((slot) => !slot.withdrawn && messages.includes(slot.message)).map(({ message }) => message)

export function opens(hand: Hand, id: string, ticket: string, like: Partial<Room>): Room {
  const room: Room = {
    ...{
      id,
      ticket,
      parent: null,
      kind: 'backchannel',
      whisperer: null,
      closed: false,
      goesOnIn: null,
      erased: false,
      slots: [],
      teams: new Set(),
      seats: [],
    },
    ...like,
  }
  hand.world.rooms.set(id, room)
  hand.back.push(() => Object.assign(room, { closed: true }))
  return room
}

export function opensTicket(hand: Hand, like: string, { ticket, intake }: Answer): void {
  const { conversation } = get(hand.world.tickets, like)
  const made = { id: ticket ?? '', intake: intake ?? '', parent: like, conversation, closed: false }
  hand.world.tickets.set(made.id, made)
  hand.back.push(() => Object.assign(made, { closed: true }))
  const category = hand.world.fields.get(like)?.get('category')
  if (category) hand.world.fields.set(made.id, new Map([['category', category]]))
  if (hand.world.sealed.has(like)) hand.world.sealed.add(made.id)
  if (intake) opens(hand, intake, made.id, { kind: 'intake' })
}

/** With the backchannels that were opened from it; and back with those that were opened since. */
export function moves(hand: Hand, room: Room, ticket: string): void {
  const before = room.ticket
  if (before === ticket) return
  moveWith(hand, room, ticket)
  hand.back.push(() => moveWith(hand, room, before))
}

function moveWith(hand: Hand, room: Room, ticket: string): void {
  const before = room.ticket
  room.ticket = ticket
  for (const one of hand.world.rooms.values()) {
    if (one.parent === room.id && one.kind === 'backchannel' && one.ticket === before) moveWith(hand, one, ticket)
  }
}
