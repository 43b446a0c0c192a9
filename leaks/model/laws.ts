import { claimsOf, ends, endsWhy, givable, gives, revokes } from './claims.ts'
import { erases, erasesPerson } from './erasing.ts'
import { beginsWithCategory, setsField } from './fields.ts'
import { answeringIn, askerOn, askingIn, closes, type Hand, openRooms, roomsOf, seatOf, set, watches } from './hand.ts'
import { letSee } from './let-see.ts'
import { merges } from './merging.ts'
import { roomsNamed } from './must-refuse.ts'
import { moves, opens, opensTicket, place, standing } from './rooms.ts'
import { beginsAs, settles } from './sealing.ts'
import { comesOrGoes, joins, leaves, renames, sits, takesSeat } from './seats.ts'
import { changesTeam, lets, teamSees } from './teams.ts'
import { transfers } from './transferring.ts'
import { type Answer, becameOf, type Command, get, goesOn, homeOf, isLetSee, reads, type World } from './world.ts'

/** What the world is once this was done and answered so. Whether it could be done at all is `mustRefuse`. */
export function apply(world: World, command: Command, answer: Answer): void {
  const back: (() => unknown)[] = []
  world.now++
  does({ world, back }, command, answer)
  settles(world)
  const rooms = roomsNamed(world, command)?.rooms ?? []
  const final = ['say', 'file', 'seal', 'erase', 'erase-person', 'undo', 'whisper', 'team-change'].includes(command.op)
  if (answer.operation) world.done.set(answer.operation, { by: command.by, rooms, back, undone: false, final })
}

