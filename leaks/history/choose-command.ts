import { type Command, type History, homeOf, type Room, reads, type What, type World } from '../model/world.ts'
import type { Draw } from './draw.ts'

type Kind = Command['op']

/** How often each is drawn, beside the others that a ring knows. */
const weights: Record<Kind, number> = {
  say: 20,
  add: 5,
  invite: 4,
  'answer-invitation': 5,
  'withdraw-invitation': 1,
  leave: 4,
  remove: 3,
  'open-backchannel': 5,
  whisper: 5,
  'set-role': 2,
  observe: 4,
  grant: 5,
  revoke: 4,
  'let-see': 4,
  'let-team-in': 3,
  'let-team-out': 2,
  'team-change': 3,
  transfer: 3,
  merge: 5,
  split: 3,
  'split-messages': 3,
  copy: 5,
  link: 1,
  file: 2,
  close: 3,
  reopen: 3,
  seal: 2,
  erase: 2,
  'erase-person': 2,
  rename: 3,
  'set-fields': 3,
  // A name of a place, now and then.
  'set-face': 0,
  undo: 9,
}

/**
 * The next thing that somebody tries. Mostly somebody who may, on what they know; now and then anybody, on anything, or on what never was.
 */
export function chooseCommand(world: World, draw: Draw, kinds: readonly Kind[], nextMessage: () => string): Command {
  const total = kinds.reduce((sum, kind) => sum + weights[kind], 0)
  let left = draw.next() * total
  const op =
    kinds.find((kind) => {
      left -= weights[kind]
      return left < 0
    }) ?? 'say'
  return new Chooser(world, draw, nextMessage).choose(op)
}

class Chooser {
  readonly #world: World
  readonly #draw: Draw
  readonly #nextMessage: () => string
  readonly #forged: boolean
  constructor(world: World, draw: Draw, nextMessage: () => string) {
    this.#world = world
    this.#draw = draw
    this.#nextMessage = nextMessage
    this.#forged = draw.chance(0.12)
  }

