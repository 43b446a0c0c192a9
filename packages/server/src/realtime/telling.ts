import type { ConversationId, InteractionId, MessageId, PersonId } from '@parley/model'
import type { ConversationView } from '@parley/protocol'
import { mayRead, maySee, numberInView, viewLength, viewNumber } from '@parley/rules'
import {
  type AttachmentUrl,
  readMessages,
  readViewFacts,
  type ViewFacts,
  viewConversation,
} from '../conversations/index.ts'
import type { Database, Reader } from '../db/index.ts'
import {
  type DecidedSay,
  isAsSent,
  lastPosition,
  loadStructures,
  readableSpans,
  type Structure,
  spansOf,
} from '../road/index.ts'
import type { Connected } from './connected.ts'
import type { KnownStructures } from './known-structures.ts'
import { isToBeRead, saidFrames } from './said-frame.ts'
import type { Session } from './session.ts'
import { Told } from './told.ts'

interface TellingParts {
  readonly db: Database
  readonly url: AttachmentUrl
  readonly connected: Connected
  readonly known: KnownStructures
  readonly log: { warn(facts: Record<string, unknown>, message: string): void }
}

/**
 * What those who are connected here are told of conversations: who is where in them, and what is said. In a conversation all news wait for
 * each other: a new exchange is announced before what is said in it, and new numbers before what stands under them.
 */
export class Telling {
  readonly told = new Told()
  readonly #parts: TellingParts
  /** What is being told, by conversation. */
  readonly #underWay = new Map<ConversationId, Promise<void>>()

  constructor(parts: TellingParts) {
    this.#parts = parts
  }

  /** At once, unless something is being told there, or was changed elsewhere and is still to be told. */
  said(say: DecidedSay): void {
    const { conversation, version } = say.structure
    if (this.#underWay.has(conversation) || isToBeRead(say)) this.#tell([conversation], () => this.#tellSaid(say))
    else if (this.told.version(conversation) === version) this.#sendSaid(say)
    else {
      this.#parts.known.know(say.structure)
      if (this.#isSomeoneHere(say.structure)) this.#tell([conversation], () => this.#tellSaid(say))
    }
  }

  restructured(structures: readonly Structure[], says: readonly DecidedSay[]): void {
    for (const structure of structures) this.#parts.known.know(structure)
    // Those too in which something was said and nobody moved.
    const conversations = new Set(
      [...structures, ...says.map(({ structure }) => structure)].map((of) => of.conversation),
    )
    this.#tell([...conversations], async () => {
      for (const structure of structures) await this.#tellStructure(structure)
      for (const say of says) await this.#tellSaid(say)
      // An operation places messages, too, which nobody has said.
      for (const structure of structures) if (this.#isUnsent(structure)) await this.#tellUnsent(structure)
    })
  }

  /** Something may be new in these, or they may be gone: look, and tell those who are connected. */
  anew(account: Structure['account'], conversations: readonly ConversationId[]): void {
    this.#tell(conversations, () => this.#lookAt(account, conversations))
  }

  /** What is being told there at the moment. */
  underWay(conversation: ConversationId): Promise<void> | undefined {
    return this.#underWay.get(conversation)
  }

  /**
   * Reads something for one who is connected, in its place among the news: nothing under newer numbers than they were told of, and nothing
   * under older ones. `work` answers how to send it, or null where there is nothing of theirs.
   */
  read(
    account: Structure['account'],
    conversation: ConversationId,
    work: (db: Reader, structure: Structure) => Promise<(() => void) | null>,
  ): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    const attempt = async () => {
      const send = await this.#asTold(account, conversation, work)
      send?.()
      return send != null
    }
    this.#tell([conversation], () => attempt().then(resolve, reject))
    return promise
  }

  async idle(): Promise<void> {
    await Promise.all(this.#underWay.values())
  }

  #isSomeoneHere(structure: Structure): boolean {
    if (this.told.has(structure.conversation)) return true
    for (const person of structure.spans.keys()) if (this.#parts.connected.has(person)) return true
    return false
  }

  async #lookAt(account: Structure['account'], conversations: readonly ConversationId[]): Promise<void> {
    const { db, known } = this.#parts
    const structures = await db.read(account, (reader) => loadStructures(reader, account, conversations))
    for (const conversation of conversations) {
      const structure = structures.get(conversation)
      if (!structure) this.#tellGone(conversation)
      else if (this.#isSomeoneHere(structure)) {
        known.know(structure)
        if (!this.#isTold(structure)) await this.#tellStructure(structure)
        await this.#tellUnsent(structure)
      }
    }
  }

  /** Somebody who is connected reads more in it than they were sent. */
  #isUnsent(structure: Structure): boolean {
    for (const [person, spans] of structure.spans) {
      for (const session of this.#parts.connected.of(person)) {
        for (const interaction of structure.interactions.keys()) {
          const length = viewLength(mayRead(spans, interaction), lastPosition(structure, interaction))
          // What they have just been told of they ask for themselves.
          if (length > (session.sentUpTo(interaction) ?? length)) return true
        }
      }
    }
    return false
  }

  async #tellUnsent(structure: Structure): Promise<void> {
    for (const [form, people] of await this.#catchUp(structure)) await this.#tellAgain(structure, form, people)
  }

  /** Everyone who is connected knows it as it is. */
  #isTold({ conversation, version, spans }: Structure): boolean {
    if (this.told.version(conversation) !== version) return false
    for (const person of spans.keys()) {
      for (const session of this.#parts.connected.of(person)) if (!session.knows(conversation)) return false
    }
    return true
  }

