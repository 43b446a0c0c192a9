import { gives } from './claims.ts'
import { askingIn, closes, type Hand } from './hand.ts'
import { opens } from './rooms.ts'
import { beginsAs } from './sealing.ts'
import { leaves, sits } from './seats.ts'
import { type Answer, type Command, get, homeOf, type Room } from './world.ts'

/** The house gives all that was said on the ticket in what is over. */
export function transfers(hand: Hand, { ticket }: Extract<Command, { op: 'transfer' }>, answer: Answer): void {
  const { rooms } = hand.world
  const before = [...rooms.values()].filter((room) => room.ticket === ticket)
  for (const { room, person } of answer.taken ?? []) leaves(hand, get(rooms, room), person)
  for (const id of answer.closed ?? []) closes(hand, get(rooms, id))
  if (!answer.room) return
  const intake = get(rooms, get(hand.world.tickets, ticket).intake)
  const isOver = (each: Room) => each.kind === 'intake' || (each.kind === 'exchange' && each.closed)
  const room = rooms.get(answer.room) ?? opens(hand, answer.room, ticket, { parent: intake.id, kind: 'exchange' })
  // What goes on from what is sealed is sealed from its beginning.
  if (!before.includes(room)) for (const each of before.filter(isOver)) beginsAs(hand.world, room, each)
  for (const person of askingOn(hand, before, intake)) sits(hand, room, person, 'asking')
  for (const person of answer.joined ?? []) {
    sits(hand, room, person, 'answering')
    for (const each of before) {
      if (isOver(each) && each.slots.length > 0) gives(hand, each, person, 'rule', each.slots, { open: false })
    }
  }
}

/** Who asks on a ticket: in what it opened with, or where that was empty in its exchanges. */
function askingOn(hand: Hand, rooms: readonly Room[], intake: Room): Set<string> {
  const there = askingIn(intake)
  const asking = new Set(there.length > 0 ? there : rooms.filter(({ kind }) => kind === 'exchange').flatMap(askingIn))
  if (asking.size > 0) return asking
  const { visitor } = get(hand.world.conversations, homeOf(hand.world, intake))
  // Who was erased is let in nowhere any more.
  return new Set(hand.world.gone.has(visitor) ? [] : [visitor])
}