function does(hand: Hand, command: Command, answer: Answer): unknown {
  const world = hand.world
  const { by } = command
  switch (command.op) {
    case 'say':
      world.authors.set(command.message, by)
      if (command.sealed) for (const all of [world.sealed, world.hushed]) all.add(command.message)
      for (const id of command.rooms) place(hand, get(world.rooms, id), command.message)
      return
    case 'file':
      world.authors.set(command.message, by)
      return place(hand, get(world.rooms, command.room), command.message)
    case 'add':
      for (const person of answer.joined ?? []) joins(hand, get(world.rooms, command.room), person, command)
      return
    case 'invite':
      for (const [person, id] of answer.invitations ?? []) {
        world.invitations.set(id, { ...command, person, historyOf: command.room, open: true })
      }
      return
    case 'answer-invitation': {
      const invitation = get(world.invitations, command.invitation)
      invitation.open = false
      const historyOf = get(world.rooms, invitation.historyOf)
      if (command.accept) joins(hand, goesOn(world, invitation.room), invitation.person, { ...invitation, historyOf })
      return
    }
    case 'withdraw-invitation':
      get(world.invitations, command.invitation).open = false
      return
    case 'leave':
      leaves(hand, get(world.rooms, command.room), by)
      return closesAll(hand, answer)
    case 'remove':
      leaves(hand, get(world.rooms, command.room), command.person)
      return closesAll(hand, answer)
    case 'open-backchannel': {
      const parent = get(world.rooms, command.room)
      const room = opens(hand, answer.room ?? '', parent.ticket, { parent: parent.id, kind: 'backchannel' })
      beginsAs(world, room, parent)
      beginsWithCategory(world, room, parent)
      sits(hand, room, by, 'answering', true)
      for (const person of answer.joined ?? []) if (person !== by) sits(hand, room, person, 'answering')
      for (const [person, id] of answer.invitations ?? []) {
        world.invitations.set(id, { ...command, room: room.id, person, historyOf: parent.id, open: true })
      }
      return
    }
    case 'whisper': {
      const parent = get(world.rooms, command.room)
      const kept = [...world.rooms.values()].find((one) => one.whisperer === by && one.parent === parent.id)
      const room = kept ?? opens(hand, answer.room ?? '', parent.ticket, { parent: parent.id, whisperer: by })
      if (!kept) beginsAs(world, room, parent)
      if (room.closed) closes(hand, room, false)
      const circle = parent.seats.filter((seat) => seat.here && seat.role === 'answering').map(({ person }) => person)
      for (const { person, here } of [...room.seats]) {
        if (here && person !== by && !circle.includes(person)) leaves(hand, room, person)
      }
      for (const person of new Set([by, ...circle])) sits(hand, room, person, 'answering', person === by)
      world.authors.set(command.message, by)
      return place(hand, room, command.message)
    }
    case 'observe': {
      const room = get(world.rooms, command.room)
      const before = command.history === 'all' ? room.slots : []
      takesSeat(hand, room, by, 'observer')
      return gives(hand, room, by, 'observer', before, { by })
    }
    case 'grant': {
      const room = get(world.rooms, command.room)
      const { history, person } = command
      if (typeof history !== 'object')
        return gives(hand, room, person, 'grant', givable(hand, room, by, history), { by })
      const part = reads(world, by, room).slice(history.from - 1, history.to)
      return gives(hand, room, person, 'grant', part, { by, open: false })
    }
    case 'revoke': {
      const room = get(world.rooms, command.room)
      const taken = claimsOf(hand, room, command.person).filter((claim) => {
        return claim.basis !== 'member' && (watches(hand, by) || (claim.basis === 'grant' && claim.by === by))
      })
      for (const claim of taken) revokes(hand, claim)
      const seat = seatOf(room, command.person)
      if (seat?.role === 'observer' && seat.here && taken.some(({ basis }) => basis === 'observer')) {
        comesOrGoes(hand, seat, false)
      }
      return
    }
    case 'let-see':
      return letSee(hand, command)
    case 'let-team-in':
      for (const room of openRooms(hand, command.conversation)) {
        for (const person of get(world.teams, command.team)) teamSees(hand, room, command, person)
        lets(hand, room, command.team, true)
      }
      return
    case 'let-team-out':
      for (const room of roomsOf(hand, command.conversation)) {
        endsWhy(hand, room, command.team)
        lets(hand, room, command.team, false)
      }
      return
    case 'team-change':
      return changesTeam(hand, command)
    case 'transfer':
      return transfers(hand, command, answer)
    case 'set-role': {
      const room = get(world.rooms, command.room)
      if (seatOf(room, command.person)?.role === command.role) return
      for (const claim of claimsOf(hand, room, command.person)) ends(hand, claim)
      takesSeat(hand, room, command.person, command.role)
      return gives(hand, room, command.person, command.role === 'observer' ? 'observer' : 'member', [], { by })
    }
    case 'merge':
      return merges(hand, command, answer)
    case 'split':
      opensTicket(hand, command.ticket, answer)
      for (const id of command.rooms) moves(hand, get(world.rooms, id), answer.ticket ?? '')
      return
    case 'split-messages': {
      opensTicket(hand, command.ticket, answer)
      const source = get(world.rooms, command.room)
      const room = opens(hand, answer.room ?? '', answer.ticket ?? '', { kind: 'exchange' })
      beginsAs(world, room, source)
      for (const person of askingIn(source)) sits(hand, room, person, 'asking')
      for (const person of new Set(command.people)) sits(hand, room, person, 'answering')
      for (const message of standing(source, command.messages)) place(hand, room, message, true)
      return
    }
    case 'copy': {
      const to = get(world.rooms, command.to)
      const stands = to.slots.filter(({ withdrawn }) => !withdrawn).map(({ message }) => message)
      for (const message of standing(get(world.rooms, command.from), command.messages)) {
        if (!stands.includes(message)) place(hand, to, message, true)
      }
      return
    }
    case 'close':
    case 'reopen':
      return setState(hand, command)
    case 'seal':
      world.sealed.add(becameOf(world, command.thing))
      return
    case 'erase':
      return erases(world, becameOf(world, command.conversation))
    case 'erase-person':
      erasesPerson(world, command.person)
      return closesAll(hand, answer)
    case 'undo': {
      const deed = get(world.done, command.operation)
      deed.undone = true
      world.letSeeAtUndo = new Set([...world.rooms.values()].filter((room) => isLetSee(world, homeOf(world, room))))
      for (const goBack of deed.back.toReversed()) goBack()
      return
    }
    case 'link': {
      const link = [command.a, command.b] as const
      world.links.add(link)
      hand.back.push(() => world.links.delete(link))
      return
    }
    case 'rename': {
      const seat = seatOf(get(world.rooms, command.room), command.person)
      return seat && renames(hand, seat, command.alias)
    }
    case 'set-face': {
      const seat = seatOf(get(world.rooms, command.room), command.person)
      if (seat) set(hand, seat, 'face', command.face)
      return
    }
    case 'set-fields':
      return setsField(hand, becameOf(world, command.thing), command)
  }
}

/** Whose exchange was theirs alone is over with it, where the house has it so. */
function closesAll(hand: Hand, { closed = [] }: Answer): void {
  for (const id of closed) closes(hand, get(hand.world.rooms, id))
}

function setState(hand: Hand, { by, op, what, thing }: Extract<Command, { op: 'close' | 'reopen' }>): unknown {
  const world = hand.world
  if (what === 'room') return closes(hand, get(world.rooms, thing), op === 'close')
  if (what === 'ticket') return closes(hand, get(world.tickets, thing), op === 'close')
  if (op === 'reopen') return closes(hand, get(world.conversations, thing), false)
  const tickets = [...world.tickets.values()].filter(({ conversation }) => conversation === thing)
  const open = tickets.filter(({ closed }) => !closed)
  // Who asks where others ask, too, ends only what they asked.
  const own = open.filter((ticket) => !onlyAsks(hand, thing, by) || askerOn(hand, ticket) === by)
  if (own.length === open.length) closes(hand, get(world.conversations, thing))
  for (const one of own) closes(hand, one)
}

function onlyAsks(hand: Hand, conversation: string, person: string): boolean {
  const rooms = roomsOf(hand, conversation)
  const asks = rooms.some((room) => askingIn(room).includes(person))
  return asks && !watches(hand, person) && !rooms.some((room) => answeringIn(room).includes(person))
}
