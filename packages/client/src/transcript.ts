import type {
  ClientFrame,
  ConversationView,
  Hello,
  InteractionView,
  MessageView,
  ServerFrame,
  Tick,
  Welcome,
} from '@parley/protocol'

/** How long a typing notice holds (real-time.ts, `Typing`). */
const typingMs = 6000
/** A page that was asked for and did not come in this time is asked for again. */
const readAgainMs = 5000
/** More are refused by the contract's guards; an interaction without a cursor is sent again, or forgotten. */
const maxCursors = 500

/** One interaction as far as this client holds it: every message with `base` < n ≤ `cursor`, in order. */
export interface Held {
  conversation: string
  view: InteractionView
  /** Replaced, never changed in place, so that a view can compare by identity. */
  messages: readonly MessageView[]
  /** Messages up to here exist and are not loaded (`readBefore`). */
  base: number
  cursor: number
  /** The person has had it before their eyes up to here. */
  read: number
  /** The highest number that anything has spoken of. */
  known: number
}

interface Entry extends Held {
  askedAt: number
  askedBeforeAt: number
}

/**
 * Everything this person may see, built from frames that may be lost, repeated or out of order. Knows no connection and no clock:
 * `take` changes it, `missing` says what to ask for.
 */
export class Transcript {
  readonly conversations = new Map<string, ConversationView>()
  readonly #initial: Record<string, number>
  #interactions = new Map<string, Entry>()
  #typing = new Map<string, { interaction: string; participant: string; until: number }>()
  you: Welcome['you'] | null = null
  /** A frame spoke of an interaction that is not known: the hint that announced it was lost, and only a new `hello` brings it. */
  isIncomplete = false
  /** Something that was held was forgotten: what was said and is still to come from there may never come. Until it is set back. */
  hasForgotten = false

  /** `cursors`: where to begin in interactions that are known already; what lies before is read only on request. */
  constructor(cursors: Record<string, number> = {}) {
    this.#initial = cursors
  }

  interaction(id: string): Held | undefined {
    return this.#interactions.get(id)
  }

  get interactions(): Iterable<Held> {
    return this.#interactions.values()
  }

  /** For `hello`: how far the latest interactions are held here, and how their numbers ran. */
  resume(): Pick<Hello, 'cursors' | 'numberings'> {
    if (this.#interactions.size === 0) return { cursors: this.#initial }
    const cursors: Record<string, number> = {}
    const numberings: Record<string, string> = {}
    for (const [id, { cursor, view }] of [...this.#interactions].sort(byLatest).slice(-maxCursors)) {
      cursors[id] = cursor
      if (view.numbering) numberings[id] = view.numbering
    }
    return { cursors, numberings }
  }

  /** Participants of an interaction who are typing. */
  typing(interaction: string, now: number): string[] {
    return [...this.#typing.values()]
      .filter((one) => one.interaction === interaction && one.until > now)
      .map((one) => one.participant)
  }

  /** `text`: of what a `said` frame confirms, where this client still holds it. */
  take(frame: ServerFrame, now: number, text?: string): void {
    switch (frame.t) {
      case 'welcome':
        this.you = frame.you
        this.isIncomplete = false
        this.#takeWelcome(frame, now)
        break
      case 'conversation':
        this.#takeConversation(frame.conversation)
        break
      case 'gone':
        this.#forget(frame.conversation)
        break
      case 'messages':
        this.#takeMessages(frame.interaction, frame.messages, frame.more ?? false)
        break
      case 'said':
        for (const { interaction, n } of frame.places) {
          const from = this.#ownPlace(interaction)
          if (frame.asSent && text !== undefined && from) {
            this.#takeMessages(interaction, [{ n, id: frame.message, from, at: frame.at, text }], false)
          } else this.#know(interaction, n)
        }
        break
      case 'seen':
        this.#update(frame.interaction, frame.participant, (one) => ({
          ...one,
          delivered: Math.max(one.delivered, frame.delivered),
          read: Math.max(one.read, frame.read),
        }))
        break
      case 'tick':
        this.#takeTick(frame)
        break
      case 'typing': {
        const key = `${frame.interaction} ${frame.participant}`
        this.#typing.delete(key)
        if (frame.on) this.#typing.set(key, { ...frame, until: now + typingMs })
      }
    }
  }

