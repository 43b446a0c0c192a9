import type { Clock, ConversationId, InteractionId, ParticipantId, PersonId } from '@parley/model'
import type { Changed, DeliveryState, ServerFrame } from '@parley/protocol'
import { mayRead, viewNumber } from '@parley/rules'
import {
  type AttachmentUrl,
  numberUpTo,
  readMessages,
  readViewFacts,
  viewConversation,
} from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import type { DeliveryRow } from '../delivery/index.ts'
import { type Committed, type DecidedSay, type Live, loadStructures, type Structure, spansOf } from '../road/index.ts'
import type { Session } from './session.ts'
import { Watermarks } from './watermarks.ts'

export interface HubParts {
  readonly db: Database
  readonly clock: Clock
  readonly url: AttachmentUrl
  /** Called after every commit of this process. */
  readonly onCommit: (what: Committed) => void
  readonly log: { warn(facts: Record<string, unknown>, message: string): void }
}

/**
 * Everyone who is connected to this process, and what they are told. All of it is hints: a client that misses one sees the gap in its
 * numbers and reads it back. What someone is told is decided by `mayRead` on the structure under which it was committed.
 */
export class Hub implements Live {
  readonly #parts: HubParts
  readonly #sessions = new Map<PersonId, Set<Session>>()
  readonly #structures = new Map<ConversationId, Structure>()
  readonly #homes = new Map<InteractionId, ConversationId>()
  readonly watermarks: Watermarks
  /** Structural news are told one after the other, so that a new exchange is announced before what is said in it. */
  #telling: Promise<void> = Promise.resolve()

  constructor(parts: HubParts) {
    this.#parts = parts
    this.watermarks = new Watermarks(parts.db)
  }

  add(session: Session): void {
    const own = this.#sessions.get(session.person)
    if (own) own.add(session)
    else this.#sessions.set(session.person, new Set([session]))
  }

  remove(session: Session): void {
    const own = this.#sessions.get(session.person)
    own?.delete(session)
    if (own?.size === 0) this.#sessions.delete(session.person)
  }

  isConnected(person: PersonId): boolean {
    return this.#sessions.has(person)
  }

  /** The structure of the conversation that an interaction belongs to, as this process last saw it. */
  structureOf(target: { conversation: string } | { interaction: string }): Structure | undefined {
    const id =
      'conversation' in target
        ? (target.conversation as ConversationId)
        : this.#homes.get(target.interaction as InteractionId)
    return id && this.#structures.get(id)
  }

  /** Remembers a structure that a session has just read. An older version never replaces a newer one. */
  know(structure: Structure): void {
    const known = this.#structures.get(structure.conversation)
    if (known && known.version > structure.version) return
    this.#structures.delete(structure.conversation)
    this.#structures.set(structure.conversation, structure)
    for (const interaction of structure.interactions.keys()) this.#homes.set(interaction, structure.conversation)
    this.#trim()
  }

