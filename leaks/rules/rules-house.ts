import {
  applyChanges,
  type Change,
  here,
  join,
  lastOf,
  leave,
  mayDo,
  mayRead,
  placeOf,
  type Right,
  type Shape,
  type Standing,
  spansOfRights,
  undoChanges,
} from '@parley/rules'
import type { Opened } from '../model/opened.ts'
import type { Answer, Command, Role } from '../model/world.ts'

/** What the rules decide and what comes of it, in memory: structures, what stands where, and what was done. */
export class RulesHouse {
  shapes: Shape[] = []
  readonly roles: ReadonlyMap<string, Role>
  /** What stands at which position, by interaction. */
  readonly placed = new Map<string, string[]>()
  readonly #done = new Map<string, { by: string; changes: readonly Change[] }>()
  #ids = 0

  constructor(roles: ReadonlyMap<string, Role>) {
    this.roles = roles
  }

  newId = (): string => `n${++this.#ids}`

  open({ conversation, visitor, ticket, intake, asked, exchanges }: Opened): void {
    const right = (interaction: string, person: string, to: number | null, basis: Right['basis']): Right => ({
      ...{ id: this.newId(), interaction, person, from: 1, to, basis, by: null },
    })
    const place = (interaction: string, person: string, role: 'initiator' | 'responder') => ({
      ...{ id: this.newId(), interaction, person, role, manages: false, left: false },
    })
    const interaction = (id: string, kind: 'intake' | 'exchange') => ({
      ...{ id, ticket, parent: kind === 'intake' ? null : intake, kind, purpose: 'talk' as const },
      ...{ state: 'open' as const, mergedInto: null, withdrawn: [] },
    })
    const interactions = new Map([
      [intake, interaction(intake, 'intake')],
      ...exchanges.map(({ id }) => [id, interaction(id, 'exchange')] as const),
    ])
    const rights = [
      right(intake, visitor, null, 'member'),
      ...exchanges.flatMap(({ id, answerer }) => [
        right(intake, answerer, 1, 'rule'),
        right(id, visitor, null, 'member'),
        right(id, answerer, null, 'member'),
      ]),
    ]
    this.placed.set(intake, [asked])
    for (const { id, answer } of exchanges) this.placed.set(id, [answer])
    this.shapes.push({
      ...{ conversation, kind: 'outside', visitor, state: 'open', rights, interactions },
      tickets: [{ id: ticket, intake, state: 'open', parent: null, mergedInto: null }],
      participants: [
        place(intake, visitor, 'initiator'),
        ...exchanges.flatMap(({ id, answerer }) => [place(id, visitor, 'initiator'), place(id, answerer, 'responder')]),
      ],
      spans: spansOfRights(rights, interactions),
      lastPositions: new Map([...interactions.keys()].map((id) => [id, 1])),
    })
  }

  /** What somebody may read of an interaction, in order. */
  reads(person: string, interaction: string): { knows: boolean; messages: string[] } {
    const shape = this.shapes.find(({ interactions }) => interactions.has(interaction))
    const ranges = shape ? mayRead(shape.spans.get(person) ?? [], interaction) : []
    const stands = this.placed.get(interaction) ?? []
    return {
      knows: ranges.length > 0,
      messages: ranges.flatMap(({ from, to }) => stands.slice(from - 1, to ?? undefined)),
    }
  }

  in(interaction: string): Shape | undefined {
    return this.shapes.find(({ interactions }) => interactions.has(interaction))
  }

  standing(shape: Shape, person: string, interaction: string): Standing {
    const place = placeOf(shape, interaction, person)
    const role = this.roles.get(person) ?? null
    const part = place && !place.left ? (place.role === 'observer' ? 'observer' : 'member') : null
    const reads = mayRead(shape.spans.get(person) ?? [], interaction).length > 0
    return {
      role: role === 'visitor' ? null : role,
      part: part ?? (reads ? 'reader' : 'none'),
      side: part !== 'member' ? null : place?.role === 'initiator' ? 'asking' : 'answering',
      manages: part === 'member' && place?.manages === true,
    }
  }

  make(changes: readonly Change[]): void {
    this.shapes = applyChanges(this.shapes, changes)
    for (const change of changes) {
      if (change.kind === 'open-interaction') this.placed.set(change.interaction, [])
      if (change.kind === 'open-ticket') this.placed.set(change.intake, [])
      if (change.kind === 'place') this.#stand(change)
    }
  }

