import type { InteractionId, PersonId } from '@parley/model'
import { isoTime, plainly } from '@parley/model'
import {
  type ClientFrame,
  type CloseCode,
  closeCodes,
  type Messages,
  maxTextLength,
  type OperationRefusal,
  type OperationResult,
  type RefusalReason,
  type Say as SayFrame,
  type ServerFrame,
} from '@parley/protocol'
import { mayRead, positionOf } from '@parley/rules'
import { type AttachmentUrl, readMessages } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import { type Road, readableSpans, type SayAnswer, type Structure, spansOf, type Target } from '../road/index.ts'
import { word } from '../words/index.ts'
import type { Hub } from './hub.ts'
import { loadStructureOf } from './known-structures.ts'
import { isTextOnly, type Prepared, type PrepareSay, prepareText } from './prepare-say.ts'
import type { Holder } from './short-token.ts'

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
  #waiting: (() => void)[] | null = []
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

  /** The welcome and everything after the cursors have been sent: from here on the hub's frames go out as they come. */
  welcomed(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const send of waiting) send()
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
    if (known?.account === this.holder.account && isTextOnly(frame)) {
      try {
        this.#say(frame, known, prepareText(frame))
      } catch (error) {
        this.#failed(error, frame.id)
      }
      return
    }
    this.#takeInOrder(async () => {
      const structure = await this.#parts.hub.find(this.holder.account, frame.to)
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
      by: this,
    })
    this.#saying = saying
    const answered = saying.then((said) => {
      if (this.#saying === saying) this.#saying = null
      if (said.ok) this.#sendText(saidText(id, said))
      else this.#refuse(said.refusal, id)
    })
    this.#guard(answered, id)
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
    const page = await this.#parts.db.read(account, async (db) => {
      // Never by what this process remembers: a right may have ended somewhere else.
      const structure = await loadStructureOf(db, account, { interaction })
      const spans = structure ? readableSpans(structure, this.person) : []
      if (mayRead(structure ? spansOf(structure, this.person) : [], interaction).length === 0) return null
      return readMessages(db, { account, person: this.person, interaction, spans, cursor, url: this.#parts.url })
    })
    if (!page) return this.#refuse('not-there')
    this.sendMessages({
      t: 'messages',
      interaction,
      messages: page.messages,
      ...(page.more ? { more: true } : {}),
    })
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
    this.#parts.hub.tellSeen(structure, self.id, interaction, mark, this)
  }

  #typing(frame: Extract<ClientFrame, { t: 'typing' }>): void {
    const structure = this.#parts.hub.structureOf(frame.to)
    if (!structure) return
    const own = structure.participants.filter((p) => p.person === this.person && !p.left && p.role !== 'observer')
    const meant = own
      .map(({ interaction }) => interaction)
      .filter((id) =>
        'interaction' in frame.to ? id === frame.to.interaction : structure.interactions.get(id)?.state === 'open',
      )
    this.#parts.hub.tellTyping(structure, this.person, meant, frame.on)
  }

  async #choose(frame: Extract<ClientFrame, { t: 'choose' }>): Promise<void> {
    const refusal = await this.#parts.choose(this.holder, frame)
    if (refusal) this.#refuse(refusal)
  }

  async #do({ id, operation, input }: Extract<ClientFrame, { t: 'do' }>): Promise<void> {
    const done = await this.#parts.perform(this.holder, { id, operation, input })
    if (done.ok) this.send({ t: 'done', id, result: done.result })
    else this.#refuse(done.refusal, id)
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

function targetOf(structure: Structure, to: SayFrame['to']): Target {
  return 'interaction' in to
    ? { conversation: structure.conversation, interaction: to.interaction as InteractionId }
    : { conversation: structure.conversation }
}

/**
 * A person's echo id names one thing said, whatever it is repeated over. The echo id first: clients take ids that rise with time, so that
 * new keys land at the end of their index.
 */
export function echoKey(person: PersonId, id: string): Buffer {
  return Buffer.from(`${id}${person}`.replaceAll('-', ''), 'hex')
}

const inWindow = { medium: 'web', address: null } as const

/** The `said` frame, put together by hand: it is written for every message. */
function saidText(id: string, { message, at, places, asSent }: Extract<SayAnswer, { ok: true }>): string {
  const listed = places.map(({ interaction, n }) => `{"interaction":"${interaction}","n":${n}}`)
  return `{"t":"said","id":"${id}","message":"${message}","at":"${isoTime(at)}","places":[${listed.join(',')}]${asSent ? ',"asSent":true' : ''}}`
}
