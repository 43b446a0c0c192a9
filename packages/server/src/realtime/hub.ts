import type { Clock, ConversationId, InteractionId, MessageId, ParticipantId, PersonId } from '@parley/model'
import type { DeliveryState, ServerFrame } from '@parley/protocol'
import { mayRead, numberInView, viewNumber } from '@parley/rules'
import { sql } from 'kysely'
import type { Bus, Hint, PassingFrame } from '../bus/index.ts'
import {
  type AttachmentUrl,
  numberUpTo,
  readMessages,
  readViewFacts,
  viewConversation,
} from '../conversations/index.ts'
import type { Database, Reader } from '../db/index.ts'
import type { DeliveryRow, PassTyping } from '../delivery/index.ts'
import {
  type Committed,
  type DecidedSay,
  isAsSent,
  type Live,
  loadStructures,
  readableSpans,
  type Structure,
  spansOf,
} from '../road/index.ts'
import { KnownStructures, loadStructureOf, type ToConversation } from './known-structures.ts'
import { isToBeRead, saidFrames } from './said-frame.ts'
import type { Session } from './session.ts'
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
 * Everyone who is connected to this process, and what they are told. All of it is hints: a client that misses one sees the gap in its
 * numbers and reads it back. What someone is told is decided by `mayRead` on the structure under which it was committed.
 */
export class Hub implements Live {
  readonly #parts: HubParts
  readonly #sessions = new Map<PersonId, Set<Session>>()
  #size = 0
  readonly #known = new KnownStructures()
  readonly watermarks: Watermarks
  /** What is being told, by conversation: there all news wait for each other, so that a new exchange is announced before what is said in it. */
  readonly #telling = new Map<ConversationId, Promise<void>>()

  constructor(parts: HubParts) {
    this.#parts = parts
    this.watermarks = new Watermarks(parts.db)
  }

  add(session: Session): void {
    this.#size += 1
    const own = this.#sessions.get(session.person)
    if (own) own.add(session)
    else this.#sessions.set(session.person, new Set([session]))
  }

  remove(session: Session): void {
    const own = this.#sessions.get(session.person)
    if (own?.delete(session)) this.#size -= 1
    if (own?.size === 0) this.#sessions.delete(session.person)
  }

  /** Open connections. */
  get size(): number {
    return this.#size
  }