  committed(what: Committed): void {
    if (what.restructured.length === 0) {
      for (const say of what.says) this.#tellSaid(say)
    } else {
      for (const structure of what.restructured) this.know(structure)
      this.#tell(async () => {
        for (const structure of what.restructured) await this.tellStructure(structure)
        for (const say of what.says) this.#tellSaid(say)
      })
    }
    for (const { person, what: list } of what.changed) this.#send(person, { t: 'changed', what: list })
    this.#parts.onCommit(what)
  }

  /** Another process committed something in these conversations: read what is new and tell those who are connected here. */
  committedElsewhere(account: Structure['account'], conversations: readonly ConversationId[]): void {
    const interesting = conversations.filter((id) => this.#structures.has(id))
    this.#tell(async () => {
      if (interesting.length === 0) return
      const structures = await this.#parts.db.read(account, (db) => loadStructures(db, account, interesting))
      for (const structure of structures.values()) {
        this.know(structure)
        await this.tellStructure(structure)
        await this.#catchUp(structure)
      }
    })
  }

  changedElsewhere(person: PersonId, what: Changed['what']): void {
    this.#send(person, { t: 'changed', what })
  }

  /** Send each connected person the conversation as they may see it. */
  async tellStructure(structure: Structure): Promise<void> {
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
        this.#send(other.person, { t: 'typing', interaction, participant: typist.id, on })
      }
    }
  }

  tellSeen(
    structure: Structure,
    participant: ParticipantId,
    interaction: InteractionId,
    mark: { delivered: number; read: number },
  ): void {
    for (const [person, spans] of structure.spans) {
      if (!this.#sessions.has(person)) continue
      const ranges = mayRead(spans, interaction)
      if (ranges.length === 0) continue
      const self = structure.participants.find((p) => p.id === participant)
      if (self?.person === person) continue
      this.#send(person, {
        t: 'seen',
        interaction,
        participant,
        delivered: numberUpTo(ranges, mark.delivered),
        read: numberUpTo(ranges, mark.read),
      })
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
    this.#send(found.person_id, { t: 'tick', interaction, message, participant, state: state as DeliveryState })
    this.#send(found.person_id, { t: 'changed', what: 'deliveries' })
    this.#send(row.person_id, { t: 'changed', what: 'deliveries' })
  }

  /** Close every connection of a person: their right to be here has ended. */
  disconnect(person: PersonId): void {
    for (const session of [...(this.#sessions.get(person) ?? [])]) session.end()
  }

  async stop(): Promise<void> {
    await this.#telling
    await this.watermarks.stop()
  }

  #tellSaid(say: DecidedSay): void {
    this.know(say.structure)
    if (say.say.attachments.length > 0 || say.say.form) {
      this.#tell(() => this.#catchUp(say.structure))
      return
    }
    const rest = liveText(say)
    for (const { interaction, position } of say.placements) {
      for (const [person, spans] of say.structure.spans) {
        const sessions = this.#sessions.get(person)
        if (!sessions) continue
        const n = viewNumber(mayRead(spans, interaction), position)
        if (n === null) continue
        const author = participantIn(say, interaction)
        const text = `{"t":"messages","interaction":"${interaction}","messages":[{"n":${n},"from":"${author}",${rest}}]}`
        for (const session of sessions) session.sendMessageText(interaction, n, text)
      }
    }
  }

  /** Read back what each connected person has not been sent yet. */
  async #catchUp(structure: Structure): Promise<void> {
    const { account } = structure
    await this.#parts.db.read(account, async (db) => {
      for (const person of structure.spans.keys()) {
        for (const session of this.#sessions.get(person) ?? []) {
          for (const interaction of structure.interactions.keys()) {
            const sent = session.sentUpTo(interaction)
            const page = await readMessages(db, {
              account,
              person,
              interaction,
              spans: spansOf(structure, person),
              cursor: sent === undefined ? 'end' : { after: sent },
              url: this.#parts.url,
            })
            if (page.messages.length > 0) {
              session.sendMessages({
                t: 'messages',
                interaction,
                messages: page.messages,
                ...(page.more ? { more: true } : {}),
              })
            }
          }
        }
      }
    })
  }

  #tell(work: () => Promise<void>): void {
    this.#telling = this.#telling.then(work).catch((error: unknown) => {
      this.#parts.log.warn({ error: String(error) }, 'connected clients could not be told and will read it back')
    })
  }

  #send(person: PersonId, frame: ServerFrame): void {
    for (const session of this.#sessions.get(person) ?? []) session.send(frame)
  }

  #trim(): void {
    for (const [id, structure] of this.#structures) {
      if (this.#structures.size <= 20_000) return
      this.#structures.delete(id)
      for (const interaction of structure.interactions.keys()) this.#homes.delete(interaction)
    }
  }
}

/** The part of a message's frame that is the same for every reader. */
function liveText(say: DecidedSay): string {
  const marks = `${say.full === null ? '' : ',"cut":true'}${say.masked ? ',"masked":true' : ''}${say.say.unproven ? ',"unproven":true' : ''}`
  return `"id":"${say.id}","at":"${say.at.toISOString()}","text":${JSON.stringify(say.body)}${marks}`
}

function participantIn(say: DecidedSay, interaction: InteractionId): ParticipantId {
  if (say.author.interaction === interaction) return say.author.id
  const place = say.structure.participants.find((p) => p.person === say.say.person && p.interaction === interaction)
  return place?.id ?? say.author.id
}
