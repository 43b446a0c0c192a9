import type { ConversationId, InteractionId, PersonId } from '@parley/model'
import { plainly } from '@parley/model'
import {
  type ClientFrame,
  type CloseCode,
  type ConversationView,
  closeCodes,
  type Messages,
  maxTextLength,
  type OperationRefusal,
  type OperationResult,
  type RefusalReason,
  type Say as SayFrame,
  type ServerFrame,
} from '@parley/protocol'
import { mayRead, numberInView, positionOf } from '@parley/rules'
import { type AttachmentUrl, readMessages } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import { type Road, readableSpans, type Structure, spansOf } from '../road/index.ts'
import { word } from '../words/index.ts'
import { isForAll, isOwn, targetOf } from './frame-target.ts'
import type { Hub } from './hub.ts'
import { findOwn } from './known-structures.ts'
import { isTextOnly, type Prepared, type PrepareSay, prepareText } from './prepare-say.ts'
import { echoKey, type Said, saidText } from './said-text.ts'
import type { Holder } from './short-token.ts'
import { viewPrint } from './view-print.ts'

/** The way out to one client; the web channel's `Wire` fits. */
export interface Wire {
  send(frame: ServerFrame): void
  sendText(json: string): void
  close(code: CloseCode, reason: string): void
}

export interface SessionParts {
  readonly db: Database
  readonly road: Road
  readonly hub: Hub
  readonly url: AttachmentUrl
  readonly prepare: PrepareSay
  /** May this person say something now? */
  readonly allows: (holder: Holder, structure: Structure, ip: string) => boolean
  /** An operation on the structure, by the name that the contract gives it. */
  readonly perform: (
    holder: Holder,
    wanted: { id: string; operation: string; input: unknown },
  ) => Promise<{ ok: true; result: OperationResult } | { ok: false; refusal: OperationRefusal }>
  readonly choose: (holder: Holder, frame: Extract<ClientFrame, { t: 'choose' }>) => Promise<RefusalReason | null>
  readonly log: { warn(facts: Record<string, unknown>, message: string): void }
}

/** One connection of one person: hears what the hub tells, and takes frames. Until it is welcomed, what it hears waits. */
export class Session {
  readonly holder: Holder
  readonly #parts: SessionParts
  readonly #wire: Wire
  readonly #ip: string
  readonly #sent = new Map<InteractionId, number>()
  /** What its person was last told of each conversation, and how the numbers of each interaction ran then. */
  readonly #told = new Map<ConversationId, { print: string; numberings: ReadonlyMap<InteractionId, string> }>()
  #waiting: (() => void)[] | null = []
  /** What happened while it was being welcomed: to be looked at as soon as it is. */
  readonly #missed = new Set<ConversationId>()
  /** What has to be looked for before it can be worked on, and what came after that. */
  #inOrder: Promise<void> | null = null
  /** The last words on their way to be durable: a choice is about what was said before it. Null when none are. */
  #saying: Promise<unknown> | null = null

  constructor(parts: SessionParts, holder: Holder, wire: Wire, ip: string) {
    this.#parts = parts
    this.holder = holder
    this.#wire = wire
    this.#ip = ip
  }

  get person(): PersonId {
    return this.holder.person
  }

  get language(): string {
    return this.holder.language
  }

