import {
  type Answer,
  type Claim,
  type Command,
  get,
  type History,
  homeOf,
  type Room,
  reads,
  type Seat,
  type Slot,
  type Ticket,
  type World,
} from './world.ts'

/** What the world is once this was done and answered so. Whether it could be done at all is `mustRefuse`. */
export function apply(world: World, command: Command, answer: Answer): void {
  const back: (() => unknown)[] = []
  new Hand(world, back).does(command, answer)
  const final = ['say', 'file', 'seal', 'erase', 'undo', 'whisper', 'team-change'].includes(command.op)
  if (answer.operation) world.done.set(answer.operation, { by: command.by, back, undone: false, final })
}

/** Does things to the world, and notes how each goes back: not the mirror image, but what the law of undoing says. */
class Hand {
  readonly #world: World
  readonly #back: (() => unknown)[]
  constructor(world: World, back: (() => unknown)[]) {
    this.#world = world
    this.#back = back
  }

  does(command: Command, answer: Answer): unknown {
    const world = this.#world
    const { by } = command
    switch (command.op) {
      case 'say':
        world.authors.set(command.message, by)
        for (const id of command.rooms) this.#place(get(world.rooms, id), command.message)
        return
      case 'file':
        world.authors.set(command.message, by)
        return this.#place(get(world.rooms, command.room), command.message)
      case 'add':
        for (const person of answer.joined ?? []) this.#joins(get(world.rooms, command.room), person, command)
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
        if (command.accept)
          this.#joins(get(world.rooms, invitation.room), invitation.person, { ...invitation, historyOf })
        return
      }
      case 'withdraw-invitation':
        get(world.invitations, command.invitation).open = false
        return
      case 'leave':
        return this.#leaves(get(world.rooms, command.room), by)
      case 'remove':
        return this.#leaves(get(world.rooms, command.room), command.person)
      case 'open-backchannel': {
        const parent = get(world.rooms, command.room)
        const room = this.#opens(answer.room ?? '', parent.ticket, { parent: parent.id, kind: 'backchannel' })
        this.#sits(room, by, 'answering', true)
        for (const person of answer.joined ?? []) if (person !== by) this.#sits(room, person, 'answering')
        for (const [person, id] of answer.invitations ?? []) {
          world.invitations.set(id, { ...command, room: room.id, person, historyOf: parent.id, open: true })
        }
        return
      }
      case 'whisper': {
        const parent = get(world.rooms, command.room)
        const kept = [...world.rooms.values()].find((one) => one.whisperer === by && one.parent === parent.id)
        const room = kept ?? this.#opens(answer.room ?? '', parent.ticket, { parent: parent.id, whisperer: by })
        if (room.closed) this.#closes(room, false)
        const circle = parent.seats.filter((seat) => seat.here && seat.role === 'answering').map(({ person }) => person)
        for (const { person, here } of [...room.seats]) {
          if (here && person !== by && !circle.includes(person)) this.#leaves(room, person)
        }
        for (const person of new Set([by, ...circle])) this.#sits(room, person, 'answering', person === by)
        world.authors.set(command.message, by)
        return this.#place(room, command.message)
      }
      case 'observe': {
        const room = get(world.rooms, command.room)
        const before = command.history === 'all' ? room.slots : []
        this.#takesSeat(room, by, 'observer')
        return this.#gives(room, by, 'observer', before, { by })
      }
      case 'grant': {
        const room = get(world.rooms, command.room)
        const { history, person } = command
        if (typeof history !== 'object')
          return this.#gives(room, person, 'grant', this.#given(room, by, history), { by })
        const part = reads(world, by, room).slice(history.from - 1, history.to)
        return this.#gives(room, person, 'grant', part, { by, open: false })
      }
      case 'revoke': {
        const room = get(world.rooms, command.room)
        const taken = this.#claims(room, command.person).filter((claim) => {
          return claim.basis !== 'member' && (this.#watches(by) || (claim.basis === 'grant' && claim.by === by))
        })
        for (const claim of taken) this.#revokes(claim)
        const seat = seatOf(room, command.person)
        if (seat?.role === 'observer' && seat.here && taken.some(({ basis }) => basis === 'observer')) {
          this.#set(seat, 'here', false)
        }
        return
      }
      case 'let-see':
        return this.#letSee(command)
      case 'let-team-in':
        for (const room of this.#openRooms(command.conversation)) {
          for (const person of get(world.teams, command.team)) this.#teamSees(room, command, person)
          this.#lets(room, command.team, true)
        }
        return
      case 'let-team-out':
        for (const room of this.#roomsOf(command.conversation)) {
          this.#endsWhy(room, command.team)
          this.#lets(room, command.team, false)
        }
        return
      case 'team-change':
        return this.#changesTeam(command)
      case 'transfer':
        return this.#transfers(command, answer)
      case 'set-role': {
        const room = get(world.rooms, command.room)
        for (const claim of this.#claims(room, command.person)) this.#ends(claim)
        this.#takesSeat(room, command.person, command.role)
        return this.#gives(room, command.person, command.role === 'observer' ? 'observer' : 'member', [], { by })
      }
      case 'merge':
        return this.#merges(command, answer)
      case 'split':
        this.#opensTicket(command.ticket, answer)
        for (const id of command.rooms) this.#moves(get(world.rooms, id), answer.ticket ?? '')
        return
      case 'split-messages': {
        this.#opensTicket(command.ticket, answer)
        const source = get(world.rooms, command.room)
        const room = this.#opens(answer.room ?? '', answer.ticket ?? '', { kind: 'exchange' })
        for (const person of askingIn(source)) this.#sits(room, person, 'asking')
        for (const person of new Set(command.people)) this.#sits(room, person, 'answering')
        for (const message of this.#named(source, command.messages)) this.#place(room, message, true)
        return
      }
      case 'copy': {
        const to = get(world.rooms, command.to)
        const stands = to.slots.filter(({ withdrawn }) => !withdrawn).map(({ message }) => message)
        for (const message of this.#named(get(world.rooms, command.from), command.messages)) {
          if (!stands.includes(message)) this.#place(to, message, true)
        }
        return
      }
      case 'close':
      case 'reopen':
        return this.#setState(command)
      case 'erase':
        get(world.conversations, command.conversation).erased = true
        return
      case 'undo': {
        const deed = get(world.done, command.operation)
        deed.undone = true
        for (const goBack of deed.back.toReversed()) goBack()
        return
      }
      case 'link':
      case 'seal':
        return
    }
  }