  /** Tells everyone who is connected the conversation as they may see it, where that is news to them. */
  async #tellStructure(committed: Structure): Promise<void> {
    const { db, connected, known } = this.#parts
    const { conversation, account } = committed
    const latest = known.get({ conversation })
    const isNewer = latest?.conversation === conversation && latest.version > committed.version
    const structure = isNewer ? latest : committed
    const reached = this.told.begin(conversation)
    const audience = new Set(this.told.sessions(conversation))
    for (const person of structure.spans.keys()) for (const session of connected.of(person)) audience.add(session)
    if (audience.size === 0) return
    await db.read(account, async (reader) => {
      const facts = new Map<string, ViewFacts>()
      for (const session of audience) {
        const { language, person } = session
        const own = facts.get(language) ?? (await readViewFacts(reader, [structure], language))
        facts.set(language, own)
        await this.#tellView(reader, session, structure, viewConversation(structure, person, own))
      }
    })
    reached(structure.version)
  }

  async #tellView(db: Reader, session: Session, structure: Structure, view: ConversationView): Promise<void> {
    const { conversation, version } = structure
    if (!this.#parts.connected.isHere(session)) return
    if (session.isWaiting) session.miss(conversation)
    else if (view.interactions.length === 0) {
      session.tellGone(conversation)
      this.told.drop(session, conversation)
    } else {
      const anew = session.tellView(view)
      this.told.add(session, conversation, version)
      for (const interaction of anew ?? []) await this.#sendUnsent(db, session, structure, interaction)
    }
  }

  #tellGone(conversation: ConversationId): void {
    this.#parts.known.forget(conversation)
    for (const session of [...this.told.sessions(conversation)]) {
      session.tellGone(conversation)
      this.told.drop(session, conversation)
    }
  }

  async #tellSaid(say: DecidedSay): Promise<void> {
    const { account, conversation, version } = say.structure
    if (!isToBeRead(say) && this.told.version(conversation) === version) return this.#sendSaid(say)
    this.#parts.known.know(say.structure)
    const { form } = say.say
    await this.#lookAt(account, [conversation])
    if (form?.kind === 'answer') await this.#tellAgain(say.structure, form.of, readersOf(say))
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
          if (session.isWaiting) session.miss(say.structure.conversation)
          else if (session === knows) session.noteMessage(interaction, n)
          else {
            text ??= frame(interaction, n, person)
            session.sendMessageText(interaction, n, text)
          }
        }
      }
    }
  }

  /** Read back what each connected person has not been sent yet. Answers the forms that are answered in it, and for whom. */
  async #catchUp({ account, conversation }: Structure): Promise<Map<MessageId, Set<PersonId>>> {
    const answered = new Map<MessageId, Set<PersonId>>()
    await this.#parts.db.read(account, async (db) => {
      // As it is now: who has left since what is told must not get what was said after that.
      const structure = (await loadStructures(db, account, [conversation])).get(conversation)
      if (!structure || structure.version !== this.told.version(conversation)) return
      this.#parts.known.know(structure)
      for (const person of structure.spans.keys()) {
        for (const session of this.#parts.connected.of(person)) {
          if (session.isWaiting) session.miss(conversation)
          else
            for (const interaction of structure.interactions.keys()) {
              for (const form of await this.#sendUnsent(db, session, structure, interaction)) {
                answered.set(form, (answered.get(form) ?? new Set()).add(person))
              }
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
    const length = viewLength(
      mayRead(spansOf(structure, session.person), interaction),
      lastPosition(structure, interaction),
    )
    for (;;) {
      const sent = session.sentUpTo(interaction)
      if (length <= (sent ?? 0)) return answered
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

  /** A message that these people have already, and that has changed: they have been told an answer to its form. */
  async #tellAgain(
    { account, conversation }: Structure,
    message: MessageId,
    people: ReadonlySet<PersonId>,
  ): Promise<void> {
    const { connected, url } = this.#parts
    await this.#asTold(account, conversation, async (db, structure) => {
      const places = await db
        .selectFrom('placement')
        .select(['interaction_id', 'position'])
        .where('account_id', '=', account)
        .where('message_id', '=', message)
        .execute()
      for (const { interaction_id: interaction, position } of places) {
        for (const person of people) {
          if (!connected.has(person)) continue
          const spans = readableSpans(structure, person)
          const n = viewNumber(mayRead(spans, interaction), position)
          if (n === null) continue
          const [changed] = (
            await readMessages(db, { account, person, interaction, spans, cursor: { after: n - 1 }, url })
          ).messages
          if (!changed) continue
          for (const session of connected.of(person)) {
            if (!session.isWaiting) session.send({ t: 'messages', interaction, messages: [changed] })
          }
        }
      }
    })
  }

  /** Works on a conversation as it is now and as everybody here was told it; undefined where nobody is there to be told. */
  async #asTold<T>(
    account: Structure['account'],
    conversation: ConversationId,
    work: (db: Reader, structure: Structure) => Promise<T>,
  ): Promise<T | undefined> {
    const { db, known } = this.#parts
    for (;;) {
      const now = this.told.version(conversation)
      const found = await db.read(account, async (reader) => {
        // Never by what this process remembers: a right may have ended somewhere else.
        const structure = (await loadStructures(reader, account, [conversation])).get(conversation)
        if (!structure) return { done: undefined }
        known.know(structure)
        return structure.version === now ? { done: await work(reader, structure) } : { structure }
      })
      if (!('structure' in found)) return found.done
      await this.#tellStructure(found.structure)
      // Nobody was told anything of it: there is nobody to read it.
      if (this.told.version(conversation) === undefined) return undefined
    }
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

/** Everyone who may read it where it stands. */
function readersOf({ placements, structure }: DecidedSay): Set<PersonId> {
  const readers = [...structure.spans].filter(([, spans]) =>
    placements.some(({ interaction, position }) => maySee(spans, interaction, position)),
  )
  return new Set(readers.map(([person]) => person))
}
