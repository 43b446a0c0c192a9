import {
  type ClientFrame,
  type CloseCode,
  type ConversationView,
  type MessageView,
  type PollRequest,
  type PollResponse,
  type ServerFrame,
  toClientFrame,
  toPollRequest,
} from '@parley/protocol'
import type { FetchLike, SocketLike, Timers } from './link.ts'

/** Repeatable randomness: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Time that passes only when told to. */
export class VirtualTime implements Timers {
  #at = 1_800_000_000_000
  #next = 0
  #due = new Map<number, { at: number; run: () => void }>()

  now = () => this.#at
  setTimeout = (run: () => void, ms: number) => {
    this.#next += 1
    this.#due.set(this.#next, { at: this.#at + Math.max(0, ms), run })
    return this.#next
  }
  clearTimeout = (timer: unknown) => {
    if (typeof timer === 'number') this.#due.delete(timer)
  }

  async pass(ms: number): Promise<void> {
    const until = this.#at + ms
    for (;;) {
      await settled()
      let first: [number, { at: number; run: () => void }] | null = null
      for (const entry of this.#due) if (!first || entry[1].at < first[1].at) first = entry
      if (!first || first[1].at > until) break
      this.#due.delete(first[0])
      this.#at = Math.max(this.#at, first[1].at)
      first[1].run()
    }
    this.#at = until
  }
}

/** Lets every promise that can go on do so. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await null
}

const uuid = (kind: number, n: number) => `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const conversationId = uuid(1, 1)

interface Session {
  send(frame: ServerFrame): void
  close(code: CloseCode): void
}

interface Kept {
  readonly id: string
  /** Everything that was said there, and whether this person may read it. */
  readonly said: { message: MessageView; isTheirs: boolean }[]
  /** May they read what is still to be said? */
  isOpen: boolean
  /** Grows whenever what they may read becomes something else than more at the end. */
  runs: number
}

/**
 * What the contract promises, in as few lines as possible: one conversation, interactions of which this person may read more or less, dense
 * numbers in their own view, each echo id taken once. Whether a hint reaches a client is decided by `lossy`; answers to a client's own
 * frames always follow in order, and so does the news that rights have changed: nothing under older numbers comes after it.
 */
export class ModelServer {
  readonly #kept: Kept[] = []
  readonly #said = new Map<string, { said: ServerFrame & { t: 'said' }; interaction: Kept }>()
  readonly #sessions = new Set<Session>()
  readonly tokens = new Set(['token-1'])
  /** Operations by their ids. */
  readonly done = new Set<string>()
  #count = 0
  /** Decides what becomes of a hint: how often, and how late, it is delivered. */
  hints: () => number[] = () => [0]
  readonly #time: VirtualTime

  constructor(time: VirtualTime) {
    this.#time = time
    this.addInteraction()
  }