  choose(op: Kind): Command {
    const draw = this.#draw
    const world = this.#world
    switch (op) {
      case 'say': {
        const room = this.#room((one) => one.seats.some((seat) => seat.here && seat.role !== 'observer'))
        const said = { op, by: this.#by(writers(room)), rooms: [room.id], message: this.#nextMessage() }
        return world.now % 9 === 4 ? { ...said, sealed: true } : said
      }
      case 'file': {
        const room = this.#room((one) => this.#working(writers(one)).length > 0)
        return { op, by: this.#by(this.#working(writers(room))), room: room.id, message: this.#nextMessage() }
      }
      case 'add':
      case 'invite': {
        const room = this.#room((one) => one.kind !== 'intake')
        const by = this.#worker(room)
        return { op, by, room: room.id, people: this.#people(), history: this.#history(room, by) }
      }
      case 'answer-invitation':
      case 'withdraw-invitation': {
        const open = [...world.invitations].filter(([, each]) => each.open)
        const [id, each] =
          open.length > 0 && !this.#forged ? draw.pick(open) : [draw.pick([...world.invitations.keys(), nowhere])]
        if (op === 'withdraw-invitation') return { op, by: this.#by(each ? [each.by] : []), invitation: id }
        return { op, by: this.#by(each ? [each.person] : []), invitation: id, accept: draw.chance(0.8) }
      }
      case 'leave': {
        const room = this.#room((one) => answering(one).length > 0)
        return { op, by: this.#by(answering(room)), room: room.id }
      }
      case 'remove': {
        const room = this.#room((one) => answering(one).length > 0)
        const person = draw.pick(answering(room).length > 0 ? answering(room) : this.#house())
        return { op, by: this.#by([...this.#watchers(), ...managers(room)]), room: room.id, person }
      }
      case 'open-backchannel': {
        const room = this.#room()
        const by = this.#worker(room)
        return { op, by, room: room.id, people: this.#people(), history: this.#history(room, by) }
      }
      case 'whisper': {
        const room = this.#room((one) => one.kind === 'exchange')
        const by = this.#by([...this.#working(answering(room)), ...this.#watchers()])
        return { op, by, room: room.id, message: this.#nextMessage() }
      }
      case 'set-role': {
        const room = this.#room((one) => answering(one).length > 0)
        const person = draw.pick(answering(room).length > 0 ? answering(room) : this.#house())
        return { op, by: this.#by(this.#watchers()), room: room.id, person, role: draw.pick(['answering', 'observer']) }
      }
      case 'observe':
        return { op, by: this.#by(this.#watchers()), room: this.#room().id, history: draw.pick(['none', 'all']) }
      case 'grant': {
        const room = this.#room()
        const by = this.#by([...this.#watchers(), ...managers(room)])
        const mine = world.roles.has(by) ? reads(world, by, room).length : 0
        const from = draw.int(1, Math.max(1, mine))
        const part = { from, to: draw.int(from, Math.max(from, mine)) }
        const history = mine > 0 && draw.chance(0.5) ? part : draw.pick(['none', 'all'] as const)
        return { op, by, room: room.id, person: draw.pick(this.#house()), history }
      }
      case 'revoke': {
        const claims = world.claims.filter(({ basis }) => basis !== 'member')
        const claim = claims.length > 0 ? draw.pick(claims) : null
        const room = claim?.room ?? this.#room()
        const person = claim?.person ?? draw.pick(this.#house())
        return { op, by: this.#by([...this.#watchers(), ...managers(room)]), room: room.id, person }
      }
      case 'let-see': {
        const conversation = this.#conversation()
        const visitor = world.conversations.get(conversation)?.visitor
        const by = this.#by(visitor ? [visitor, ...this.#administrators()] : [])
        return { op, by, conversation, on: draw.chance(0.65), history: draw.pick(['none', 'all']) }
      }
      case 'let-team-in':
      case 'let-team-out': {
        const target = { by: this.#by(this.#watchers()), conversation: this.#conversation(), team: this.#team() }
        return op === 'let-team-in' ? { op, ...target, history: draw.pick(['none', 'all']) } : { op, ...target }
      }
      case 'team-change': {
        const person = draw.pick(this.#house())
        const team = this.#team()
        return {
          op,
          by: draw.pick(this.#administrators()),
          team,
          person,
          in: !(world.teams.get(team)?.has(person) ?? false),
        }
      }
      case 'transfer': {
        const room = this.#room((one) => one.kind === 'exchange' && answering(one).length > 0)
        return {
          op,
          by: this.#by([...answering(room), ...this.#watchers()]),
          ticket: room.ticket,
          people: [draw.pick(this.#house())],
        }
      }
      case 'merge':
        return this.#merge()
      case 'split': {
        const room = this.#room((one) => one.kind !== 'intake')
        return { op, by: this.#worker(room), ticket: room.ticket, rooms: [room.id] }
      }
      case 'split-messages': {
        const room = this.#room((one) => one.kind === 'exchange' && one.slots.length > 1)
        const by = this.#worker(room)
        const messages = this.#some((this.#forged ? room.slots : reads(world, by, room)).map(({ message }) => message))
        return { op, by, ticket: room.ticket, room: room.id, messages, people: [draw.pick(this.#house())] }
      }
      case 'copy': {
        const from = this.#room((one) => one.slots.length > 0)
        const by = this.#worker(from)
        const home = homeOf(world, from)
        const to = this.#room(
          (one) => one !== from && writers(one).includes(by) && (this.#forged || homeOf(world, one) === home),
        )
        const known = this.#forged ? from.slots : reads(world, by, from)
        return { op, by, from: from.id, to: to.id, messages: this.#some(known.map(({ message }) => message)) }
      }
      case 'link': {
        const room = this.#room()
        return { op, by: this.#worker(room), a: room.id, b: this.#room((one) => one !== room).id }
      }
      case 'close':
      case 'reopen':
        return this.#state(op)
      case 'seal':
        return this.#seal()
      case 'erase':
        return { op, by: this.#by(this.#administrators()), conversation: this.#conversation() }
      case 'set-face':
      case 'rename': {
        const room = this.#room((one) => answering(one).length > 0)
        const person = draw.pick(or(answering(room), draw.pick(this.#house())))
        const by = draw.chance(0.5) ? person : this.#by([...this.#watchers(), ...managers(room)])
        const n = draw.int(1, 1e6)
        const face = n % 5 === 0 ? null : n % 5 === 1 ? 'house' : `Face ${n % 2}`
        const watches = this.#watchers().includes(by)
        if (n % 8 === 0 || (watches && n % 2 === 0)) {
          const asks = room.seats.find(({ role }) => role === 'asking')?.person
          return { op: 'set-face', by, room: room.id, person: n % 9 === 0 && asks ? asks : person, face }
        }
        return { op: 'rename', by, room: room.id, person, alias: `name ${n}` }
      }
      case 'set-fields': {
        const { what, thing, room } = this.#thing()
        const by = this.#worker(room)
        const n = draw.int(1, 1e6)
        // Rooms have neither tags nor folder, tickets no folder.
        const fields = (['name', 'category', 'tags', 'folder'] as const).slice(0, fieldsOf[what])
        const field = draw.pick(fields)
        const value = field === 'category' ? (world.categories[n % world.categories.length] ?? '') : `${field} ${n}`
        if (value === '') return { op, by, what, thing, field: 'name', value: `name ${n}` }
        return { op, by, what, thing, field, value }
      }
      case 'erase-person':
        return { op, by: this.#by(this.#administrators()), person: draw.pick(this.#mayGo()) }
      case 'undo': {
        const done = [...world.done].filter(([, deed]) => this.#forged || (!deed.undone && !deed.final))
        const [operation, deed] = done.length > 0 ? draw.pick(done.slice(-3)) : [nowhere]
        return { op, by: this.#by(deed ? [deed.by, ...this.#watchers().slice(0, 1)] : []), operation }
      }
    }
  }

  #seal(): Command {
    const draw = this.#draw
    const what = draw.pick(['conversation', 'ticket', 'room', 'room', 'message', 'message'] as const)
    const room = this.#room((one) => one.slots.length > 0)
    const thing = {
      message: draw.pick(
        or(
          room.slots.map((slot) => slot.message),
          nowhere,
        ),
      ),
      room: room.id,
      ticket: room.ticket,
    }
    const may = what === 'message' ? [this.#world.authors.get(thing.message) ?? ''] : managers(room)
    const by = this.#by(draw.chance(0.5) ? may.filter((one) => this.#world.roles.has(one)) : this.#watchers())
    return { op: 'seal', by, what, thing: what === 'conversation' ? this.#conversation() : thing[what] }
  }

  #merge(): Command {
    const draw = this.#draw
    const world = this.#world
    const what = draw.pick(['conversation', 'ticket', 'room', 'room'] as const)
    if (what === 'conversation') {
      const [into = nowhere, from = nowhere] = draw.shuffle(this.#conversations())
      return { op: 'merge', by: this.#by(this.#watchers()), what, into, from, samePerson: draw.chance(0.5) }
    }
    const into = this.#room((one) => one.kind === 'exchange' || one.kind === 'backchannel')
    const home = homeOf(world, into)
    const other = (one: Room) => one !== into && (this.#forged || homeOf(world, one) === home)
    const from = this.#room(
      what === 'ticket'
        ? (one) => other(one) && one.ticket !== into.ticket
        : (one) => other(one) && one.kind === into.kind,
    )
    const by = draw.chance(0.7) ? this.#by(this.#watchers()) : this.#worker(into)
    if (what === 'ticket') return { op: 'merge', by, what, into: into.ticket, from: from.ticket, samePerson: false }
    return { op: 'merge', by, what, into: into.id, from: from.id, samePerson: false }
  }

  #state(op: 'close' | 'reopen'): Command {
    const closed = op === 'reopen'
    const { room, ...thing } = this.#thing((one) => one.closed === closed)
    return { op, by: this.#by([...writers(room), ...this.#watchers()]), ...thing }
  }

  /** A room, its ticket or its conversation. */
  #thing(test?: (room: Room) => boolean): { what: What; thing: string; room: Room } {
    const what = this.#draw.pick(['room', 'room', 'ticket', 'conversation'] as const)
    const room = this.#room(test)
    const home = { room: room.id, ticket: room.ticket, conversation: homeOf(this.#world, room) }
    return { what, thing: home[what], room }
  }

  /** Who may, mostly; anybody at all when it is forged. */
  #by(people: readonly string[]): string {
    const anybody = [...this.#world.roles.keys()]
    return this.#draw.pick(this.#forged || people.length === 0 ? anybody : people)
  }

  #worker(room: Room): string {
    return this.#by(this.#draw.chance(0.7) ? [...this.#working(answering(room)), ...this.#watchers()] : answering(room))
  }

  #working(people: readonly string[]): string[] {
    return people.filter((person) =>
      ['operator', 'supervisor', 'administrator'].includes(this.#world.roles.get(person) ?? ''),
    )
  }

  #watchers = () =>
    this.#house().filter((person) => ['supervisor', 'administrator'].includes(this.#world.roles.get(person) ?? ''))
  #administrators = () => this.#house().filter((person) => this.#world.roles.get(person) === 'administrator')
  /** Who asks, and who can be done without: all others are needed by the histories that follow. Now and then it must not be. */
  #mayGo = () => {
    const { roles, spare } = this.#world
    if (this.#forged && this.#administrators().length === 1) return this.#administrators()
    return [...roles].flatMap(([person, role]) => (role === 'visitor' || spare.has(person) ? [person] : []))
  }
  #house = () => [...this.#world.roles].flatMap(([person, role]) => (role === 'visitor' ? [] : [person]))
  #conversations = () =>
    [...this.#world.conversations.values()].flatMap(({ id, mergedInto }) => {
      const rooms = [...this.#world.rooms.values()].filter((room) => homeOf(this.#world, room) === id)
      return mergedInto || (!this.#forged && rooms.every(({ erased }) => erased)) ? [] : [id]
    })
  #conversation = () =>
    this.#forged && this.#draw.chance(0.3) ? nowhere : this.#draw.pick(or(this.#conversations(), nowhere))
  #team = () => this.#draw.pick([...this.#world.teams.keys()])

  #people(): string[] {
    const chosen = this.#draw.shuffle(this.#forged ? [...this.#world.roles.keys()] : this.#house())
    return chosen.slice(0, this.#draw.int(1, 2))
  }

  #room(test: (room: Room) => boolean = () => true): Room {
    const rooms = [...this.#world.rooms.values()]
    const fit = this.#forged ? [] : rooms.filter((room) => !room.erased && test(room))
    return this.#draw.pick(fit.length > 0 ? fit : rooms)
  }

  /** From some message on that its giver reads. */
  #history(room: Room, by: string): History {
    const kind = this.#draw.int(0, 3)
    if (kind < 2) return kind === 0 ? 'none' : 'all'
    const readable = reads(this.#world, by, room)
    return readable.length === 0 ? 'none' : { from: room.slots.indexOf(this.#draw.pick(readable)) + 1 }
  }

  #some(messages: readonly string[]): string[] {
    const chosen = messages.filter(() => this.#draw.chance(0.6))
    return chosen.length > 0 ? chosen : messages.slice(0, 1)
  }
}

const or = <T>(all: readonly T[], other: T): readonly T[] => (all.length > 0 ? all : [other])

/** How many of its fields each has. */
const fieldsOf: Readonly<Record<What, number>> = { room: 2, ticket: 3, conversation: 4 }

/** An id that never was. */
const nowhere = '00000000-0000-7000-8000-000000000000'

const writers = (room: Room) =>
  room.seats.flatMap(({ here, role, person }) => (here && role !== 'observer' ? [person] : []))
const answering = (room: Room) =>
  room.seats.flatMap(({ here, role, person }) => (here && role === 'answering' ? [person] : []))
const managers = (room: Room) => room.seats.flatMap(({ here, manages, person }) => (here && manages ? [person] : []))