  /** The welcome and everything after the cursors have been sent: from here on the hub's frames go out as they come. Answers what was missed. */
  welcomed(): ReadonlySet<ConversationId> {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const send of waiting) send()
    return this.#missed
  }

  /** It is still being welcomed: nothing of a conversation may come in between. */
  get isWaiting(): boolean {
    return this.#waiting !== null
  }

  miss(conversation: ConversationId): void {
    this.#missed.add(conversation)
  }

  get conversations(): Iterable<ConversationId> {
    return this.#told.keys()
  }

  knows(conversation: ConversationId): boolean {
    return this.#told.has(conversation)
  }

  /**
   * What its person may see of a conversation now: sent if it is news to them. Answers the interactions whose numbers run anew, of which
   * nothing counts as sent any more; null when it was no news.
   */
  tellView(view: ConversationView): InteractionId[] | null {
    const print = viewPrint(view)
    const before = this.#told.get(view.id as ConversationId)
    if (before?.print === print) return null
    const anew = this.noteView(view, print)
    this.send({ t: 'conversation', conversation: view })
    return anew
  }

  /** It has this view, or will have it next. */
  noteView(view: ConversationView, print = viewPrint(view)): InteractionId[] {
    const id = view.id as ConversationId
    const before = this.#told.get(id)?.numberings ?? new Map<InteractionId, string>()
    const numberings = new Map(view.interactions.map((one) => [one.id as InteractionId, one.numbering ?? '']))
    const anew = [...before].flatMap(([interaction, was]) => (numberings.get(interaction) === was ? [] : [interaction]))
    for (const interaction of anew) this.#sent.delete(interaction)
    // Of what is empty there is nothing to ask for: whatever comes is sent.
    for (const { id: of, length } of view.interactions) if (length === 0) this.#sent.set(of as InteractionId, 0)
    this.#told.set(id, { print, numberings })
    return anew.filter((interaction) => numberings.has(interaction))
  }

  /** Nothing of it is theirs any more. */
  tellGone(conversation: ConversationId): void {
    const before = this.#told.get(conversation)
    if (!before) return
    for (const interaction of before.numberings.keys()) this.#sent.delete(interaction)
    this.#told.delete(conversation)
    this.send({ t: 'gone', conversation })
  }

  send(frame: ServerFrame): void {
    if (this.#waiting) this.#waiting.push(() => this.#wire.send(frame))
    else this.#wire.send(frame)
  }

  /** A frame before the welcome is over: the welcome itself and what follows its cursors. */
  sendNow(frame: ServerFrame): void {
    if (frame.t === 'messages') this.#noteSent(frame)
    this.#wire.send(frame)
  }

  sendMessages(frame: Messages): void {
    this.#noteSent(frame)
    this.send(frame)
  }

  sendMessageText(interaction: InteractionId, n: number, text: string): void {
    this.noteMessage(interaction, n)
    this.#sendText(text)
  }

  /** The client has this message, or will have put it together itself. */
  noteMessage(interaction: InteractionId, n: number): void {
    // After a gap the mark stays: what another process committed before this one is still to be read from there.
    if (n === (this.#sent.get(interaction) ?? 0) + 1) this.#sent.set(interaction, n)
  }

  /** The client came with everything up to this number. */
  holds(interaction: string, n: number): void {
    this.#sent.set(interaction as InteractionId, n)
  }

  sentUpTo(interaction: InteractionId): number | undefined {
    return this.#sent.get(interaction)
  }

  end(): void {
    this.#wire.close(closeCodes.unauthorised, 'your right to be here has ended')
  }

  take(frame: ClientFrame): void {
    switch (frame.t) {
      case 'say':
        this.#takeSay(frame)
        break
      case 'read':
        this.#guard(this.#read(frame))
        break
      case 'seen':
        this.#seen(frame)
        break
      case 'typing':
        this.#typing(frame)
        break
      case 'choose':
        this.#takeInOrder(async () => {
          await this.#saying?.catch(() => {})
          await this.#choose(frame)
        })
        break
      case 'do':
        this.#takeInOrder(async () => {
          await this.#saying?.catch(() => {})
          await this.#do(frame)
        }, frame.id)
        break
      case 'hello':
      case 'ping':
        break
    }
  }

  /** Most words need nothing that is not known here: they go on the road at once. */
  #takeSay(frame: SayFrame): void {
    const known = this.#inOrder ? undefined : this.#parts.hub.structureOf(frame.to)
    // What is not theirs goes the way of what is not there.
    if (known && isOwn(known, this.person, frame.to) && isTextOnly(frame)) {
      try {
        this.#say(frame, known, prepareText(frame))
      } catch (error) {
        this.#failed(error, frame.id)
      }
      return
    }
    this.#takeInOrder(async () => {
      const structure = await this.#parts.hub.findOwn(this.holder, frame.to)
      if (!structure) return this.#refuse('not-there', frame.id)
      const prepared = isTextOnly(frame) ? prepareText(frame) : await this.#parts.prepare(this.holder, structure, frame)
      this.#say(frame, structure, prepared)
    }, frame.id)
  }

  /** One after the other: what is sent first goes on the road first, also when it brings a file that has to be looked for. */
  #takeInOrder(work: () => Promise<void>, id?: string): void {
    const taking = (this.#inOrder ?? Promise.resolve()).then(work)
    const inOrder = taking
      .catch(() => {})
      .then(() => {
        if (this.#inOrder === inOrder) this.#inOrder = null
      })
    this.#inOrder = inOrder
    this.#guard(taking, id)
  }

  /**
   * The road keeps the order in which it is called, so nothing has to wait here until the words before are durable. Of what was said nothing
   * is kept once it is: what a session still holds when garbage is collected is copied, for every session.
   */
  #say(frame: SayFrame, structure: Structure, prepared: Prepared): void {
    const { id } = frame
    if (!this.#parts.allows(this.holder, structure, this.#ip)) {
      this.#refuse('too-fast', id)
      return
    }
    if (frame.text.length > maxTextLength) {
      this.#refuse('text-too-long', id)
      return
    }
    if (!prepared.ok) {
      this.#refuse(prepared.refusal, id)
      return
    }
    const saying = this.#parts.road.say({
      account: this.holder.account,
      person: this.person,
      to: targetOf(structure, frame.to),
      via: inWindow,
      said: plainly(prepared.text),
      key: echoKey(this.person, id),
      attachments: prepared.attachments,
      form: prepared.form,
      unproven: false,
      rawBlob: null,
      writtenAt: null,
      ...(frame.sealed ? { encryption: 'sealed' as const } : {}),
      by: this,
    })
    this.#saying = saying
    const answered = saying.then(async (said) => {
      if (this.#saying === saying) this.#saying = null
      if (!said.ok) return this.#refuse(said.refusal, id)
      const places = await this.#placesNow(structure.conversation, said)
      this.#sendText(saidText(id, said, places))
    })
    this.#guard(answered, id)
  }

  /**
   * Where it stands by the numbers that this connection was last told of: they may run anew since it was said, or be about to. Mostly it is as
   * it was, at once.
   */
  async #placesNow(conversation: ConversationId, said: Said): Promise<Said['places']> {
    for (;;) {
      const telling = this.#parts.hub.telling(conversation)
      if (!telling) break
      await telling
    }
    const known = this.#parts.hub.structureOf({ conversation })
    if (!known || !said.placements) return said.places
    const spans = spansOf(known, this.person)
    return said.placements.flatMap(({ interaction, position }) => {
      const n = numberInView(spans, interaction, position)
      return n === null ? [] : [{ interaction, n }]
    })
  }

  async #read(frame: Extract<ClientFrame, { t: 'read' }>): Promise<void> {
    const { account } = this.holder
    const interaction = frame.interaction as InteractionId
    const cursor =
      frame.after !== undefined
        ? { after: frame.after }
        : frame.before !== undefined
          ? { before: frame.before }
          : ('end' as const)
    const conversation = await this.#parts.db.read(account, (db) => findOwn(db, this.holder, { interaction }))
    // An old one that it was not welcomed with: from here on it is told what becomes of it.
    if (conversation && !this.knows(conversation)) this.#parts.hub.tellAnew(account, conversation)
    const isThere =
      conversation !== null &&
      (await this.#parts.hub.read(account, conversation, async (db, structure) => {
        if (mayRead(spansOf(structure, this.person), interaction).length === 0) return null
        const spans = readableSpans(structure, this.person)
        const wanted = { account, person: this.person, interaction, spans, cursor, url: this.#parts.url }
        const { messages, more } = await readMessages(db, wanted)
        return () => this.sendMessages({ t: 'messages', interaction, messages, ...(more ? { more: true } : {}) })
      }))
    if (!isThere) this.#refuse('not-there')
  }

  #seen(frame: Extract<ClientFrame, { t: 'seen' }>): void {
    const structure = this.#parts.hub.structureOf({ interaction: frame.interaction })
    const interaction = frame.interaction as InteractionId
    const self = structure?.participants.find(
      (p) => p.person === this.person && p.interaction === interaction && !p.left,
    )
    if (!structure || !self) return
    const ranges = mayRead(spansOf(structure, this.person), interaction)
    const last = structure.lastPositions.get(interaction) ?? 0
    const upTo = (n: number) => Math.min(last, n === 0 ? 0 : (positionOf(ranges, n) ?? last))
    const mark = { delivered: upTo(frame.delivered), read: Math.min(upTo(frame.read), upTo(frame.delivered)) }
    this.#parts.hub.watermarks.mark(this.holder.account, self.id, mark.delivered, mark.read)
    this.#parts.hub.tellSeen(structure, self, mark, this)
  }

  #typing(frame: Extract<ClientFrame, { t: 'typing' }>): void {
    const structure = this.#parts.hub.structureOf(frame.to)
    if (!structure) return
    const own = structure.participants.filter((p) => p.person === this.person && !p.left && p.role !== 'observer')
    const meant = own
      .map(({ interaction }) => interaction)
      .filter((id) => ('interaction' in frame.to ? id === frame.to.interaction : isForAll(structure, id)))
    this.#parts.hub.tellTyping(structure, this.person, meant, frame.on)
  }

  async #choose(frame: Extract<ClientFrame, { t: 'choose' }>): Promise<void> {
    const isTheirs = await this.#parts.db.read(this.holder.account, (db) => findOwn(db, this.holder, frame))
    const refusal = isTheirs ? await this.#parts.choose(this.holder, frame) : 'not-there'
    if (refusal) this.#refuse(refusal)
  }

  async #do({ id, operation, input }: Extract<ClientFrame, { t: 'do' }>): Promise<void> {
    const done = await this.#parts.perform(this.holder, { id, operation, input })
    if (!done.ok) return this.#refuse(done.refusal, id)
    const { conversation } = done.result
    // What it made is there when its answer comes.
    if (conversation) await this.#parts.hub.telling(conversation as ConversationId)
    this.send({ t: 'done', id, result: done.result })
  }

  #sendText(text: string): void {
    if (this.#waiting) this.#waiting.push(() => this.#wire.sendText(text))
    else this.#wire.sendText(text)
  }

  #noteSent(frame: Messages): void {
    const interaction = frame.interaction as InteractionId
    const last = frame.messages.at(-1)?.n ?? 0
    if (last > (this.#sent.get(interaction) ?? 0)) this.#sent.set(interaction, last)
  }

  #refuse(reason: RefusalReason | OperationRefusal, id?: string): void {
    const text = word(this.language, `refused-${reason}`)
    this.send(id === undefined ? { t: 'refused', reason, text } : { t: 'refused', id, reason, text })
  }

  #guard(work: Promise<void>, id?: string): void {
    work.catch((error: unknown) => this.#failed(error, id))
  }

  #failed(error: unknown, id?: string): void {
    this.#parts.log.warn({ person: this.person, error: String(error) }, 'a frame could not be worked on')
    this.#refuse('try-again', id)
  }
}

const inWindow = { medium: 'web', address: null } as const
