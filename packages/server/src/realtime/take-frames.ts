import { type ConversationId, type InteractionId, plainly } from '@parley/model'
import {
  type ClientFrame,
  maxTextLength,
  type OperationRefusal,
  type OperationResult,
  type RefusalReason,
  type Say as SayFrame,
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
import type { Session } from './session.ts'
import type { Holder } from './short-token.ts'

export interface TakingParts {
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

/** Takes what one connection sends: each frame is done, or answered with a refusal. */
export class FrameTaker {
  readonly #parts: TakingParts
  readonly #session: Session
  readonly #ip: string
  /** What has to be looked for before it can be worked on, and what came after that. */
  #inOrder: Promise<void> | null = null
  /** The last words on their way to be durable: a choice is about what was said before it. Null when none are. */
  #saying: Promise<unknown> | null = null
  /** What it asks for while it is being sent something. */
  readonly #toRead: ReadFrame[] = []
  #isReading = false

  constructor(parts: TakingParts, session: Session, ip: string) {
    this.#parts = parts
    this.#session = session
    this.#ip = ip
  }

  take(frame: ClientFrame): void {
    switch (frame.t) {
      case 'say':
        this.#takeSay(frame)
        break
      case 'read':
        this.#takeRead(frame)
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
    if (known && isOwn(known, this.#session.person, frame.to) && isTextOnly(frame)) {
      try {
        this.#say(frame, known, prepareText(frame))
      } catch (error) {
        this.#failed(error, frame.id)
      }
      return
    }
    this.#takeInOrder(async () => {
      const structure = await this.#parts.hub.findOwn(this.#session.holder, frame.to)
      if (!structure) return this.#refuse('not-there', frame.id)
      const prepared = isTextOnly(frame)
        ? prepareText(frame)
        : await this.#parts.prepare(this.#session.holder, structure, frame)
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
    if (!this.#parts.allows(this.#session.holder, structure, this.#ip)) {
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
      account: this.#session.holder.account,
      person: this.#session.person,
      to: targetOf(structure, frame.to),
      via: inWindow,
      said: plainly(prepared.text),
      key: echoKey(this.#session.person, id),
      attachments: prepared.attachments,
      form: prepared.form,
      ...(prepared.sharedIn ? { sharedIn: prepared.sharedIn } : {}),
      unproven: false,
      rawBlob: null,
      writtenAt: null,
      ...(frame.sealed ? { encryption: 'sealed' as const } : {}),
      by: this.#session,
    })
    this.#saying = saying
    const answered = saying.then(async (said) => {
      if (this.#saying === saying) this.#saying = null
      if (!said.ok) return this.#refuse(said.refusal, id)
      const places = await this.#placesNow(structure.conversation, said)
      this.#session.sendText(saidText(id, said, places))
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
    const spans = spansOf(known, this.#session.person)
    return said.placements.flatMap(({ interaction, position }) => {
      const n = numberInView(spans, interaction, position)
      return n === null ? [] : [{ interaction, n }]
    })
  }

  /** One page after the other, as long as somebody is there to read them. */
  #takeRead(frame: ReadFrame): void {
    if (this.#toRead.length >= mostToRead) {
      this.#refuse('too-fast')
      return
    }
    this.#toRead.push(frame)
    if (!this.#isReading) this.#guard(this.#readAll())
  }

  async #readAll(): Promise<void> {
    this.#isReading = true
    try {
      for (let next = this.#toRead.shift(); next; next = this.#toRead.shift()) {
        if (this.#parts.hub.isHere(this.#session)) await this.#read(next).catch((error: unknown) => this.#failed(error))
      }
    } finally {
      this.#isReading = false
    }
  }

  async #read(frame: ReadFrame): Promise<void> {
    const { account } = this.#session.holder
    const interaction = frame.interaction as InteractionId
    const cursor =
      frame.after !== undefined
        ? { after: frame.after }
        : frame.before !== undefined
          ? { before: frame.before }
          : ('end' as const)
    const conversation = await this.#parts.db.read(account, (db) => findOwn(db, this.#session.holder, { interaction }))
    // An old one that it was not welcomed with: from here on it is told what becomes of it.
    if (conversation && !this.#session.knows(conversation)) this.#parts.hub.tellAnew(account, conversation)
    const isThere =
      conversation !== null &&
      (await this.#parts.hub.read(account, conversation, async (db, structure) => {
        if (mayRead(spansOf(structure, this.#session.person), interaction).length === 0) return null
        const spans = readableSpans(structure, this.#session.person)
        const wanted = { account, person: this.#session.person, interaction, spans, cursor, url: this.#parts.url }
        const { messages, more } = await readMessages(db, wanted)
        return () =>
          this.#session.sendMessages({ t: 'messages', interaction, messages, ...(more ? { more: true } : {}) })
      }))
    if (!isThere) this.#refuse('not-there')
  }

  #seen(frame: Extract<ClientFrame, { t: 'seen' }>): void {
    const structure = this.#parts.hub.structureOf({ interaction: frame.interaction })
    const interaction = frame.interaction as InteractionId
    const self = structure?.participants.find(
      (p) => p.person === this.#session.person && p.interaction === interaction && !p.left,
    )
    if (!structure || !self) return
    const ranges = mayRead(spansOf(structure, this.#session.person), interaction)
    const last = structure.lastPositions.get(interaction) ?? 0
    const upTo = (n: number) => Math.min(last, n === 0 ? 0 : (positionOf(ranges, n) ?? last))
    const mark = { delivered: upTo(frame.delivered), read: Math.min(upTo(frame.read), upTo(frame.delivered)) }
    this.#parts.hub.watermarks.mark(this.#session.holder.account, self.id, mark.delivered, mark.read)
    this.#parts.hub.tellSeen(structure, self, mark, this.#session)
  }

  #typing(frame: Extract<ClientFrame, { t: 'typing' }>): void {
    const { to } = frame
    const structure = this.#parts.hub.structureOf(to)
    if (!structure) return
    const own = structure.participants.filter(
      (p) => p.person === this.#session.person && !p.left && p.role !== 'observer',
    )
    const meant = own
      .map(({ interaction }) => interaction)
      .filter((id) => ('interaction' in to ? id === to.interaction : isForAll(structure, id, to.ticket)))
    this.#parts.hub.tellTyping(structure, this.#session.person, meant, frame.on)
  }

  async #choose(frame: Extract<ClientFrame, { t: 'choose' }>): Promise<void> {
    const isTheirs = await this.#parts.db.read(this.#session.holder.account, (db) =>
      findOwn(db, this.#session.holder, frame),
    )
    const refusal = isTheirs ? await this.#parts.choose(this.#session.holder, frame) : 'not-there'
    if (refusal) this.#refuse(refusal)
  }

  async #do({ id, operation, input }: Extract<ClientFrame, { t: 'do' }>): Promise<void> {
    const done = await this.#parts.perform(this.#session.holder, { id, operation, input })
    if (!done.ok) return this.#refuse(done.refusal, id)
    const { conversation } = done.result
    // What it made is there when its answer comes.
    if (conversation) await this.#parts.hub.telling(conversation as ConversationId)
    this.#session.send({ t: 'done', id, result: done.result })
  }

  #refuse(reason: RefusalReason | OperationRefusal, id?: string): void {
    const text = word(this.#session.language, `refused-${reason}`)
    this.#session.send(id === undefined ? { t: 'refused', reason, text } : { t: 'refused', id, reason, text })
  }

  #guard(work: Promise<void>, id?: string): void {
    work.catch((error: unknown) => this.#failed(error, id))
  }

  #failed(error: unknown, id?: string): void {
    this.#parts.log.warn({ person: this.#session.person, error: String(error) }, 'a frame could not be worked on')
    this.#refuse('try-again', id)
  }
}

type ReadFrame = Extract<ClientFrame, { t: 'read' }>

/** More than a client asks for that comes back to everything it has. */
const mostToRead = 1_000

const inWindow = { medium: 'web', address: null } as const