  #stand({ interaction, position, message }: { interaction: string; position: number; message: string }): void {
    const stands = this.placed.get(interaction) ?? []
    if (stands.length !== position - 1) throw new Error('a position was left out or given anew')
    stands.push(message)
    this.placed.set(interaction, stands)
  }

  /** Makes the changes of something that can be undone. */
  done(by: string, changes: readonly Change[], answer: Answer = {}): Answer {
    this.make(changes)
    const operation = this.newId()
    this.#done.set(operation, { by, changes })
    return { ...answer, operation }
  }

  say(shape: Shape, interaction: string, message: string, by: string): Change {
    const position = lastOf(shape, interaction) + 1
    return { kind: 'place', conversation: shape.conversation, interaction, position, message, by }
  }

  undo(by: string, operation: string): Answer | null {
    const { by: whose, changes } = this.#done.get(operation) ?? {}
    if (!changes || !(whose === by || watches(this, by))) return null
    this.#done.delete(operation)
    this.make(undoChanges(changes, this.shapes, this.newId))
    return {}
  }
}

type Decide<C> = (house: RulesHouse, command: C) => Answer | null
type Of<Op> = Extract<Command, { op: Op }>

/** How each is decided by the rules: an answer, or null where it is refused. */
export const decisions: { readonly [Op in Command['op']]?: Decide<Of<Op>> } = {
  say: (house, { by, rooms, message }) => {
    const changes = rooms.flatMap((room) => {
      const shape = house.in(room)
      const interaction = shape?.interactions.get(room)
      if (!shape || interaction?.state !== 'open' || shape.state !== 'open') return []
      return mayDo('say', house.standing(shape, by, room)).ok ? [house.say(shape, room, message, by)] : []
    })
    if (changes.length < rooms.length) return null
    house.make(changes)
    return {}
  },
  add: (house, { by, room, people, history }) => {
    const shape = house.in(room)
    if (!shape || !mayDo('add', house.standing(shape, by, room)).ok) return null
    const asking = new Set(shape.participants.flatMap(({ role, person }) => (role === 'initiator' ? [person] : [])))
    if (people.some((person) => asking.has(person) || house.roles.get(person) === 'visitor')) return null
    const givesAnything = watches(house, by)
    const joined = people.filter((person) => !here(shape, room).some((place) => place.person === person))
    const changes = joined.flatMap((person) =>
      join(shape, { interaction: room, person, role: 'responder', by, history, givesAnything }, house.newId),
    )
    return house.done(by, changes, { joined })
  },
  leave: (house, { by, room }) => {
    const shape = house.in(room)
    const place = shape && placeOf(shape, room, by)
    return !shape || !place || place.left ? null : house.done(by, leave(shape, place.id, null))
  },
  remove: (house, { by, room, person }) => {
    const shape = house.in(room)
    if (!shape || !mayDo('remove', house.standing(shape, by, room)).ok) return null
    const place = placeOf(shape, room, person)
    return !place || place.left ? null : house.done(by, leave(shape, place.id, 'removed'))
  },
  observe: (house, { by, room, history }) => {
    const shape = house.in(room)
    if (!shape || !mayDo('observe', house.standing(shape, by, room)).ok) return null
    if (here(shape, room).some((place) => place.person === by)) return null
    const observer = { interaction: room, person: by, role: 'observer', by, history, givesAnything: true } as const
    return house.done(by, join(shape, observer, house.newId))
  },
  close: (house, { by, what, thing }) => setState(house, by, what, thing, 'closed'),
  reopen: (house, { by, what, thing }) => setState(house, by, what, thing, 'open'),
  undo: (house, { by, operation }) => house.undo(by, operation),
}

function setState(house: RulesHouse, by: string, what: string, thing: string, is: 'open' | 'closed'): Answer | null {
  if (what !== 'room') return null
  const shape = house.in(thing)
  const interaction = shape?.interactions.get(thing)
  if (!shape || !interaction || interaction.state === is) return null
  if (!mayDo('close', house.standing(shape, by, thing)).ok) return null
  return house.done(by, [{ kind: 'state', of: { interaction: thing }, was: interaction.state, is }])
}

const watches = (house: RulesHouse, person: string) =>
  ['supervisor', 'administrator'].includes(house.roles.get(person) ?? '')
