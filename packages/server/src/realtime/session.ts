import type { ConversationId, InteractionId, PersonId } from '@parley/model'
import { type CloseCode, type ConversationView, closeCodes, type Messages, type ServerFrame } from '@parley/protocol'
import type { Holder } from './short-token.ts'
import { viewPrint } from './view-print.ts'

/** The way out to one client; the web channel's `Wire` fits. */
export interface Wire {
  send(frame: ServerFrame): void
  sendText(json: string): void
  close(code: CloseCode, reason: string): void
}

/** One connection of one person, as the hub tells it: what it has been sent by now, and the way to it. Until it is welcomed, what it hears waits. */
export class Session {
  readonly holder: Holder
  readonly #wire: Wire
  readonly #sent = new Map<InteractionId, number>()
  /** What its person was last told of each conversation, and how the numbers of each interaction ran then. */
  readonly #told = new Map<ConversationId, { print: string; numberings: ReadonlyMap<InteractionId, string> }>()
  #waiting: (() => void)[] | null = []
  /** What happened while it was being welcomed: to be looked at as soon as it is. */
  readonly #missed = new Set<ConversationId>()

  constructor(holder: Holder, wire: Wire) {
    this.holder = holder
    this.#wire = wire
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

  sendText(text: string): void {
    if (this.#waiting) this.#waiting.push(() => this.#wire.sendText(text))
    else this.#wire.sendText(text)
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
    this.sendText(text)
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

  #noteSent(frame: Messages): void {
    const interaction = frame.interaction as InteractionId
    const last = frame.messages.at(-1)?.n ?? 0
    if (last > (this.#sent.get(interaction) ?? 0)) this.#sent.set(interaction, last)
  }
}
