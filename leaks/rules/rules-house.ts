import {
  applyChanges,
  type Change,
  isSealedIn,
  lastOf,
  mayRead,
  type Right,
  type Shape,
  spansOfRights,
  undoOperation,
  type Who,
  watches,
} from '@parley/rules'
import type { Opened } from '../model/opened.ts'
import type { Answer, History, Role } from '../model/world.ts'

interface Invited {
  readonly room: string
  readonly person: string
  readonly by: string
  readonly history: History
  readonly historyOf: string
}

/** What the rules decide and what comes of it, in memory: structures, what stands where, and what was done. */
export class RulesHouse {
  shapes: Shape[] = []
  /** Messages that are sealed, which is the server's to know. */
  readonly sealed = new Set<string>()
  readonly invitations = new Map<string, Invited>()
  /** What is to be said where something was just decided. */
  saysAfter: { interaction: string; message: string; by: string } | null = null
  readonly #roles: ReadonlyMap<string, Role>
  /** What stands at which position, by interaction. */
  readonly #placed = new Map<string, string[]>()
  /** Where it was said first, by message. */
  readonly #saidIn = new Map<string, string>()
  readonly teams = new Map<string, ReadonlySet<string>>()
  /** In order; what was undone is taken out. */
  readonly #done = new Map<string, { by: string; changes: readonly Change[] }>()
  #ids = 0

  constructor(roles: ReadonlyMap<string, Role>) {
    this.#roles = roles
  }

  newId = (): string => `n${++this.#ids}`

  who(person: string): Who {
    const role = this.#roles.get(person) ?? 'visitor'
    return { person, role: role === 'visitor' ? null : role }
  }

  in(interaction: string): Shape | undefined {
    return this.shapes.find(({ interactions }) => interactions.has(interaction))
  }

  /** What somebody may read of an interaction, in order, and whether they know of it. */
  reads(person: string, interaction: string): { knows: boolean; messages: string[] } {
    const ranges = mayRead(this.in(interaction)?.spans.get(person) ?? [], interaction)
    const stands = this.#placed.get(interaction) ?? []
    return {
      knows: ranges.length > 0,
      messages: ranges.flatMap(({ from, to }) => stands.slice(from - 1, to ?? undefined)),
    }
  }

  make(changes: readonly Change[]): void {
    this.shapes = applyChanges(this.shapes, changes)
    for (const change of changes) {
      if (change.kind === 'open-interaction') this.#placed.set(change.interaction, [])
      if (change.kind === 'open-ticket') this.#placed.set(change.intake, [])
      if (change.kind === 'place') this.#stand(change)
    }
    for (const shape of this.shapes) {
      for (const id of shape.interactions.keys()) {
        if (isSealedIn(shape, id)) for (const message of this.#placed.get(id) ?? []) this.sealed.add(message)
      }
    }
  }

  /** Makes the changes of something that can be undone. */
  done(by: string, changes: readonly Change[], answer: Answer = {}): Answer {
    this.make(changes)
    const says = this.saysAfter
    this.saysAfter = null
    if (says) {
      const shape = this.in(says.interaction)
      if (shape) this.make([this.placing(shape, says.interaction, says.message, says.by)])
      return answer
    }
    const operation = this.newId()
    this.#done.set(operation, { by, changes })
    return { ...answer, operation }
  }

  undo(by: string, operation: string): Answer | null {
    const { by: whose, changes } = this.#done.get(operation) ?? {}
    if (!changes || !(whose === by || watches(this.who(by)))) return null
    const all = [...this.#done]
    const later = all.slice(all.findIndex(([id]) => id === operation) + 1).map(([, deed]) => deed.changes)
    const undone = undoOperation(changes, later, this.shapes, this.newId)
    if (!undone.ok) return null
    this.#done.delete(operation)
    this.make(undone.changes)
    return {}
  }

  /** Nothing of it is there any more; what was done before is not undone. */
  erase(shape: Shape): void {
    this.shapes = this.shapes.filter((one) => one !== shape)
    this.#done.clear()
    const inside = [...shape.interactions.keys()]
    const copied = [...this.#placed].flatMap(([interaction, messages]) =>
      messages.flatMap((message, index) =>
        !inside.includes(interaction) && inside.includes(this.#saidIn.get(message) ?? '')
          ? [{ kind: 'withdraw', interaction, position: index + 1 } as const]
          : [],
      ),
    )
    this.make(copied)
    for (const [id, { room }] of this.invitations) if (shape.interactions.has(room)) this.invitations.delete(id)
  }

  withTicket = (ticket: string) => this.shapes.find(({ tickets }) => tickets.some(({ id }) => id === ticket))

  /** Where messages stand; those that were withdrawn there do not. */
  positions(interaction: string, messages: readonly string[]): { id: string; position: number }[] {
    const withdrawn = this.in(interaction)?.interactions.get(interaction)?.withdrawn ?? []
    return (this.#placed.get(interaction) ?? []).flatMap((id, index) =>
      messages.includes(id) && !withdrawn.includes(index + 1) ? [{ id, position: index + 1 }] : [],
    )
  }

  standing(interaction: string): Set<string> {
    const all = this.#placed.get(interaction) ?? []
    return new Set(this.positions(interaction, all).map(({ id }) => id))
  }

  /** Their ids, by person. */
  invite(people: readonly string[], invited: Omit<Invited, 'person'>): Map<string, string> {
    const ids = new Map(people.map((person) => [person, this.newId()]))
    for (const [person, id] of ids) this.invitations.set(id, { ...invited, person })
    return ids
  }

  /** A message at the end of an interaction. */
  placing(shape: Shape, interaction: string, message: string, by: string): Change {
    const position = lastOf(shape, interaction) + 1
    return { kind: 'place', conversation: shape.conversation, interaction, position, message, by }
  }

  #stand({ interaction, position, message }: { interaction: string; position: number; message: string }): void {
    const stands = this.#placed.get(interaction) ?? []
    if (stands.length !== position - 1) throw new Error('a position was left out or given anew')
    stands.push(message)
    if (!this.#saidIn.has(message)) this.#saidIn.set(message, interaction)
  }

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
    this.#placed.set(intake, [asked])
    for (const { id, answer } of exchanges) this.#placed.set(id, [answer])
    this.#saidIn.set(asked, intake)
    for (const { id, answer } of exchanges) this.#saidIn.set(answer, id)
    const sides = exchanges.flatMap(({ id, answerer }) => [
      place(id, visitor, 'initiator'),
      place(id, answerer, 'responder'),
    ])
    this.shapes.push({
      ...{ conversation, kind: 'outside', visitor, state: 'open', rights, interactions },
      tickets: [{ id: ticket, intake, state: 'open', parent: null, mergedInto: null }],
      participants: [place(intake, visitor, 'initiator'), ...sides],
      spans: spansOfRights(rights, interactions),
      lastPositions: new Map([...interactions.keys()].map((id) => [id, 1])),
    })
  }
}
