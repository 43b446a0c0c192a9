import { claimsOf, ends, givable, gives } from './claims.ts'
import { type Hand, seatOf, set } from './hand.ts'
import { newcomerSees, seesNoMore } from './let-see.ts'
import type { History, Room, Seat } from './world.ts'

export function joins(
  hand: Hand,
  room: Room,
  person: string,
  given: { by: string; history: History; historyOf?: Room },
): void {
  if (seatOf(room, person)?.here) return
  const { by, history, historyOf = room } = given
  const from = history === 'none' ? Number.POSITIVE_INFINITY : history === 'all' ? 1 : history.from
  const mayGive = givable(hand, historyOf, by, 'all')
  const before = historyOf.slots.filter((slot, index) => index + 1 >= from && mayGive.includes(slot))
  sits(hand, room, person, 'answering')
  if (before.length > 0) gives(hand, historyOf, person, 'grant', before, { by, open: false })
}

export function sits(hand: Hand, room: Room, person: string, role: Seat['role'], manages = false): void {
  if (seatOf(room, person)?.here) return
  takesSeat(hand, room, person, role, manages)
  gives(hand, room, person, 'member', [])
  if (role === 'answering') newcomerSees(hand, room, person)
}

export function takesSeat(hand: Hand, room: Room, person: string, role: Seat['role'], manages = false): void {
  const before = seatOf(room, person)
  const seat = before ?? { person, role, manages, here: false }
  if (!before) room.seats.push(seat)
  if (seat.role !== role) set(hand, seat, 'role', role)
  set(hand, seat, 'here', true)
}

export function leaves(hand: Hand, room: Room, person: string): void {
  const seat = seatOf(room, person)
  if (!seat?.here) return
  set(hand, seat, 'here', false)
  for (const claim of claimsOf(hand, room, person)) ends(hand, claim)
  if (room.kind === 'exchange') seesNoMore(hand, room, person)
}
