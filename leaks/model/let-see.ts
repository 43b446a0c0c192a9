import { claimsOf, ends, endsWhy, givable, gives, hasUnder } from './claims.ts'
import { answeringIn, askerOn, type Hand, openRooms, roomsOf, set } from './hand.ts'
import { type Command, get, homeOf, type Room } from './world.ts'

export function letSee(hand: Hand, { by, conversation, on, history }: Extract<Command, { op: 'let-see' }>): void {
  const of = get(hand.world.conversations, conversation)
  const exchanges = openRooms(hand, conversation).filter(({ kind }) => kind === 'exchange')
  // Who asks where others ask, too, ends only what they let see themselves.
  const tickets = [...hand.world.tickets.values()].filter((ticket) => ticket.conversation === conversation)
  const doOthersAsk = tickets.some((ticket) => askerOn(hand, ticket) !== by)
  if (!on && doOthersAsk && get(hand.world.roles, by) !== 'administrator') {
    for (const claim of [...hand.world.claims]) {
      const isTheirs = claim.why === 'let-see' && claim.by === by && homeOf(hand.world, claim.room) === conversation
      if (isTheirs) ends(hand, claim)
    }
    if (of.letsSee?.by === by) set(hand, of, 'letsSee', null)
    return
  }
  // Going back begins with what rights hang on.
  if (!on) for (const room of roomsOf(hand, conversation)) endsWhy(hand, room, 'let-see')
  set(hand, of, 'letsSee', on ? { by, history } : null)
  if (on) for (const own of exchanges) for (const person of answeringIn(own)) seesOthers(hand, own, person)
  hand.back.push(() => {
    if (on) for (const room of roomsOf(hand, conversation)) endsWhy(hand, room, 'let-see')
  })
}

/** As long as they are let see each other, who comes later sees the others of the ticket, and is seen by them. */
export function newcomerSees(hand: Hand, room: Room, person: string): void {
  if (room.kind !== 'exchange' || room.closed) return
  seesOthers(hand, room, person)
  for (const other of othersOf(hand, room))
    for (const own of answeringIn(other)) if (own !== person) seesOne(hand, own, room)
}

/** Whose part in an exchange has ended, and who answers in no other open one of a ticket, is not let see those of it any more. */
export function seesNoMore(hand: Hand, room: Room, person: string): void {
  const home = homeOf(hand.world, room)
  for (const claim of [...hand.world.claims]) {
    if (claim.person !== person || claim.why !== 'let-see' || homeOf(hand.world, claim.room) !== home) continue
    const others = othersOf(hand, claim.room)
    if (!others.some((other) => answeringIn(other).includes(person))) ends(hand, claim)
  }
}

function seesOthers(hand: Hand, own: Room, person: string): void {
  for (const other of othersOf(hand, own)) seesOne(hand, person, other)
}

const othersOf = (hand: Hand, room: Room): Room[] =>
  [...hand.world.rooms.values()].filter((one) => {
    return one !== room && one.ticket === room.ticket && one.kind === 'exchange' && !one.closed
  })

function seesOne(hand: Hand, person: string, room: Room): void {
  const { letsSee } = get(hand.world.conversations, homeOf(hand.world, room))
  if (!letsSee || hasUnder(hand, room, person, 'let-see')) return
  const { by, history } = letsSee
  const anything = get(hand.world.roles, by) === 'administrator'
  const slots = givable(hand, room, by, history, anything)
  // Who was erased reads nothing that comes, and lets nobody else.
  const reads = !hand.world.gone.has(by) && claimsOf(hand, room, by).some((claim) => claim.open)
  const open = anything || reads
  if (open || slots.length > 0) gives(hand, room, person, 'grant', slots, { by, open, why: 'let-see' })
}