  isConnected(person: PersonId): boolean {
    return this.#sessions.has(person)
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
    if (what.restructured.length === 0) {
      for (const say of what.says) this.#tellInOrder(say)
    } else {
      for (const structure of what.restructured) this.know(structure)
      const conversations = what.restructured.map(({ conversation }) => conversation)
      this.#tell(conversations, async () => {
        for (const structure of what.restructured) await this.tellStructure(structure)
        for (const say of what.says) await this.#tellSaid(say)
      })
    }
    for (const { person, what: list } of what.changed) this.#pass(person, { t: 'changed', what: list })
    this.#tellElsewhere(what)
    this.#parts.onCommit(what)
  }

  /** What other processes have told: read what is new, and pass on what passes, to those who are connected here. */
  heard(hints: readonly Hint[]): void {
    const touched = new Map<Structure['account'], Set<ConversationId>>()
    for (const hint of hints) {
      if (hint.kind === 'frame') this.#heardFrame(hint)
      else if (hint.kind === 'ended') this.#end(hint.person)
      else if (hint.kind === 'committed' && this.#concernsSomeone(hint)) {
        const own = touched.get(hint.account) ?? new Set()
        touched.set(hint.account, own.add(hint.conversation))
      }
    }
    for (const [account, conversations] of touched) this.committedElsewhere(account, [...conversations])
  }

  /** Another process committed something in these conversations, which may be new here: read it and tell those who are connected. */
  committedElsewhere(account: Structure['account'], conversations: readonly ConversationId[]): void {
    this.#tell(conversations, async () => {
      const structures = await this.#parts.db.read(account, (db) => loadStructures(db, account, conversations))
      for (const structure of structures.values()) {
        if (![...structure.spans.keys()].some((person) => this.#sessions.has(person))) continue
        const isNew = !this.#known.has(structure.conversation)
        this.know(structure)
        if (isNew || !this.#known.isTold(structure.conversation, structure.version)) await this.tellStructure(structure)
        for (const form of await this.#catchUp(structure)) await this.#tellAgain(structure, form)
      }
    })
  }

  /** Hints may have been lost: look for what was committed since in the conversations of those who are connected here. */
  async resync(since: Date): Promise<void> {
    const people = [...this.#sessions.keys()]
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
      for (let at = 0; at < ids.length; at += 500) this.committedElsewhere(account, ids.slice(at, at + 500))
    }
  }

  /** Send each connected person the conversation as they may see it. */
  async tellStructure(structure: Structure): Promise<void> {
    this.#known.markTold(structure)
    const connected = [...structure.spans.keys()].filter((person) => this.#sessions.has(person))
    if (connected.length === 0) return
    await this.#parts.db.read(structure.account, async (db) => {
      for (const person of connected) {
        for (const session of this.#sessions.get(person) ?? []) {
          const facts = await readViewFacts(db, [structure], session.language)
          session.send({ t: 'conversation', conversation: viewConversation(structure, person, facts) })
        }
      }
    })
  }

  tellTyping(structure: Structure, person: PersonId, interactions: readonly InteractionId[], on: boolean): void {
    for (const interaction of interactions) {
      const typist = structure.participants.find((p) => p.person === person && p.interaction === interaction && !p.left)
      if (!typist) continue
      for (const other of structure.participants) {
        if (other.person === person || other.interaction !== interaction || other.left) continue
        this.#pass(other.person, { t: 'typing', interaction, participant: typist.id, on })
        this.#parts.passTyping?.(structure, other, on)
      }
    }
  }

  tellSeen(
    structure: Structure,
    participant: ParticipantId,
    interaction: InteractionId,
    mark: { delivered: number; read: number },
    from: Session,
  ): void {
    for (const [person, spans] of structure.spans) {
      if (!this.#sessions.has(person) && !this.#parts.elsewhere) continue
      const ranges = mayRead(spans, interaction)
      if (ranges.length === 0) continue
      const seen = {
        t: 'seen' as const,
        interaction,
        participant,
        delivered: numberUpTo(ranges, mark.delivered),
        read: numberUpTo(ranges, mark.read),
      }
      // What is read in one tab is read in the others; the tab that told it knows.
      if (person === from.person) this.#passToOthers(from, seen)
      else this.#pass(person, seen)
    }
  }

  /** A delivery over another medium changed: tell the author of the message, if connected. */
  async tellDelivery(row: DeliveryRow, state: string): Promise<void> {
    const { message_id: message, interaction_id: interaction, participant_id: participant } = row
    if (!message || !interaction || !participant) return
    const found = await this.#parts.db.read(row.account_id, (db) =>
      db
        .selectFrom('message')
        .select('person_id')
        .where('account_id', '=', row.account_id)
        .where('message_id', '=', message)
        .executeTakeFirst(),
    )
    if (!found) return
    this.#pass(found.person_id, { t: 'tick', interaction, message, participant, state: state as DeliveryState })
    this.#pass(found.person_id, { t: 'changed', what: 'deliveries' })
    this.#pass(row.person_id, { t: 'changed', what: 'deliveries' })
  }

  /** Close every connection of a person: their right to be here has ended. */
  disconnect(person: PersonId): void {
    this.#end(person)
    this.#parts.elsewhere?.tell(`ended ${person}`, { kind: 'ended', person })
  }

  async stop(): Promise<void> {
    await Promise.all(this.#telling.values())
    await this.watermarks.stop()
  }

  /** At once, unless something is being told there. */
  #tellInOrder(say: DecidedSay): void {
    const { conversation } = say.structure
    if (isToBeRead(say) || this.#telling.has(conversation)) this.#tell([conversation], () => this.#tellSaid(say))
    else this.#sendSaid(say)
  }

  async #tellSaid(say: DecidedSay): Promise<void> {
    if (!isToBeRead(say)) return this.#sendSaid(say)
    this.know(say.structure)
    const { form } = say.say
    await this.#catchUp(say.structure)
    if (form?.kind === 'answer') await this.#tellAgain(say.structure, form.of)
  }

  #sendSaid(say: DecidedSay): void {
    this.know(say.structure)
    const frame = saidFrames(say)
    const knows = isAsSent(say) ? say.say.by : undefined
    for (const { interaction, position } of say.placements) {
      for (const [person, spans] of say.structure.spans) {
        const sessions = this.#sessions.get(person)
        if (!sessions) continue
        const n = numberInView(spans, interaction, position)
        if (n === null) continue
        let text: string | null = null
        for (const session of sessions) {
          if (session === knows) session.noteMessage(interaction, n)
          else {
            text ??= frame(interaction, n)
            session.sendMessageText(interaction, n, text)
          }
        }
      }
    }
  }

  /** Read back what each connected person has not been sent yet. Answers the forms that are answered in it. */
  async #catchUp({ account, conversation }: Structure): Promise<Set<MessageId>> {
    const answered = new Set<MessageId>()
    await this.#parts.db.read(account, async (db) => {
      // As it is now: who has left since what is told must not get what was said after that.
      const structure = (await loadStructures(db, account, [conversation])).get(conversation)
      if (!structure) return
      for (const person of structure.spans.keys()) {
        for (const session of this.#sessions.get(person) ?? []) {
          for (const interaction of structure.interactions.keys()) {
            for (const form of await this.#sendUnsent(db, session, structure, interaction)) answered.add(form)
          }
        }
      }
    })
    return answered
  }

  async #sendUnsent(
    db: Reader,
    session: Session,
    structure: Structure,
    interaction: InteractionId,
  ): Promise<MessageId[]> {
    const answered: MessageId[] = []
    for (;;) {
      const sent = session.sentUpTo(interaction)
      const page = await readMessages(db, {
        account: structure.account,
        person: session.person,
        interaction,
        spans: readableSpans(structure, session.person),
        cursor: sent === undefined ? 'end' : { after: sent },
        url: this.#parts.url,
      })
      if (page.messages.length === 0) return answered
      answered.push(...page.answered)
      session.sendMessages({
        t: 'messages',
        interaction,
        messages: page.messages,
        ...(page.more ? { more: true } : {}),
      })
      // A page that ends at the end has its more before it, where the client asks for it.
      if (sent === undefined || !page.more) return answered
    }
  }

  /** A message that everybody has already, and that has changed: a form is answered now. */
  async #tellAgain(structure: Structure, message: MessageId): Promise<void> {
    const { account } = structure
    await this.#parts.db.read(account, async (db) => {
      const places = await db
        .selectFrom('placement')
        .select(['interaction_id', 'position'])
        .where('account_id', '=', account)
        .where('message_id', '=', message)
        .execute()
      for (const { interaction_id: interaction, position } of places) {
        for (const person of structure.spans.keys()) {
          const sessions = this.#sessions.get(person)
          const spans = spansOf(structure, person)
          const n = sessions ? viewNumber(mayRead(spans, interaction), position) : null
          if (!sessions || n === null) continue
          const wanted = { account, person, interaction, spans, cursor: { after: n - 1 }, url: this.#parts.url }
          const [changed] = (await readMessages(db, wanted)).messages
          if (changed) this.#send(person, { t: 'messages', interaction, messages: [changed] })
        }
      }
    })
  }

  #tell(conversations: readonly ConversationId[], work: () => Promise<void>): void {
    const before = conversations.flatMap((id) => this.#telling.get(id) ?? [])
    const telling = Promise.all(before)
      .then(work)
      .catch((error: unknown) => {
        this.#parts.log.warn({ error: String(error) }, 'connected clients could not be told and will read it back')
      })
      .finally(() => {
        for (const id of conversations) if (this.#telling.get(id) === telling) this.#telling.delete(id)
      })
    for (const id of conversations) this.#telling.set(id, telling)
  }

  /** The process that has the connection of a medium may be another than the one where somebody types. */
  #heardFrame({ person, frame }: Extract<Hint, { kind: 'frame' }>): void {
    this.#send(person, frame)
    if (frame.t !== 'typing' || !this.#parts.passTyping) return
    const interaction = frame.interaction as InteractionId
    const structure = this.structureOf({ interaction })
    const reader = structure?.participants.find((p) => p.person === person && p.interaction === interaction)
    if (structure && reader) this.#parts.passTyping(structure, reader, frame.on)
  }

  #send(person: PersonId, frame: ServerFrame): void {
    for (const session of this.#sessions.get(person) ?? []) session.send(frame)
  }

  /** To a person wherever they are connected. */
  #pass(person: PersonId, frame: PassingFrame): void {
    this.#send(person, frame)
    this.#passElsewhere(person, frame)
  }

  #passToOthers(from: Session, frame: PassingFrame): void {
    for (const session of this.#sessions.get(from.person) ?? []) if (session !== from) session.send(frame)
    this.#passElsewhere(from.person, frame)
  }

  #passElsewhere(person: PersonId, frame: PassingFrame): void {
    const about = 'interaction' in frame ? `${frame.interaction} ${frame.participant}` : frame.what
    const of = frame.t === 'tick' ? frame.message : ''
    this.#parts.elsewhere?.tell(`${frame.t} ${person} ${about} ${of}`, { kind: 'frame', person, frame })
  }

  #end(person: PersonId): void {
    for (const session of [...(this.#sessions.get(person) ?? [])]) session.end()
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
    return hint.people === null ? this.#sessions.size > 0 : hint.people.some((person) => this.#sessions.has(person))
  }
}
