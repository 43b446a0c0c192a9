import type { Clock, ConversationId, InteractionId, PersonId } from '@parley/model'
import { sql } from 'kysely'
import type { Bus, Hint } from '../bus/index.ts'
import type { AttachmentUrl } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import type { DeliveryRow, PassTyping } from '../delivery/index.ts'
import type { Committed, Live, Structure } from '../road/index.ts'
import { Connected } from './connected.ts'
import { hintsOf } from './hints-of.ts'
import { findOwn, isNow, KnownStructures, loadStructureOf, type ToConversation } from './known-structures.ts'
import { Passing } from './passing.ts'
import type { Session } from './session.ts'
import type { Holder } from './short-token.ts'
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

  /** It has been welcomed with these conversations: what happened meanwhile is looked at once more. */
  welcomed(session: Session, structures: readonly Structure[]): void {
    const missed = new Set(session.welcomed())
    for (const structure of structures) {
      const { conversation, version } = structure
      const told = this.#telling.told.version(conversation) ?? version
      if (told !== version || this.#known.get({ conversation })?.version !== version) missed.add(conversation)
      this.#telling.told.add(session, conversation, version)
    }
    for (const conversation of missed) this.#telling.told.doubt(conversation)
    if (missed.size > 0) this.#telling.anew(session.holder.account, [...missed])
  }

  remove(session: Session): void {
    this.#connected.remove(session)
    for (const conversation of session.conversations) this.#telling.told.drop(session, conversation)
  }

  /** Open connections. */
  get size(): number {
    return this.#connected.size
  }

  isHere(session: Session): boolean {
    return this.#connected.isHere(session)
  }

  isConnected(person: PersonId): boolean {
    return this.#connected.has(person)
  }

  /** The structure of the conversation that an interaction belongs to, as this process last saw it. */
  structureOf(target: ToConversation): Structure | undefined {
    return this.#known.get(target)
  }

  /** The same as it is now: another process may have moved somebody since this one saw it, if it has. */
  async find(account: Structure['account'], target: ToConversation): Promise<Structure | undefined> {
    const known = this.structureOf(target)
    if (known && known.account !== account) return undefined
    const found = await this.#parts.db.read(account, async (db) =>
      known && (await isNow(db, known)) ? known : loadStructureOf(db, account, target),
    )
    if (found) this.know(found)
    return found
  }

  /** The conversation that is meant, if it is somebody's. */
  async findOwn(holder: Holder, target: ToConversation): Promise<Structure | undefined> {
    const { account } = holder
    const conversation = await this.#parts.db.read(account, (db) => findOwn(db, holder, target))
    return conversation ? this.find(account, { conversation }) : undefined
  }

  /** What is being told of a conversation at the moment. */
  telling(conversation: ConversationId): Promise<void> | undefined {
    return this.#telling.underWay(conversation)
  }

  read(...what: Parameters<Telling['read']>): Promise<boolean> {
    return this.#telling.read(...what)
  }

  /** Somebody who is connected here has come to a conversation that they were not told of yet. */
  tellAnew(account: Structure['account'], conversation: ConversationId): void {
    this.#telling.anew(account, [conversation])
  }

  /** Remembers a structure that a session has just read. */
  know(structure: Structure): void {
    this.#known.know(structure)
  }

  committed(what: Committed): void {
    if (what.restructured.length > 0) this.#telling.restructured(what.restructured, what.says)
    else for (const say of what.says) this.#telling.said(say)
    for (const { person, what: list } of what.changed) this.#passing.pass(person, { t: 'changed', what: list })
    for (const { account, conversation } of what.gone ?? []) this.#telling.anew(account, [conversation])
    for (const person of what.became ?? []) this.#endWhenTold(person, [...what.restructured, ...(what.gone ?? [])])
    for (const { key, hint } of this.#parts.elsewhere ? hintsOf(what) : []) this.#parts.elsewhere?.tell(key, hint)
    this.#parts.onCommit(what)
  }

  /** What other processes have told: read what is new, and pass on what passes, to those who are connected here. */
  heard(hints: readonly Hint[]): void {
    const touched = new Map<Structure['account'], Set<ConversationId>>()
    const ended: PersonId[] = []
    for (const hint of hints) {
      if (hint.kind === 'frame') this.#passing.heard(hint, (interaction) => this.structureOf({ interaction }))
      else if (hint.kind === 'ended') ended.push(hint.person)
      else if (hint.kind === 'committed' && this.#concernsSomeone(hint)) {
        const own = touched.get(hint.account) ?? new Set()
        touched.set(hint.account, own.add(hint.conversation))
      }
    }
    for (const [account, conversations] of touched) this.#telling.anew(account, [...conversations])
    const told = [...touched.values()].flatMap((own) => [...own].map((conversation) => ({ conversation })))
    for (const person of ended) this.#endWhenTold(person, told)
  }

  /** Hints may have been lost: look for what was committed since in the conversations of those who are connected here. */
  async resync(since: Date): Promise<void> {
    const people = [...this.#connected.people]
    if (people.length === 0) return
    const { told } = this.#telling
    const known = [...told.conversations]
    const accounts = people.map((person) => accountOf(this.#connected.of(person)))
    const accountsKnown = known.map((conversation) => accountOf(told.sessions(conversation)))
    const { rows } = await sql<{
      account: Structure['account']
      conversation: ConversationId
      version: number
      moved: boolean
    }>`
      with theirs as (
        select s.account_id, s.conversation_id, false as told from unnest(${accounts}::uuid[], ${people}::uuid[]) as p(account, person)
          join span s on s.account_id = p.account and s.person_id = p.person
            and (s.to_position is null or s.to_position >= s.from_position)
        union select account, conversation, true from unnest(${accountsKnown}::uuid[], ${known}::uuid[]) as k(account, conversation))
      select distinct c.account_id as account, c.conversation_id as conversation, c.structure as version,
        c.last_at >= ${since} as moved
      from theirs t join conversation c on c.account_id = t.account_id and c.conversation_id = t.conversation_id
      where t.told or c.state = 'open' or c.last_at >= ${since} or c.ends_at >= ${since}
    `.execute(this.#parts.db.workers)
    const found = new Set(rows.map(({ conversation }) => conversation))
    const missed = rows.filter((row) => row.moved || told.version(row.conversation) !== row.version)
    const lost = known.flatMap((conversation) => {
      const account = found.has(conversation) ? null : accountOf(told.sessions(conversation))
      return account ? [{ account, conversation }] : []
    })
    for (const [account, own] of Map.groupBy([...missed, ...lost], (row) => row.account)) {
      const ids = own.map(({ conversation }) => conversation)
      for (let at = 0; at < ids.length; at += 500) this.#telling.anew(account, ids.slice(at, at + 500))
    }
  }

  tellTyping(structure: Structure, person: PersonId, interactions: readonly InteractionId[], on: boolean): void {
    this.#passing.typing(structure, person, interactions, on)
  }

  tellSeen(...what: Parameters<Passing['seen']>): void {
    this.#passing.seen(...what)
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

  /** What has gone for them with it they are told first. */
  #endWhenTold(person: PersonId, of: readonly Pick<Structure, 'conversation'>[]): void {
    const telling = of.flatMap(({ conversation }) => this.#telling.underWay(conversation) ?? [])
    if (telling.length === 0) this.#connected.end(person)
    else void Promise.all(telling).then(() => this.#connected.end(person))
  }

  #concernsSomeone(hint: Extract<Hint, { kind: 'committed' }>): boolean {
    if (hint.people === null || this.#telling.told.has(hint.conversation)) return this.size > 0
    return hint.people.some((person) => this.#connected.has(person))
  }
}

/** Whoever shares a person or a conversation shares an account. */
function accountOf([session]: Iterable<Session>): Structure['account'] | null {
  return session?.holder.account ?? null
}