  /** At the end of a room: for everyone whose claim is open. Besides: it stands elsewhere, and can be taken back from here. */
  #place(room: Room, message: string, besides = false): void {
    const slot: Slot = { message, withdrawn: false }
    room.slots.push(slot)
    for (const claim of this.#world.claims) if (claim.room === room && claim.open) claim.slots.add(slot)
    if (besides) this.#back.push(() => Object.assign(slot, { withdrawn: true }))
  }

  /** Those of these messages that stand in a room, in their order. */
  #named = (room: Room, messages: readonly string[]): string[] =>
    room.slots.filter((slot) => !slot.withdrawn && messages.includes(slot.message)).map(({ message }) => message)

  #opens(id: string, ticket: string, like: Partial<Room>): Room {
    const room: Room = {
      ...{
        id,
        ticket,
        parent: null,
        kind: 'backchannel',
        whisperer: null,
        closed: false,
        slots: [],
        teams: new Set(),
        seats: [],
      },
      ...like,
    }
    this.#world.rooms.set(id, room)
    this.#back.push(() => Object.assign(room, { closed: true }))
    return room
  }

  #joins(room: Room, person: string, given: { by: string; history: History; historyOf?: Room }): void {
    if (seatOf(room, person)?.here) return
    const { by, history, historyOf = room } = given
    const from = history === 'none' ? Number.POSITIVE_INFINITY : history === 'all' ? 1 : history.from
    const mayGive = this.#given(historyOf, by, 'all')
    const before = historyOf.slots.filter((slot, index) => index + 1 >= from && mayGive.includes(slot))
    this.#sits(room, person, 'answering')
    if (before.length > 0) this.#gives(historyOf, person, 'grant', before, { by, open: false })
  }

  #sits(room: Room, person: string, role: Seat['role'], manages = false): void {
    if (seatOf(room, person)?.here) return
    this.#takesSeat(room, person, role, manages)
    this.#gives(room, person, 'member', [])
    if (role === 'answering') this.#newcomerSees(room, person)
  }

  #takesSeat(room: Room, person: string, role: Seat['role'], manages = false): void {
    const before = seatOf(room, person)
    const seat = before ?? { person, role, manages, here: false }
    if (!before) room.seats.push(seat)
    if (seat.role !== role) this.#set(seat, 'role', role)
    this.#set(seat, 'here', true)
  }

  #leaves(room: Room, person: string): void {
    const seat = seatOf(room, person)
    if (!seat?.here) return
    this.#set(seat, 'here', false)
    for (const claim of this.#claims(room, person)) this.#ends(claim)
  }

  #gives(room: Room, person: string, basis: Claim['basis'], slots: readonly Slot[], how: Partial<Claim> = {}): void {
    const claim: Claim = { ...{ person, room, basis, by: null, why: '', open: true }, ...how, slots: new Set(slots) }
    this.#world.claims.push(claim)
    this.#back.push(() => {
      claim.open = false
      if (basis !== 'member') claim.slots.clear()
    })
  }

  /** What comes is theirs no more. Gone back on, it begins again from then, with a hole for what came between. */
  #ends(claim: Claim): void {
    if (!claim.open) return
    claim.open = false
    this.#back.push(() => this.#world.claims.push({ ...claim, slots: new Set(), open: true }))
  }

  #revokes(claim: Claim): void {
    this.#ends(claim)
    claim.slots.clear()
  }

  #claims(room: Room, person: string): Claim[] {
    return this.#world.claims.filter((claim) => claim.room === room && claim.person === person)
  }

  /** What somebody may give of what was said. */
  #given(room: Room, by: string, history: 'none' | 'all', anything = this.#watches(by)): Slot[] {
    if (history === 'none') return []
    return anything ? [...room.slots] : reads(this.#world, by, room)
  }

  #watches = (person: string) => ['supervisor', 'administrator'].includes(get(this.#world.roles, person))

  #letSee({ by, conversation, on, history }: Extract<Command, { op: 'let-see' }>): void {
    const of = get(this.#world.conversations, conversation)
    const exchanges = this.#openRooms(conversation).filter(({ kind }) => kind === 'exchange')
    this.#set(of, 'letsSee', on ? { by, history } : null)
    if (!on) for (const room of this.#roomsOf(conversation)) this.#endsWhy(room, 'let-see')
    else for (const own of exchanges) for (const person of answeringIn(own)) this.#seesOthers(own, person)
    this.#back.push(() => {
      if (on) for (const room of this.#roomsOf(conversation)) this.#endsWhy(room, 'let-see')
    })
  }

  /** As long as they are let see each other, who comes later sees the others of the ticket, and is seen by them. */
  #newcomerSees(room: Room, person: string): void {
    if (room.kind !== 'exchange' || room.closed) return
    this.#seesOthers(room, person)
    for (const other of this.#othersOf(room))
      for (const own of answeringIn(other)) if (own !== person) this.#seesOne(own, room)
  }

  #seesOthers(own: Room, person: string): void {
    for (const other of this.#othersOf(own)) this.#seesOne(person, other)
  }

  #othersOf = (room: Room): Room[] =>
    [...this.#world.rooms.values()].filter((one) => {
      return one !== room && one.ticket === room.ticket && one.kind === 'exchange' && !one.closed
    })

  #seesOne(person: string, room: Room): void {
    const { letsSee } = get(this.#world.conversations, homeOf(this.#world, room))
    if (!letsSee || this.#has(room, person, 'let-see')) return
    const { by, history } = letsSee
    const anything = get(this.#world.roles, by) === 'administrator'
    const slots = this.#given(room, by, history, anything)
    const open = anything || this.#claims(room, by).some((claim) => claim.open)
    if (open || slots.length > 0) this.#gives(room, person, 'grant', slots, { by, open, why: 'let-see' })
  }

  #teamSees(room: Room, { by, team, history }: { by?: string; team: string; history: 'none' | 'all' }, person: string) {
    this.#gives(room, person, 'rule', history === 'all' ? room.slots : [], { by: by ?? null, why: team })
  }

  #lets(room: Room, team: string, isIn: boolean): void {
    const before = room.teams.has(team)
    const set = (now: boolean) => (now ? room.teams.add(team) : room.teams.delete(team))
    set(isIn)
    this.#back.push(() => {
      if (isIn && !before) this.#endsWhy(room, team)
      set(before)
    })
  }

  #changesTeam({ team, person, in: isMember }: Extract<Command, { op: 'team-change' }>): void {
    const members = get(this.#world.teams, team)
    if (isMember) members.add(person)
    else members.delete(person)
    for (const room of this.#world.rooms.values()) {
      if (!isMember) this.#endsWhy(room, team, person)
      else if (!room.closed && room.teams.has(team) && !this.#has(room, person, team)) {
        this.#teamSees(room, { team, history: 'none' }, person)
      }
    }
  }

  #has = (room: Room, person: string, why: string) =>
    this.#claims(room, person).some((one) => one.why === why && one.open)

  #endsWhy(room: Room, why: string, person?: string): void {
    for (const claim of [...this.#world.claims]) {
      if (claim.room === room && claim.why === why && (person ?? claim.person) === claim.person) this.#ends(claim)
    }
  }

  #roomsOf = (conversation: string) =>
    [...this.#world.rooms.values()].filter((room) => homeOf(this.#world, room) === conversation)
  #openRooms = (conversation: string) => this.#roomsOf(conversation).filter((room) => !room.closed)

  /** The house gives all that was said on the ticket in what is over. */
  #transfers({ ticket }: Extract<Command, { op: 'transfer' }>, answer: Answer): void {
    const { rooms } = this.#world
    const before = [...rooms.values()].filter((room) => room.ticket === ticket)
    for (const { room, person } of answer.taken ?? []) this.#leaves(get(rooms, room), person)
    for (const id of answer.closed ?? []) this.#closes(get(rooms, id))
    if (!answer.room) return
    const intake = get(rooms, get(this.#world.tickets, ticket).intake)
    const room = rooms.get(answer.room) ?? this.#opens(answer.room, ticket, { parent: intake.id, kind: 'exchange' })
    for (const person of this.#askingOn(before, intake)) this.#sits(room, person, 'asking')
    for (const person of answer.joined ?? []) {
      this.#sits(room, person, 'answering')
      for (const each of before) {
        const isOver = each.kind === 'intake' || (each.kind === 'exchange' && each.closed)
        if (isOver && each.slots.length > 0) this.#gives(each, person, 'rule', each.slots, { open: false })
      }
    }
  }

  #merges({ what, into, from, samePerson }: Extract<Command, { op: 'merge' }>, answer: Answer): unknown {
    const world = this.#world
    for (const id of answer.closed ?? []) this.#closes(get(world.rooms, id))
    if (what === 'ticket') {
      for (const room of world.rooms.values()) if (room.ticket === from) this.#moves(room, into)
      return this.#closes(get(world.tickets, from))
    }
    if (what === 'room') {
      const [target, source] = [get(world.rooms, into), get(world.rooms, from)]
      for (const { person, here, role } of [...source.seats]) {
        if (!here || seatOf(target, person)?.here) continue
        if (role !== 'observer') this.#sits(target, person, role)
        else {
          this.#takesSeat(target, person, role)
          this.#gives(target, person, 'observer', [])
        }
      }
      return this.#closes(source)
    }
    const [kept, gone] = [get(world.conversations, into), get(world.conversations, from)]
    const moved = [...world.tickets.values()].filter((ticket) => ticket.conversation === from)
    if (samePerson && kept.visitor !== gone.visitor) this.#becomes(gone.visitor, kept.visitor, moved)
    for (const ticket of moved) this.#set(ticket, 'conversation', into)
    // What was split off since goes back with what it was split from.
    this.#back.push(() => {
      for (const ticket of world.tickets.values()) if (moved.includes(rootOf(world, ticket))) ticket.conversation = from
    })
    this.#set(gone, 'mergedInto', into)
  }

  #becomes(person: string, is: string, tickets: readonly Ticket[]): void {
    const rooms = [...this.#world.rooms.values()]
    const claims = this.#world.claims.filter((claim) => claim.person === person)
    const owned = [...claims, ...rooms.flatMap(({ seats }) => seats.filter((seat) => seat.person === person))]
    for (const one of owned) this.#set(one, 'person', is)
    // What they have come into since, in what goes back, is theirs: it was said there.
    this.#back.push(() => {
      const back = [...this.#world.rooms.values()].filter(({ ticket }) => {
        return tickets.includes(rootOf(this.#world, get(this.#world.tickets, ticket)))
      })
      for (const room of back.filter((one) => !rooms.includes(one))) {
        const seat = room.seats.find((each) => each.person === is && each.role === 'asking')
        for (const one of seat ? [seat, ...this.#claims(room, is)] : []) one.person = person
      }
    })
  }

  /** Who asks on a ticket: in what it opened with, or where that was empty in its exchanges. */
  #askingOn(rooms: readonly Room[], intake: Room): Set<string> {
    const there = askingIn(intake)
    const asking = new Set(there.length > 0 ? there : rooms.filter(({ kind }) => kind === 'exchange').flatMap(askingIn))
    return asking.size > 0 ? asking : new Set([get(this.#world.conversations, homeOf(this.#world, intake)).visitor])
  }

  #opensTicket(like: string, { ticket, intake }: Answer): void {
    const { conversation } = get(this.#world.tickets, like)
    const made = { id: ticket ?? '', intake: intake ?? '', parent: like, conversation, closed: false }
    this.#world.tickets.set(made.id, made)
    this.#back.push(() => Object.assign(made, { closed: true }))
    if (intake) this.#opens(intake, made.id, { kind: 'intake' })
  }

  /** With the backchannels that were opened from it; and back with those that were opened since. */
  #moves(room: Room, ticket: string): void {
    const before = room.ticket
    if (before === ticket) return
    this.#moveWith(room, ticket)
    this.#back.push(() => this.#moveWith(room, before))
  }

  #moveWith(room: Room, ticket: string): void {
    const before = room.ticket
    room.ticket = ticket
    for (const one of this.#world.rooms.values()) {
      if (one.parent === room.id && one.kind === 'backchannel' && one.ticket === before) this.#moveWith(one, ticket)
    }
  }

  #closes(thing: { closed: boolean }, closed = true): void {
    this.#set(thing, 'closed', closed)
  }

  #set<T extends object, K extends keyof T>(of: T, key: K, value: T[K]): void {
    const before = of[key]
    of[key] = value
    this.#back.push(() => {
      of[key] = before
    })
  }

  #setState({ op, what, thing }: Extract<Command, { op: 'close' | 'reopen' }>): unknown {
    const world = this.#world
    if (what === 'room') return this.#closes(get(world.rooms, thing), op === 'close')
    if (what === 'ticket') return this.#closes(get(world.tickets, thing), op === 'close')
    this.#closes(get(world.conversations, thing), op === 'close')
    if (op === 'close') for (const one of world.tickets.values()) if (one.conversation === thing) this.#closes(one)
  }
}

const seatOf = (room: Room, person: string): Seat | undefined => room.seats.find((seat) => seat.person === person)

const seated = (room: Room, side: Seat['role']) =>
  room.seats.flatMap(({ here, role, person }) => (here && role === side ? [person] : []))
const askingIn = (room: Room) => seated(room, 'asking')
const answeringIn = (room: Room) => seated(room, 'answering')

/** What a ticket was split from at first. */
function rootOf(world: World, ticket: Ticket): Ticket {
  return ticket.parent === null ? ticket : rootOf(world, get(world.tickets, ticket.parent))
}
