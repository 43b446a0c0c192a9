import { createHash } from 'node:crypto'
import type { InteractionId, PersonId } from '@parley/model'
import { plainly } from '@parley/model'
import {
  type ClientFrame,
  type CloseCode,
  closeCodes,
  type Messages,
  maxTextLength,
  type RefusalReason,
  type Say as SayFrame,
  type ServerFrame,
} from '@parley/protocol'
import { mayRead, positionOf } from '@parley/rules'
import { type AttachmentUrl, readMessages } from '../conversations/index.ts'
import type { Database } from '../db/index.ts'
import { type Road, readableSpans, type Structure, spansOf, type Target } from '../road/index.ts'
import { word } from '../words/index.ts'
import type { Hub } from './hub.ts'
import { loadStructureOf } from './known-structures.ts'
import type { PrepareSay } from './prepare-say.ts'
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
  #inOrder: Promise<void> = Promise.resolve()

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
    // After a gap the mark stays: what another process committed before this one is still to be read from there.
    if (n === (this.#sent.get(interaction) ?? 0) + 1) this.#sent.set(interaction, n)
    if (this.#waiting) this.#waiting.push(() => this.#wire.sendText(text))
    else this.#wire.sendText(text)
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
        this.#takeInOrder(() => this.#say(frame), frame.id)
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
        this.#takeInOrder(() => this.#choose(frame))
        break
      case 'hello':
      case 'ping':
        break
    }
  }

  /** One after the other: what is sent first stands first, also when it brings a file that has to be looked for, and is about what was chosen before. */
  #takeInOrder(work: () => Promise<void>, id?: string): void {
    const taking = this.#inOrder.then(work)
    this.#inOrder = taking.catch(() => {})
    this.#guard(taking, id)
  }

  async #say(frame: SayFrame): Promise<void> {
    const structure = await this.#parts.hub.find(this.holder.account, frame.to)
    if (!structure) return this.#refuse('not-there', frame.id)
    if (!this.#parts.allows(this.holder, structure, this.#ip)) return this.#refuse('too-fast', frame.id)
    if (frame.text.length > maxTextLength) return this.#refuse('text-too-long', frame.id)
    const prepared = await this.#parts.prepare(this.holder, structure, frame)
    if (!prepared.ok) return this.#refuse(prepared.refusal, frame.id)
    const said = await this.#parts.road.say({
      account: this.holder.account,
      person: this.person,
      to: targetOf(structure, frame.to),
      via: { medium: 'web', address: null },
      said: plainly(prepared.text),
      key: echoKey(this.person, frame.id),
      attachments: prepared.attachments,
      form: prepared.form,
      unproven: false,
      rawBlob: null,
      writtenAt: null,
    })
    if (!said.ok) return this.#refuse(said.refusal, frame.id)
    this.send({ t: 'said', id: frame.id, message: said.message, at: said.at.toISOString(), places: said.places })
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
    this.#parts.hub.tellSeen(structure, self.id, interaction, mark)
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

  #noteSent(frame: Messages): void {
    const interaction = frame.interaction as InteractionId
    const last = frame.messages.at(-1)?.n ?? 0
    if (last > (this.#sent.get(interaction) ?? 0)) this.#sent.set(interaction, last)
  }

  #refuse(reason: RefusalReason, id?: string): void {
    const text = word(this.language, `refused-${reason}`)
    this.send(id === undefined ? { t: 'refused', reason, text } : { t: 'refused', id, reason, text })
  }

  #guard(work: Promise<void>, id?: string): void {
    work.catch((error: unknown) => {
      this.#parts.log.warn({ person: this.person, error: String(error) }, 'a frame could not be worked on')
      this.#refuse('try-again', id)
    })
  }
}

function targetOf(structure: Structure, to: SayFrame['to']): Target {
  return 'interaction' in to
    ? { conversation: structure.conversation, interaction: to.interaction as InteractionId }
    : { conversation: structure.conversation }
}

/** A person's echo id names one thing said, whatever it is repeated over. */
export function echoKey(person: PersonId, id: string): Buffer {
  return createHash('sha256').update(`echo\0${person}\0${id}`).digest()
}
