import { isSealedIn } from './sealing.ts'
import { becameOf, type Command, get, homeOf, knows, type Room, reads, type Seat, type World } from './world.ts'

/**
 * Why a command has to be refused, whatever else is allowed; null when the house may do it. `not-there` is the one answer for what is not
 * there and what is not theirs.
 */
export function mustRefuse(world: World, command: Command): 'not-there' | 'not-allowed' | 'no-more' | null {
  const { by } = command
  const role = world.roles.get(by)
  if (!role || world.gone.has(by)) return 'not-there'
  const watches = role === 'supervisor' || role === 'administrator'
  const isOf = roomsNamed(world, command)
  if (!isOf) return 'not-there'
  const { rooms, any } = isOf
  const has = (room: Room) => watches || knows(world, by, room) || seatIn(room, by) !== undefined
  const noneOfTheirs = rooms.length > 0 && (any ? !rooms.some(has) : !rooms.every(has))
  if (noneOfTheirs || rooms.some(({ erased }) => erased)) return 'not-there'
  if (namesGone(world, command)) return 'not-allowed'
  if (role === 'visitor' && !visitorsMay.includes(command.op)) return 'not-allowed'
  return particular(world, command, { watches, works: watches || role === 'operator' })
}

/** What the asking side may do at all. */
const visitorsMay = ['say', 'close', 'reopen', 'let-see', 'undo', 'leave', 'seal']

function particular(world: World, command: Command, { watches, works }: { watches: boolean; works: boolean }) {
  const { by } = command
  const mustWork = (ok: boolean) => (ok ? null : 'not-allowed')
  switch (command.op) {
    case 'say':
      for (const id of command.rooms) {
        const room = get(world.rooms, id)
        const seat = seatIn(room, by)
        if (!seat) return knows(world, by, room) ? 'not-allowed' : 'not-there'
        if (seat.role === 'observer') return 'not-allowed'
        if (room.closed || get(world.conversations, homeOf(world, room)).closed) return 'no-more'
      }
      return null
    case 'file':
    case 'copy': {
      const answers = command.op === 'file' && seatIn(get(world.rooms, command.room), by)?.role === 'answering'
      if (!works && !answers) return 'not-allowed'
      if (command.op === 'file') return null
      const readable = reads(world, by, get(world.rooms, command.from)).map(({ message }) => message)
      const room = get(world.rooms, command.to)
      const seat = seatIn(room, by)
      if (!command.messages.every((message) => readable.includes(message))) return 'not-there'
      if (room.closed) return 'no-more'
      // What is sealed leaves its conversation only for where everything is.
      const leaves = homeOf(world, get(world.rooms, command.from)) !== homeOf(world, room)
      if (leaves && !isSealedIn(world, room) && command.messages.some((id) => world.sealed.has(id)))
        return 'not-allowed'
      return mustWork(seat !== undefined && seat.role !== 'observer')
    }
    case 'leave':
      return seatIn(get(world.rooms, command.room), by) ? null : 'not-allowed'
    case 'open-backchannel':
    case 'invite':
    case 'add': {
      const room = get(world.rooms, command.room)
      const asking = askingAround(world, room, command.op === 'open-backchannel')
      if (command.people.some((person) => asking.has(person))) return 'not-allowed'
      return mustWork(watches || seatIn(room, by)?.role === 'answering')
    }
    case 'whisper': {
      const room = get(world.rooms, command.room)
      return mustWork(works && (watches || knows(world, by, room)))
    }
    case 'set-role':
    case 'observe':
    case 'let-team-in':
    case 'let-team-out':
      return mustWork(watches)
    case 'set-face': {
      // What stays as it is says nothing.
      const isSo = seatIn(get(world.rooms, command.room), command.person)?.face === command.face
      return isSo ? null : mustWork(watches)
    }
    case 'seal':
      return mustWork(watches || maySeal(world, command))
    case 'remove':
    case 'grant':
    case 'revoke':
      return mustWork(watches || seatIn(get(world.rooms, command.room), by)?.manages === true)
    case 'erase':
      return mustWork(world.roles.get(by) === 'administrator')
    case 'erase-person':
      if (world.roles.get(by) !== 'administrator') return 'not-there'
      return isLastAdministrator(world, command.person) ? 'not-allowed' : null
    case 'rename': {
      const seat = seatIn(get(world.rooms, command.room), by)
      return mustWork(watches || seat?.manages === true || (by === command.person && seat?.role === 'answering'))
    }
    case 'set-fields':
      return mustWork(works)
    case 'answer-invitation': {
      const invitation = world.invitations.get(command.invitation)
      if (invitation?.person !== by) return 'not-there'
      // Whom it was for knows of it, and is told that it is over.
      return invitation.open ? null : 'no-more'
    }
    case 'withdraw-invitation': {
      const invitation = world.invitations.get(command.invitation)
      return invitation && (watches || invitation.by === by) ? null : 'not-there'
    }
    case 'undo': {
      const deed = world.done.get(command.operation)
      if (!deed) return 'not-there'
      if (!watches && deed.by !== by) return 'not-there'
      const isErased = deed.rooms.length > 0 && deed.rooms.every(({ erased }) => erased)
      return mustWork(!deed.undone && !deed.final && !isErased)
    }
    case 'merge':
    case 'split':
    case 'split-messages':
    case 'link':
      // What was sealed stays so.
      if (command.op === 'merge' && command.what === 'conversation') {
        const [into, from] = [command.into, command.from].map((id) => get(world.conversations, becameOf(world, id)))
        if (world.sealed.has(from?.id ?? '') && !world.sealed.has(into?.id ?? '')) return 'not-allowed'
      }
      if (command.op === 'merge' && command.what === 'room') {
        const [into, from] = [get(world.rooms, command.into), get(world.rooms, command.from)]
        if (isSealedIn(world, from) && !isSealedIn(world, into)) return 'not-allowed'
      }
      if (command.op === 'split-messages') {
        const readable = reads(world, by, get(world.rooms, command.room)).map(({ message }) => message)
        if (!watches && !command.messages.every((message) => readable.includes(message))) return 'not-there'
      }
      return mustWork(works)
    case 'transfer':
    case 'let-see':
    case 'close':
    case 'reopen':
    case 'team-change':
      return null
  }
}