  /** Reads that would close the gaps; what was asked for a moment ago is not asked for again. */
  missing(now: number): ClientFrame[] {
    const reads: ClientFrame[] = []
    for (const [interaction, entry] of this.#interactions) {
      if (entry.cursor >= entry.known || now - entry.askedAt < readAgainMs) continue
      entry.askedAt = now
      reads.push({ t: 'read', interaction, after: entry.cursor })
    }
    return reads
  }

  /** The page before what is held; null when there is none, or it is on its way. */
  before(interaction: string, now: number): ClientFrame | null {
    const entry = this.#interactions.get(interaction)
    if (!entry || entry.base === 0 || now - entry.askedBeforeAt < readAgainMs) return null
    entry.askedBeforeAt = now
    return { t: 'read', interaction, before: entry.base + 1 }
  }

  /** This person has seen it up to `n`: their own watermark is told to others and not back to them. Null where that is known. */
  markRead(interaction: string, n: number): Held | null {
    const entry = this.#interactions.get(interaction)
    const read = Math.min(n, entry?.cursor ?? 0)
    if (!entry || read <= entry.read) return null
    entry.read = read
    const you = this.#ownPlace(interaction)
    if (you) this.#update(interaction, you, (one) => ({ ...one, read: Math.max(one.read, read) }))
    return entry
  }

  /** Nothing that was asked for over the old connection will come. */
  disconnected(): void {
    this.#typing.clear()
    for (const entry of this.#interactions.values()) {
      entry.askedAt = Number.NEGATIVE_INFINITY
      entry.askedBeforeAt = Number.NEGATIVE_INFINITY
    }
  }