  /** What this person may read, by interaction; one of which they may read nothing is not there for them. */
  get interactions(): { id: string; messages: MessageView[]; isOpen: boolean; isThere: boolean }[] {
    return this.#kept.map((kept) => ({
      id: kept.id,
      messages: readable(kept),
      isOpen: kept.isOpen,
      isThere: isThere(kept),
    }))
  }

  /** Whether they may read it or not. */
  get everything(): string[] {
    return this.#kept.flatMap(({ said }) => said.map(({ message }) => message.text))
  }

  addInteraction(): void {
    this.#kept.push({ id: uuid(2, this.#kept.length + 1), said: [], isOpen: true, runs: 0 })
    this.#hint(() => this.#news())
  }

  view(): ConversationView {
    return {
      id: conversationId,
      site: uuid(3, 1),
      state: 'open',
      topic: null,
      language: 'en',
      createdAt: '2026-01-01T00:00:00.000Z',
      hunt: 'found',
      interactions: this.#kept.filter(isThere).map((kept) => ({
        id: kept.id,
        kind: 'exchange',
        state: 'open',
        length: readable(kept).length,
        numbering: `runs ${kept.runs}`,
        writable: kept.isOpen,
        participants: [
          {
            id: uuid(4, 1),
            you: true,
            role: 'initiator',
            alias: 'you',
            colour: 0,
            state: 'here',
            delivered: 0,
            read: 0,
          },
          {
            id: uuid(4, 2),
            you: false,
            role: 'responder',
            alias: 'Kim',
            colour: 1,
            state: 'here',
            delivered: 0,
            read: 0,
          },
        ],
      })),
    }
  }

  /** Somebody else says something. */
  speak(index: number, text: string): void {
    this.#append(this.#at(index), text, uuid(4, 2))
  }

  /** From here on this person may read other things there: `isTheirs` is asked of everything that was said, `isOpen` is for what will be. */
  changeRights(index: number, isTheirs: (position: number) => boolean, isOpen: boolean): void {
    const kept = this.#at(index)
    for (const [position, said] of kept.said.entries()) said.isTheirs = isTheirs(position)
    kept.isOpen = isOpen
    kept.runs += 1
    for (const session of this.#sessions) {
      session.send(this.#news())
      if (isThere(kept)) this.#pageBefore(session, kept.id, Number.POSITIVE_INFINITY)
    }
  }

  open(frame: ClientFrame & { t: 'hello' }, session: Session): boolean {
    if (!this.tokens.has(frame.token)) {
      session.close(4001)
      return false
    }
    this.#sessions.add(session)
    const view = this.view()
    const conversations = view.interactions.length > 0 ? [view] : []
    session.send({ t: 'welcome', v: 1, you: { person: uuid(5, 1), kind: 'visitor' }, conversations })
    for (const { id, numbering } of view.interactions) {
      const counted = frame.numberings?.[id]
      const cursor = counted === undefined || counted === numbering ? frame.cursors[id] : undefined
      if (cursor === undefined) this.#pageBefore(session, id, Number.POSITIVE_INFINITY)
      else this.#page(session, id, cursor)
    }
    return true
  }

  take(frame: ClientFrame, session: Session): void {
    if (frame.t === 'ping') session.send({ t: 'pong' })
    if (frame.t === 'read' && frame.before === undefined) this.#page(session, frame.interaction, frame.after ?? 0)
    if (frame.t === 'read' && frame.before !== undefined) {
      this.#pageBefore(session, frame.interaction, frame.before)
    }
    if (frame.t === 'do') {
      // Done once, and answered each time.
      this.done.add(frame.id)
      const isRefused = frame.operation === 'not-allowed'
      if (isRefused) session.send({ t: 'refused', id: frame.id, reason: 'not-allowed', text: 'Not here.' })
      else session.send({ t: 'done', id: frame.id, result: { operation: frame.id, undoable: false } })
    }
    if (frame.t === 'say') {
      const before = this.#said.get(frame.id)
      if (before) {
        const n = numberOf(before.interaction, before.said.message)
        const { asSent: _, ...said } = before.said
        session.send({ ...said, places: n === null ? [] : [{ interaction: before.interaction.id, n }] })
        return
      }
      const { to } = frame
      const interaction = this.#kept.find((one) => 'interaction' in to && one.id === to.interaction)
      if (!interaction?.isOpen) {
        session.send({ t: 'refused', id: frame.id, reason: 'not-there', text: 'Not there.' })
        return
      }
      // Now and then a copy comes besides, as where the text was changed.
      const asSent = this.#count % 3 > 0
      const message = this.#append(interaction, frame.text, uuid(4, 1), asSent ? session : null)
      const n = numberOf(interaction, message.id) ?? 0
      const places = [{ interaction: interaction.id, n }]
      const said = { t: 'said' as const, id: frame.id, message: message.id, at: message.at, places }
      this.#said.set(frame.id, { said, interaction })
      session.send(asSent ? { ...said, asSent } : said)
    }
  }

  gone(session: Session): void {
    this.#sessions.delete(session)
  }

  /** Ends every connection, as a server that stops does. */
  closeAll(code: CloseCode): void {
    for (const session of [...this.#sessions]) session.close(code)
    this.#sessions.clear()
  }

  #at(index: number): Kept {
    const kept = this.#kept[index]
    if (!kept) throw new Error('no such interaction')
    return kept
  }

  #news(): ServerFrame {
    const conversation = this.view()
    if (conversation.interactions.length === 0) return { t: 'gone', conversation: conversation.id }
    return { t: 'conversation', conversation }
  }

  #append(kept: Kept, text: string, from: string, except: Session | null = null): MessageView {
    this.#count += 1
    const at = new Date(1_800_000_000_000 + this.#count).toISOString()
    const message = { n: 0, id: uuid(6, this.#count), from, at, text }
    kept.said.push({ message, isTheirs: kept.isOpen })
    // By the numbers of the moment in which it goes out.
    this.#hint(() => {
      const n = numberOf(kept, message.id)
      return n === null ? null : { t: 'messages', interaction: kept.id, messages: [{ ...message, n }] }
    }, except)
    return message
  }

  #page(session: Session, id: string, after: number): void {
    const all = this.#readable(id)
    const messages = all.slice(after, after + pageSize)
    session.send({ t: 'messages', interaction: id, messages, more: after + pageSize < all.length })
  }

  #pageBefore(session: Session, id: string, before: number): void {
    const page = this.#readable(id)
      .filter((message) => message.n < before)
      .slice(-pageSize)
    session.send({ t: 'messages', interaction: id, messages: page, more: (page[0]?.n ?? 1) > 1 })
  }

  #readable(id: string): MessageView[] {
    const kept = this.#kept.find((one) => one.id === id)
    return kept ? readable(kept) : []
  }

  #hint(frame: () => ServerFrame | null, except: Session | null = null): void {
    for (const session of this.#sessions) {
      if (session === except) continue
      for (const delay of this.hints()) {
        this.#time.setTimeout(() => {
          const news = this.#sessions.has(session) ? frame() : null
          if (news) session.send(news)
        }, delay)
      }
    }
  }
}

