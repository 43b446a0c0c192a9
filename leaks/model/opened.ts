import type { Claim, Role, Room, Slot, World } from './world.ts'

/** A conversation as the road begins it: an intake with what was asked, and an exchange with each who was let in. */
export interface Opened {
  readonly conversation: string
  readonly visitor: string
  readonly ticket: string
  readonly intake: string
  readonly asked: string
  readonly exchanges: readonly { readonly id: string; readonly answerer: string; readonly answer: string }[]
}

export function opened(world: World, { conversation, visitor, ticket, intake, asked, exchanges }: Opened): void {
  world.roles.set(visitor, 'visitor')
  world.conversations.set(conversation, {
    id: conversation,
    visitor,
    closed: false,
    mergedInto: null,
    letsSee: null,
  })
  world.tickets.set(ticket, { id: ticket, intake, parent: null, conversation, closed: false })
  const question = room(world, { id: intake, ticket, parent: null, kind: 'intake' }, [asked])
  seat(world, question, visitor, 'asking', question.slots, true)
  world.authors.set(asked, visitor)
  for (const { id, answerer, answer } of exchanges) {
    const exchange = room(world, { id, ticket, parent: intake, kind: 'exchange' }, [answer])
    seat(world, exchange, visitor, 'asking', exchange.slots, true)
    seat(world, exchange, answerer, 'answering', exchange.slots, true)
    gives(world, question, answerer, 'rule', question.slots, false)
    world.authors.set(answer, answerer)
  }
}

/** Somebody of the house. */
export function knownPerson(world: World, person: string, role: Exclude<Role, 'visitor'>): void {
  world.roles.set(person, role)
}

function room(world: World, like: Pick<Room, 'id' | 'ticket' | 'parent' | 'kind'>, messages: string[]): Room {
  const slots = messages.map((message): Slot => ({ message, besides: false, withdrawn: false }))
  const made: Room = {
    ...like,
    whisperer: null,
    closed: false,
    goesOnIn: null,
    erased: false,
    slots,
    teams: new Set(),
    seats: [],
  }
  world.rooms.set(like.id, made)
  return made
}

function seat(
  world: World,
  at: Room,
  person: string,
  role: 'asking' | 'answering',
  slots: readonly Slot[],
  open: boolean,
) {
  at.seats.push({ person, role, manages: false, here: true, alias: null, face: null, joined: world.now, left: null })
  gives(world, at, person, 'member', slots, open)
}

function gives(world: World, at: Room, person: string, basis: Claim['basis'], slots: readonly Slot[], open: boolean) {
  world.claims.push({ person, room: at, basis, by: null, why: '', slots: new Set(slots), open })
}