  #takeWelcome(frame: Welcome, now: number): void {
    const open = new Set(frame.conversations.map((conversation) => conversation.id))
    // What is left out is not theirs any more, or there was no room to ask for it: then it comes anew when somebody opens it.
    for (const id of this.conversations.keys()) if (!open.has(id)) this.#forget(id)
    // After a welcome the server sends what follows the cursors by itself.
    for (const conversation of frame.conversations) this.#takeConversation(conversation, now)
  }

  /** `askedAt`: what is in it is on its way since then. Otherwise an interaction that one is let into late has to be asked for. */
  #takeConversation(conversation: ConversationView, askedAt = Number.NEGATIVE_INFINITY): void {
    this.conversations.set(conversation.id, conversation)
    const shown = new Set(conversation.interactions.map((view) => view.id))
    for (const [id, entry] of this.#interactions) {
      if (entry.conversation === conversation.id && !shown.has(id)) this.#drop(id)
    }
    for (const view of conversation.interactions) {
      const entry = this.#interactions.get(view.id)
      // Where numbers run anew, what was held under the old ones counts for nothing.
      if (entry && entry.view.numbering === view.numbering) {
        entry.conversation = conversation.id
        entry.view = mergeWatermarks(view, entry.view)
        entry.known = Math.max(entry.known, view.length)
        continue
      }
      if (entry) this.hasForgotten = true
      const base = entry ? 0 : Math.min(this.#initial[view.id] ?? 0, view.length)
      this.#interactions.set(view.id, {
        conversation: conversation.id,
        view,
        messages: [],
        base,
        cursor: base,
        read: 0,
        known: view.length,
        askedAt,
        askedBeforeAt: Number.NEGATIVE_INFINITY,
      })
    }
  }

  #takeMessages(interaction: string, messages: MessageView[], isMore: boolean): void {
    const entry = this.#interactions.get(interaction)
    if (!entry) {
      this.isIncomplete = true
      return
    }
    const first = messages[0]
    const last = messages.at(-1)
    if (!first || !last) {
      // Only the answer to a `read` can be empty: there is nothing after the cursor, whatever a hint has said.
      entry.known = entry.cursor
      entry.askedAt = Number.NEGATIVE_INFINITY
      return
    }
    entry.known = Math.max(entry.known, last.n)
    // The page that a `hello` without a cursor brings: the latest messages, and `more` before them.
    if (isMore && entry.cursor === 0 && first.n > 1) {
      entry.messages = messages
      entry.base = first.n - 1
      entry.cursor = last.n
      entry.askedAt = Number.NEGATIVE_INFINITY
      return
    }
    if (last.n === entry.base) {
      entry.messages = [...messages, ...entry.messages]
      entry.base = first.n - 1
      entry.askedBeforeAt = Number.NEGATIVE_INFINITY
      return
    }
    if (first.n > entry.cursor + 1) return
    if (isMore) entry.known = Math.max(entry.known, last.n + 1)
    entry.askedAt = Number.NEGATIVE_INFINITY
    const again = messages.filter((message) => message.n > entry.base && message.n <= entry.cursor)
    const fresh = messages.filter((message) => message.n > entry.cursor)
    if (again.length > 0) entry.messages = refresh(entry.messages, again)
    if (fresh.length === 0) return
    entry.messages = [...entry.messages, ...fresh]
    entry.cursor = last.n
    for (const { from } of fresh) if (from !== null) this.#typing.delete(`${interaction} ${from}`)
  }

  #forget(conversation: string): void {
    this.conversations.delete(conversation)
    for (const [id, entry] of this.#interactions) if (entry.conversation === conversation) this.#drop(id)
  }

  #drop(interaction: string): void {
    this.#interactions.delete(interaction)
    this.hasForgotten = true
  }

  #ownPlace(interaction: string): string | undefined {
    return this.#interactions.get(interaction)?.view.participants.find((one) => one.you)?.id
  }

  #know(interaction: string, n: number): void {
    const entry = this.#interactions.get(interaction)
    if (entry) entry.known = Math.max(entry.known, n)
    else this.isIncomplete = true
  }

  #takeTick({ interaction, message, participant, state, reason }: Tick): void {
    const entry = this.#interactions.get(interaction)
    if (!entry) return
    entry.messages = entry.messages.map((one) => {
      if (one.id !== message) return one
      const others = (one.ticks ?? []).filter((tick) => tick.participant !== participant)
      return {
        ...one,
        ticks: [...others, reason === undefined ? { participant, state } : { participant, state, reason }],
      }
    })
  }

  #update(
    interaction: string,
    participant: string,
    change: (one: InteractionView['participants'][number]) => InteractionView['participants'][number],
  ): void {
    const entry = this.#interactions.get(interaction)
    if (!entry) return
    const participants = entry.view.participants.map((one) => (one.id === participant ? change(one) : one))
    entry.view = { ...entry.view, participants }
  }
}

/** Where something was said last comes last. */
const byLatest = ([, one]: [string, Held], [, other]: [string, Held]): number =>
  saidLast(one) < saidLast(other) ? -1 : saidLast(one) > saidLast(other) ? 1 : 0

const saidLast = ({ messages }: Held): string => messages.at(-1)?.at ?? ''

/** A view that was built before a watermark moved must not take it back. */
function mergeWatermarks(view: InteractionView, before: InteractionView): InteractionView {
  const participants = view.participants.map((one) => {
    const old = before.participants.find((other) => other.id === one.id)
    if (!old) return one
    return { ...one, delivered: Math.max(one.delivered, old.delivered), read: Math.max(one.read, old.read) }
  })
  return { ...view, participants }
}

/** What can change in a message after it was written: how far it got, and whether its form is answered. */
function refresh(held: readonly MessageView[], again: MessageView[]): MessageView[] {
  return held.map((message) => {
    const newer = again.find((one) => one.n === message.n)
    if (!newer) return message
    const merged = { ...message }
    if (newer.ticks) merged.ticks = newer.ticks
    if (newer.form) merged.form = { ...newer.form, answered: newer.form.answered || (message.form?.answered ?? false) }
    return merged
  })
}
