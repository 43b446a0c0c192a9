import type { Clock, ConversationId, InteractionId, ParticipantId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Bus, Hint } from '../bus/index.ts'
import type { AttachmentUrl } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import type { DeliveryRow, PassTyping } from '../delivery/index.ts'
import type { Committed, Live, Structure } from '../road/index.ts'
import { Connected } from './connected.ts'
import { KnownStructures, loadStructureOf, type ToConversation } from './known-structures.ts'
import { Passing } from './passing.ts'
import type { Session } from './session.ts'
import { Telling } from './telling.ts'
import { Watermarks } from './watermarks.ts'

export interface HubParts {
  readonly db: Database
  readonly clock: Clock
  readonly url: AttachmentUrl
  /** Called after every commit of this process. */
  readonly onCommit: (what: Committed) => void
  /** The other processes of this installation; left out where there are none. */
  readonly elsewhere?: Pick<Bus, 'tell'>
  /** To those who read over a medium that carries it. */
  readonly passTyping?: PassTyping
  readonly log: { warn(facts: Record<string, unknown>, message: string): void }
}

/**
 * Where what happens meets those who are connected to this process. All that they are told is hints: a client that misses one sees the
 * gap in its numbers and reads it back. What someone is told is decided by `mayRead` on the structure under which it was committed.
 */
export class Hub implements Live {
  readonly #parts: HubParts
  readonly #connected = new Connected()
  readonly #known = new KnownStructures()
  readonly #telling: Telling
  readonly #passing: Passing
  readonly watermarks: Watermarks

  constructor(parts: HubParts) {
    this.#parts = parts
    this.#telling = new Telling({ ...parts, connected: this.#connected, known: this.#known })
    this.#passing = new Passing({ ...parts, connected: this.#connected })
    this.watermarks = new Watermarks(parts.db)
  }

  add(session: Session): void {
    this.#connected.add(session)
  }

  remove(session: Session): void {
    this.#connected.remove(session)
  }

  /** Open connections. */
  get size(): number {
    return this.#connected.size
  }

  isConnected(person: PersonId): boolean {
    return this.#connected.has(person)
  }

  /** The structure of the conversation that an interaction belongs to, as this process last saw it. */
  structureOf(target: ToConversation): Structure | undefined {
    return this.#known.get(target)
  }

  /** The same, read where this process has not seen the conversation yet, or has seen too many since. */
  async find(account: Structure['account'], target: ToConversation): Promise<Structure | undefined> {
    const known = this.structureOf(target)
    if (known) return known.account === account ? known : undefined
    const found = await this.#parts.db.read(account, (db) => loadStructureOf(db, account, target))
    if (found) this.know(found)
    return found
  }

  /** Remembers a structure that a session has just read. */
  know(structure: Structure): void {
    this.#known.know(structure)
  }

  committed(what: Committed): void {
    if (what.restructured.length > 0) this.#telling.restructured(what.restructured, what.says)
    else for (const say of what.says) this.#telling.said(say)
    for (const { person, what: list } of what.changed) this.#passing.pass(person, { t: 'changed', what: list })
    for (const person of what.became ?? []) this.disconnect(person)
    this.#tellElsewhere(what)
    this.#parts.onCommit(what)
  }

  /** What other processes have told: read what is new, and pass on what passes, to those who are connected here. */
  heard(hints: readonly Hint[]): void {
    const touched = new Map<Structure['account'], Set<ConversationId>>()
    for (const hint of hints) {
      if (hint.kind === 'frame') this.#passing.heard(hint, (interaction) => this.structureOf({ interaction }))
      else if (hint.kind === 'ended') this.#connected.end(hint.person)
      else if (hint.kind === 'committed' && this.#concernsSomeone(hint)) {
        const own = touched.get(hint.account) ?? new Set()
        touched.set(hint.account, own.add(hint.conversation))
      }
    }
    for (const [account, conversations] of touched) this.#telling.anew(account, [...conversations])
  }

  /** Hints may have been lost: look for what was committed since in the conversations of those who are connected here. */
  async resync(since: Date): Promise<void> {
    const people = [...this.#connected.people]
    if (people.length === 0) return
    const { rows } = await sql<{
      account: Structure['account']
      conversation: ConversationId
      version: number
      moved: boolean
    }>`
      select distinct c.account_id as account, c.conversation_id as conversation, c.structure as version, c.last_at >= ${since} as moved
      from span s join conversation c on c.account_id = s.account_id and c.conversation_id = s.conversation_id
      where s.person_id = any(${people}::uuid[]) and (c.state = 'open' or c.last_at >= ${since} or c.ends_at >= ${since})
    `.execute(this.#parts.db.workers)
    const missed = rows.filter((row) => row.moved || !this.#known.isTold(row.conversation, row.version))
    for (const [account, own] of Map.groupBy(missed, (row) => row.account)) {
      const ids = own.map(({ conversation }) => conversation)
      for (let at = 0; at < ids.length; at += 500) this.#telling.anew(account, ids.slice(at, at + 500))
    }
  }

  tellTyping(structure: Structure, person: PersonId, interactions: readonly InteractionId[], on: boolean): void {
    this.#passing.typing(structure, person, interactions, on)
  }

  tellSeen(
    structure: Structure,
    participant: ParticipantId,
    interaction: InteractionId,
    mark: { delivered: number; read: number },
    from: Session,
  ): void {
    this.#passing.seen(structure, participant, interaction, mark, from)
  }

  tellDelivery(row: DeliveryRow, state: string): Promise<void> {
    return this.#passing.delivery(row, state)
  }

  /** Close every connection of a person: their right to be here has ended. */
  disconnect(person: PersonId): void {
    this.#connected.end(person)
    this.#parts.elsewhere?.tell(`ended ${person}`, { kind: 'ended', person })
  }

  async stop(): Promise<void> {
    await this.#telling.idle()
    await this.watermarks.stop()
  }

  #tellElsewhere(what: Committed): void {
    const { elsewhere } = this.#parts
    if (!elsewhere) return
    for (const structure of [...what.says.map((say) => say.structure), ...what.restructured]) {
      const { account, conversation } = structure
      elsewhere.tell(conversation, { kind: 'committed', account, conversation, people: [...structure.spans.keys()] })
    }
  }

  #concernsSomeone(hint: Extract<Hint, { kind: 'committed' }>): boolean {
    if (hint.people === null) return this.size > 0
    return hint.people.some((person) => this.#connected.has(person))
  }
}
