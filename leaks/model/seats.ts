import { claimsOf, ends, givable, gives } from './claims.ts'
import { type Hand, seatOf, set } from './hand.ts'
import { newcomerSees, seesNoMore } from './let-see.ts'
import { type History, homeOf, type Room, type Seat } from './world.ts'

export function joins(
  hand: Hand,
  room: Room,
  person: string,
  given: { by: string; history: History; historyOf?: Room },
): void {
  if (isIn(room, person)) return
  const { by, history, historyOf = room } = given
  const from = history === 'none' ? Number.POSITIVE_INFINITY : history === 'all' ? 1 : history.from
  const mayGive = givable(hand, historyOf, by, 'all')
  const before = historyOf.slots.filter((slot, index) => index + 1 >= from && mayGive.includes(slot))
  sits(hand, room, person, 'answering')
  if (before.length > 0) gives(hand, historyOf, person, 'grant', before, { by, open: false })
}

export function sits(hand: Hand, room: Room, person: string, role: Seat['role'], manages = false): void {
  if (role === 'observer' ? seatOf(room, person)?.here : isIn(room, person)) return
  takesSeat(hand, room, person, role, manages)
  gives(hand, room, person, 'member', [])
  if (role === 'answering') newcomerSees(hand, room, person)
}

/** Who only watches is not of the circle. */
export function isIn(room: Room, person: string): boolean {
  const seat = seatOf(room, person)
  return Boolean(seat?.here) && seat?.role !== 'observer'
}

export function takesSeat(hand: Hand, room: Room, person: string, role: Seat['role'], manages = false): void {
  const before = seatOf(room, person)
  const seat = before ?? {
    person,
    role,
    manages,
    here: false,
    alias: calledIn(hand, room, person),
    face: role === 'asking' ? faceElsewhere(hand, room, person) : null,
    joined: hand.world.now,
    left: null,
  }
  if (!before) room.seats.push(seat)
  if (seat.role !== role) set(hand, seat, 'role', role)
  comesOrGoes(hand, seat, true)
}

export function leaves(hand: Hand, room: Room, person: string): void {
  const seat = seatOf(room, person)
  if (!seat?.here) return
  comesOrGoes(hand, seat, false)
  for (const claim of claimsOf(hand, room, person)) ends(hand, claim)
  if (room.kind === 'exchange') seesNoMore(hand, room, person)
}

/** Going back on it happens when it is gone back on. */
export function comesOrGoes({ world, back }: Hand, seat: Seat, here: boolean): void {
  const before = seat.here
  const is = (now: boolean) => Object.assign(seat, { here: now, left: now ? null : world.now })
  is(here)
  back.push(() => {
    if (!world.gone.has(seat.person)) is(before)
  })
}

/** Who was erased is called by no name any more, whatever is undone. */
export function renames({ world, back }: Hand, seat: Seat, alias: string): void {
  const before = seat.alias
  seat.alias = alias
  back.push(() => {
    if (!world.gone.has(seat.person)) seat.alias = before
  })
}

/** As they are called in the conversation already; what they are called behind the asker's back is not brought before the asker. */
function calledIn({ world }: Hand, room: Room, person: string): string | null {
  const home = homeOf(world, room)
  const others = [...world.rooms.values()].filter(
    (one) => homeOf(world, one) === home && (room.kind === 'backchannel' || one.kind !== 'backchannel'),
  )
  const seats = others.flatMap((one) => one.seats.filter((seat) => seat.person === person))
  return seats.toSorted((a, b) => a.joined - b.joined).at(-1)?.alias ?? null
}

/** Who asks from behind a face does so wherever they ask in the conversation. */
function faceElsewhere({ world }: Hand, room: Room, person: string): string | null {
  const home = homeOf(world, room)
  const rooms = [...world.rooms.values()].filter((one) => homeOf(world, one) === home)
  const seats = rooms.flatMap((one) => one.seats.filter((seat) => seat.person === person))
  return seats.toSorted((a, b) => a.joined - b.joined).at(-1)?.face ?? null
}