/** The rooms that a command is about; null when something that it names never was. `any`: having a part in one of them is enough. */
export function roomsNamed(world: World, command: Command): { rooms: Room[]; any: boolean } | null {
  const inTicket = (id: string) => [...world.rooms.values()].filter(({ ticket }) => ticket === id)
  const inConversation = (id: string) => [...world.rooms.values()].filter((room) => homeOf(world, room) === id)
  const of = (thing: string): Room[] => {
    const room = world.rooms.get(thing)
    if (room) return [room]
    return world.tickets.has(thing) ? inTicket(thing) : inConversation(becameOf(world, thing))
  }
  const all = (ids: readonly string[], any: boolean) => {
    const found = ids.map(of)
    return found.some(({ length }) => length === 0) ? null : { rooms: found.flat(), any }
  }
  switch (command.op) {
    case 'say':
      return all(command.rooms, false)
    case 'copy':
      return all([command.from, command.to], false)
    case 'merge': {
      const [into, from] = [all([command.into], true), all([command.from], true)]
      const watcher = ['supervisor', 'administrator'].includes(world.roles.get(command.by) ?? '')
      const known = (rooms: Room[]) => watcher || rooms.some((room) => knows(world, command.by, room))
      return into && from && known(into.rooms) && known(from.rooms)
        ? { rooms: [...into.rooms, ...from.rooms], any: true }
        : null
    }
    case 'link':
      return all([command.a, command.b], true)
    case 'split':
      return all([command.ticket, ...command.rooms], true)
    case 'split-messages':
      return all([command.ticket, command.room], true)
    case 'transfer':
      return all([command.ticket], true)
    case 'close':
    case 'reopen':
    case 'set-fields':
      return all([command.thing], true)
    case 'seal': {
      if (command.what !== 'message') return all([command.thing], true)
      const { by, thing } = command
      const stands = [...world.rooms.values()].filter(({ slots }) => slots.some(({ message }) => message === thing))
      const watcher = ['supervisor', 'administrator'].includes(world.roles.get(by) ?? '')
      const readable = stands.filter(
        (room) => watcher || reads(world, by, room).some(({ message }) => message === thing),
      )
      return readable.length > 0 ? { rooms: readable, any: true } : null
    }
    case 'let-see':
    case 'let-team-in':
    case 'let-team-out':
    case 'erase':
      return all([command.conversation], true)
    case 'undo':
    case 'answer-invitation':
    case 'withdraw-invitation':
    case 'team-change':
    case 'erase-person':
      return { rooms: [], any: true }
    default:
      return all([command.room], false)
  }
}

/** Who was erased is brought in nowhere, given nothing, and is nobody that somebody else could turn out to be. */
function namesGone({ gone, conversations }: World, command: Command): boolean {
  if ('people' in command && command.people.some((person) => gone.has(person))) return true
  if (command.op === 'grant' || command.op === 'set-role') return gone.has(command.person)
  if (command.op !== 'merge' || !command.samePerson) return false
  return [command.into, command.from].some((id) => gone.has(conversations.get(id)?.visitor ?? ''))
}

/** Who manages a room, that one; who said something, what they said. */
function maySeal(world: World, { by, what, thing }: Extract<Command, { op: 'seal' }>): boolean {
  if (what === 'message') return world.authors.get(thing) === by
  return what === 'room' && seatIn(get(world.rooms, thing), by)?.manages === true
}

function isLastAdministrator({ roles, gone }: World, person: string): boolean {
  const left = [...roles].filter(([id, role]) => role === 'administrator' && !gone.has(id))
  return left.length === 1 && left[0]?.[0] === person
}

function seatIn(room: Room, person: string): Seat | undefined {
  return room.seats.find((seat) => seat.person === person && seat.here)
}

/** Who asks on its ticket, and in the rooms that it was opened from: of a backchannel, or where one is opened from it. */
function askingAround(world: World, room: Room, itself: boolean): Set<string> {
  const asking = new Set<string>()
  let at: Room | undefined = itself ? room : room.parent ? world.rooms.get(room.parent) : undefined
  if (!itself && room.kind !== 'backchannel') return asking
  for (; at; at = at.parent ? world.rooms.get(at.parent) : undefined) {
    for (const seat of at.seats) if (seat.role === 'asking') asking.add(seat.person)
  }
  for (const { ticket, seats } of world.rooms.values()) {
    if (ticket === room.ticket) for (const seat of seats) if (seat.role === 'asking') asking.add(seat.person)
  }
  return asking
}
