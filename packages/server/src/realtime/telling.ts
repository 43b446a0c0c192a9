import type { ConversationId, InteractionId, MessageId, PersonId } from '@parley/model'
import type { ServerFrame } from '@parley/protocol'
import { mayRead, numberInView, viewNumber } from '@parley/rules'
import { type AttachmentUrl, readMessages, readViewFacts, viewConversation } from '../conversations/index.ts'
import type { Database, Reader } from '../db/index.ts'
import { type DecidedSay, isAsSent, loadStructures, readableSpans, type Structure, spansOf } from '../road/index.ts'
import type { Connected } from './connected.ts'
import type { KnownStructures } from './known-structures.ts'
import { isToBeRead, saidFrames } from './said-frame.ts'
import type { Session } from './session.ts'

interface TellingParts {
  readonly db: Database
  readonly url: AttachmentUrl
  readonly connected: Connected
  readonly known: KnownStructures
  readonly log: { warn(facts: Record<string, unknown>, message: string): void }
}

/**
 * What those who are connected here are told of conversations: who is where in them, and what is said. In a conversation all news wait for
 * each other, so that a new exchange is announced before what is said in it.
 */
export class Telling {
  readonly #parts: TellingParts
  /** What is being told, by conversation. */
  readonly #underWay = new Map<ConversationId, Promise<void>>()

  constructor(parts: TellingParts) {
    this.#parts = parts
  }

  /** At once, unless something is being told there. */
  said(say: DecidedSay): void {
    const { conversation } = say.structure
    if (isToBeRead(say) || this.#underWay.has(conversation)) this.#tell([conversation], () => this.#tellSaid(say))
    else this.#sendSaid(say)
  }

  restructured(structures: readonly Structure[], says: readonly DecidedSay[]): void {
    for (const structure of structures) this.#parts.known.know(structure)
    const conversations = structures.map(({ conversation }) => conversation)
    this.#tell(conversations, async () => {
      for (const structure of structures) await this.#tellStructure(structure)
      for (const say of says) await this.#tellSaid(say)
    })
  }

  /** Something may be new in these: read it and tell those who are connected. */
  anew(account: Structure['account'], conversations: readonly ConversationId[]): void {
    const { db, connected, known } = this.#parts
    this.#tell(conversations, async () => {
      const structures = await db.read(account, (reader) => loadStructures(reader, account, conversations))
      for (const structure of structures.values()) {
        if (![...structure.spans.keys()].some((person) => connected.has(person))) continue
        const isNew = !known.has(structure.conversation)
        known.know(structure)
        if (isNew || !known.isTold(structure.conversation, structure.version)) await this.#tellStructure(structure)
        for (const form of await this.#catchUp(structure)) await this.#tellAgain(structure, form)
      }
    })
  }

  async idle(): Promise<void> {
    await Promise.all(this.#underWay.values())
  }

  /** Send each connected person the conversation as they may see it. */
  async #tellStructure(structure: Structure): Promise<void> {
    const { db, connected, known } = this.#parts
    known.markTold(structure)
    const people = [...structure.spans.keys()].filter((person) => connected.has(person))
    if (people.length === 0) return
    await db.read(structure.account, async (reader) => {
      for (const person of people) {
        for (const session of connected.of(person)) {
          const facts = await readViewFacts(reader, [structure], session.language)
          session.send({ t: 'conversation', conversation: viewConversation(structure, person, facts) })
        }
      }
    })
  }

  async #tellSaid(say: DecidedSay): Promise<void> {
    if (!isToBeRead(say)) return this.#sendSaid(say)
    this.#parts.known.know(say.structure)
    const { form } = say.say
    await this.#catchUp(say.structure)
    if (form?.kind === 'answer') await this.#tellAgain(say.structure, form.of)
  }

  #sendSaid(say: DecidedSay): void {
    this.#parts.known.know(say.structure)
    const frame = saidFrames(say)
    const knows = isAsSent(say) ? say.say.by : undefined
    for (const { interaction, position } of say.placements) {
      for (const [person, spans] of say.structure.spans) {
        const sessions = this.#parts.connected.of(person)
        if (sessions.size === 0) continue
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
        for (const session of this.#parts.connected.of(person)) {
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
          if (!this.#parts.connected.has(person)) continue
          const spans = spansOf(structure, person)
          const n = viewNumber(mayRead(spans, interaction), position)
          if (n === null) continue
          const wanted = { account, person, interaction, spans, cursor: { after: n - 1 }, url: this.#parts.url }
          const [changed] = (await readMessages(db, wanted)).messages
          if (changed) this.#send(person, { t: 'messages', interaction, messages: [changed] })
        }
      }
    })
  }

  #send(person: PersonId, frame: ServerFrame): void {
    this.#parts.connected.send(person, frame)
  }

  #tell(conversations: readonly ConversationId[], work: () => Promise<void>): void {
    const before = conversations.flatMap((id) => this.#underWay.get(id) ?? [])
    const telling = Promise.all(before)
      .then(work)
      .catch((error: unknown) => {
        this.#parts.log.warn({ error: String(error) }, 'connected clients could not be told and will read it back')
      })
      .finally(() => {
        for (const id of conversations) if (this.#underWay.get(id) === telling) this.#underWay.delete(id)
      })
    for (const id of conversations) this.#underWay.set(id, telling)
  }
}
