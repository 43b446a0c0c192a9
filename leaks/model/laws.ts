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
        for (const person of answer.joined ?? [])
          this.#joins(get(world.rooms, command.room), person, by, command.history)
        return
      case 'invite':
        for (const [person, id] of answer.invitations ?? []) {
          world.invitations.set(id, { room: command.room, person, by, history: command.history, open: true })
        }
        return
      case 'answer-invitation': {
        const invitation = get(world.invitations, command.invitation)
        invitation.open = false
        if (command.accept) {
          this.#joins(get(world.rooms, invitation.room), invitation.person, invitation.by, invitation.history)
        }
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
          world.invitations.set(id, { room: room.id, person, by, history: 'none', open: true })
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
        if (seatOf(room, by)?.here) return
        this.#takesSeat(room, by, 'observer')
        return this.#gives(room, by, 'observer', before, true)
      }
      case 'grant': {
        const room = get(world.rooms, command.room)
        const { history } = command
        if (typeof history === 'object') {
          const part = reads(world, by, room).slice(history.from - 1, history.to)
          return this.#gives(room, command.person, 'grant', part, false)
        }
        return this.#gives(room, command.person, 'grant', history === 'all' ? this.#mayGive(room, by) : [], true)
      }
      case 'revoke':
        for (const claim of this.#claims(get(world.rooms, command.room), command.person)) {
          if (claim.basis !== 'member') this.#revokes(claim)
        }
        return
      case 'let-see':
        return this.#letSee(command)
      case 'let-team-in':
        for (const person of get(world.teams, command.team)) this.#teamSees(command, person)
        return
      case 'let-team-out':
        return this.#endsWhy(`${command.team} in ${command.conversation}`)
      case 'team-change':
        return this.#changesTeam(command)
      case 'transfer':
        return this.#transfers(command, answer)
      case 'set-role': {
        const room = get(world.rooms, command.room)
        for (const claim of this.#claims(room, command.person)) this.#ends(claim)
        this.#takesSeat(room, command.person, command.role)
        return this.#gives(room, command.person, command.role === 'observer' ? 'observer' : 'member', [], true)
      }
      case 'merge':
        return this.#merges(command)
      case 'split':
        for (const id of command.rooms) this.#moves(get(world.rooms, id), answer.ticket ?? '')
        return
      case 'split-messages': {
        const source = get(world.rooms, command.room)
        const room = this.#opens(answer.room ?? '', answer.ticket ?? '', { kind: 'exchange' })
        const asking = source.seats.filter(({ here, role }) => here && role === 'asking').map(({ person }) => person)
        for (const person of asking) this.#sits(room, person, 'asking')
        for (const person of command.people) if (!asking.includes(person)) this.#sits(room, person, 'answering')
        for (const message of command.messages) this.#place(room, message, true)
        return
      }
      case 'copy': {
        const to = get(world.rooms, command.to)
        const stands = new Set(to.slots.filter(({ withdrawn }) => !withdrawn).map(({ message }) => message))
        for (const { message } of [...get(world.rooms, command.from).slots]) {
          if (!command.messages.includes(message) || stands.has(message)) continue
          stands.add(message)
          this.#place(to, message, true)
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

  #opens(id: string, ticket: string, like: Partial<Room>): Room {
    const room: Room = {
      ...{ id, ticket, parent: null, kind: 'backchannel', whisperer: null, closed: false, slots: [], seats: [] },
      ...like,
    }
    this.#world.rooms.set(id, room)
    this.#back.push(() => Object.assign(room, { closed: true }))
    return room
  }

  #joins(room: Room, person: string, by: string, history: History): void {
    if (seatOf(room, person)?.here) return
    const mayGive = this.#mayGive(room, by)
    const from = history === 'none' ? Number.POSITIVE_INFINITY : history === 'all' ? 1 : history.from
    this.#sits(room, person, 'answering')
    const before = room.slots.filter((slot, index) => index + 1 >= from && mayGive.includes(slot))
    if (before.length > 0) this.#gives(room, person, 'grant', before, false)
  }

  #sits(room: Room, person: string, role: Seat['role'], manages = false): void {
    if (seatOf(room, person)?.here) return
    this.#takesSeat(room, person, role, manages)
    this.#gives(room, person, 'member', [], true)
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

  #gives(room: Room, person: string, basis: Claim['basis'], slots: readonly Slot[], open: boolean, why = ''): void {
    const claim: Claim = { person, room, basis, why, slots: new Set(slots), open }
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

  #mayGive(room: Room, by: string): Slot[] {
    const role = get(this.#world.roles, by)
    if (role === 'supervisor' || role === 'administrator') return [...room.slots]
    return reads(this.#world, by, room)
  }

  #letSee({ by, conversation, on, history }: Extract<Command, { op: 'let-see' }>): unknown {
    const why = `see each other in ${conversation}`
    if (!on) return this.#endsWhy(why)
    const exchanges = this.#openRooms(conversation).filter(({ kind }) => kind === 'exchange')
    for (const own of exchanges) {
      for (const { person, here, role } of own.seats) {
        if (!here || role !== 'answering') continue
        for (const other of exchanges) {
          const sits = seatOf(other, person)?.here === true
          if (other === own || other.ticket !== own.ticket || sits || this.#has(other, person, why)) continue
          this.#gives(other, person, 'grant', history === 'all' ? this.#mayGive(other, by) : [], true, why)
        }
      }
    }
  }

  #teamSees({ conversation, team, history }: { conversation: string; team: string; history: History }, person: string) {
    const why = `${team} in ${conversation}`
    for (const room of this.#openRooms(conversation)) {
      if (!this.#has(room, person, why))
        this.#gives(room, person, 'rule', history === 'all' ? room.slots : [], true, why)
    }
  }

  #changesTeam(command: Extract<Command, { op: 'team-change' }>): void {
    const members = get(this.#world.teams, command.team)
    if (command.in) members.add(command.person)
    else members.delete(command.person)
    for (const conversation of this.#world.conversations.keys()) {
      const why = `${command.team} in ${conversation}`
      const isIn = this.#world.claims.some((claim) => claim.why === why && claim.open)
      if (command.in && isIn) this.#teamSees({ conversation, team: command.team, history: 'none' }, command.person)
      if (!command.in) {
        for (const claim of this.#world.claims)
          if (claim.why === why && claim.person === command.person) this.#ends(claim)
      }
    }
  }

  #has = (room: Room, person: string, why: string) =>
    this.#claims(room, person).some((one) => one.why === why && one.open)

  #endsWhy(why: string): void {
    for (const claim of [...this.#world.claims]) if (claim.why === why) this.#ends(claim)
  }

  #openRooms(conversation: string): Room[] {
    return [...this.#world.rooms.values()].filter((room) => !room.closed && homeOf(this.#world, room) === conversation)
  }

  /** The house gives all that was said on the ticket in what is over. */
  #transfers({ ticket }: Extract<Command, { op: 'transfer' }>, answer: Answer): void {
    const { rooms } = this.#world
    const before = [...rooms.values()].filter((room) => room.ticket === ticket)
    for (const { room, person } of answer.taken ?? []) this.#leaves(get(rooms, room), person)
    for (const id of answer.closed ?? []) this.#closes(get(rooms, id))
    if (!answer.room) return
    const intake = get(rooms, get(this.#world.tickets, ticket).intake)
    const asking = intake.seats.filter(({ here, role }) => here && role === 'asking').map(({ person }) => person)
    const room = rooms.get(answer.room) ?? this.#opens(answer.room, ticket, { parent: intake.id, kind: 'exchange' })
    for (const person of asking) this.#sits(room, person, 'asking')
    for (const person of answer.joined ?? []) {
      this.#sits(room, person, 'answering')
      for (const each of before) {
        const isOver = each.kind === 'intake' || (each.kind === 'exchange' && each.closed)
        if (isOver && each.slots.length > 0) this.#gives(each, person, 'rule', each.slots, false)
      }
    }
  }

  #merges({ what, into, from, samePerson }: Extract<Command, { op: 'merge' }>): unknown {
    const world = this.#world
    if (what === 'ticket') {
      for (const room of world.rooms.values()) if (room.ticket === from) this.#moves(room, into)
      return this.#closes(get(world.tickets, from))
    }
    if (what === 'room') {
      const [target, source] = [get(world.rooms, into), get(world.rooms, from)]
      this.#closes(source)
      for (const { person, here, role } of source.seats) if (here) this.#sits(target, person, role)
      return
    }
    const [kept, gone] = [get(world.conversations, into), get(world.conversations, from)]
    for (const ticket of world.tickets.values()) {
      if (ticket.conversation === from) this.#set(ticket, 'conversation', into)
    }
    this.#set(gone, 'mergedInto', into)
    if (!samePerson || kept.visitor === gone.visitor) return
    const seats = [...world.rooms.values()].flatMap((room) => room.seats)
    for (const owned of [...seats, ...world.claims]) {
      if (owned.person === gone.visitor) this.#set(owned, 'person', kept.visitor)
    }
  }

  #moves(room: Room, ticket: string): void {
    this.#set(room, 'ticket', ticket)
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