const isThere = ({ isOpen, said }: Kept): boolean => isOpen || said.some(({ isTheirs }) => isTheirs)

/** Dense, as they number it. */
function readable({ said }: Kept): MessageView[] {
  return said.filter(({ isTheirs }) => isTheirs).map(({ message }, index) => ({ ...message, n: index + 1 }))
}

const numberOf = (kept: Kept, message: string): number | null =>
  readable(kept).find(({ id }) => id === message)?.n ?? null

/** Small, so that short histories have pages. */
const pageSize = 4

/** The network between one client and the server: everything takes its time, and may be cut at any frame. */
export class Network {
  readonly #time: VirtualTime
  readonly #server: ModelServer
  readonly #random: () => number
  readonly #cuts = new Set<() => void>()
  readonly #polls = new Map<string, PollSession>()
  /** Chance that a connection is cut at a frame, in either direction. */
  cutChance = 0
  blocksSockets = false
  connections = { socket: 0, poll: 0 }

  constructor(time: VirtualTime, server: ModelServer, random: () => number) {
    this.#time = time
    this.#server = server
    this.#random = random
  }

  cutAll(): void {
    for (const cut of [...this.#cuts]) cut()
  }

  #isCut(): boolean {
    return this.#random() < this.cutChance
  }

  get WebSocket(): new (
    url: string,
  ) => SocketLike {
    const network = this
    return class {
      onopen: SocketLike['onopen'] = null
      onmessage: SocketLike['onmessage'] = null
      onclose: SocketLike['onclose'] = null
      onerror: SocketLike['onerror'] = null
      send!: (text: string) => void
      close!: () => void
      constructor() {
        network.#connectSocket(this)
      }
    }
  }

  #connectSocket(socket: SocketLike): void {
    this.connections.socket += 1
    const time = this.#time
    let isOpen = true
    let isGreeted = false
    const inOrder = orderly(time, this.#random)
    const back = orderly(time, this.#random)
    const session: Session = {
      send: (frame) => {
        if (!isOpen) return
        if (this.#isCut()) cut()
        else inOrder(() => isOpen && socket.onmessage?.({ data: JSON.stringify(frame) } as never))
      },
      close: (code) => inOrder(() => end(code)),
    }
    const end = (code: number) => {
      if (!isOpen) return
      isOpen = false
      this.#cuts.delete(cut)
      this.#server.gone(session)
      time.setTimeout(() => socket.onclose?.({ code, reason: '' } as never), 5)
    }
    const cut = () => end(1006)
    socket.close = () => end(1000)
    socket.send = (text) => {
      if (!isOpen) return
      if (this.#isCut()) {
        cut()
        return
      }
      back(() => {
        const frame = isOpen ? toClientFrame(JSON.parse(text)) : null
        if (!isOpen) return
        if (!frame) end(4002)
        else if (frame.t === 'hello' && !isGreeted) isGreeted = this.#server.open(frame, session)
        else this.#server.take(frame, session)
      })
    }
    this.#cuts.add(cut)
    if (this.blocksSockets) {
      time.setTimeout(cut, 30)
      return
    }
    inOrder(() => isOpen && socket.onopen?.({} as never))
  }

  /** Long polling as the contract tells it; a request or its answer may be lost. */
  get fetch(): FetchLike {
    return (_, init) =>
      new Promise((resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
        const lose = () => this.#time.setTimeout(() => reject(new Error('the network failed')), 20)
        if (this.#isCut()) {
          lose()
          return
        }
        const request = toPollRequest(JSON.parse(typeof init.body === 'string' ? init.body : ''))
        this.#time.setTimeout(() => {
          const answer = (response: PollResponse) => {
            if (this.#isCut()) lose()
            else
              this.#time.setTimeout(
                () => resolve({ ok: true, status: 200, json: async () => response }),
                this.#random() * 20,
              )
          }
          if (request) this.#poll(request, answer)
        }, this.#random() * 20)
      })
  }

  #poll(request: PollRequest, answer: (response: PollResponse) => void): void {
    const known = request.session === undefined ? null : this.#polls.get(request.session)
    if (known === undefined) {
      answer({ session: '', seq: 0, taken: 0, frames: [], close: { code: 1001, reason: '' } })
      return
    }
    if (known) {
      known.poll(request, answer)
      return
    }
    this.connections.poll += 1
    const id = `poll-${this.connections.poll}`
    const session = new PollSession(id, this.#time, this.#server)
    this.#polls.set(id, session)
    this.#cuts.add(() => this.#polls.delete(id))
    session.poll(request, answer)
  }
}

class PollSession implements Session {
  readonly #id: string
  readonly #time: VirtualTime
  readonly #server: ModelServer
  #queue: { seq: number; frame: ServerFrame }[] = []
  #seq = 0
  #taken = 0
  #close: CloseCode | null = null
  #held: { ack: number; answer: (response: PollResponse) => void } | null = null

  constructor(id: string, time: VirtualTime, server: ModelServer) {
    this.#id = id
    this.#time = time
    this.#server = server
  }

  send(frame: ServerFrame): void {
    this.#seq += 1
    this.#queue.push({ seq: this.#seq, frame })
    this.#time.setTimeout(() => this.#release(), 1)
  }

  close(code: CloseCode): void {
    this.#close = code
    this.#time.setTimeout(() => this.#release(), 1)
  }

  poll(request: PollRequest, answer: (response: PollResponse) => void): void {
    this.#release()
    const ack = request.ack ?? 0
    this.#queue = this.#queue.filter((one) => one.seq > ack)
    const held = { ack, answer }
    this.#held = held
    const from = request.from ?? 1
    if (from <= this.#taken + 1) {
      request.frames.forEach((frame, index) => {
        if (from + index <= this.#taken) return
        this.#taken = from + index
        if (frame.t === 'hello') this.#server.open(frame, this)
        else this.#server.take(frame, this)
      })
    }
    const hasNews = request.frames.length > 0 || this.#queue.length > 0 || this.#close !== null
    this.#time.setTimeout(() => this.#held === held && this.#release(), hasNews ? 1 : 25_000)
  }

  #release(): void {
    const held = this.#held
    this.#held = null
    if (!held) return
    const due = this.#queue.filter((one) => one.seq > held.ack).slice(0, 3)
    const seq = due.at(-1)?.seq ?? held.ack
    const response: PollResponse = { session: this.#id, seq, taken: this.#taken, frames: due.map((one) => one.frame) }
    if (this.#close !== null && seq === this.#seq) response.close = { code: this.#close, reason: '' }
    held.answer(response)
  }
}

/** Delays, and never lets a later one overtake an earlier one: what a TCP connection does. */
function orderly(time: VirtualTime, random: () => number): (run: () => void) => void {
  let last = 0
  return (run) => {
    last = Math.max(last, time.now() + random() * 30)
    time.setTimeout(run, last - time.now())
  }
}
