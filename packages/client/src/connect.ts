import {
  type ClientFrame,
  type ConversationView,
  closeCodes,
  type FormField,
  heartbeatMs,
  protocolVersion,
  type Refused,
  type ServerFrame,
  type Typing,
} from '@parley/protocol'
import { backOffMs } from './back-off.ts'
import type { FetchLike, Link, LinkEvents, LinkKind, SocketLike, Timers } from './link.ts'
import { Outbox, type OutboxStorage, sayOf, type Unsent } from './outbox.ts'
import type { openPoll } from './poll-link.ts'
import { openSocket } from './socket-link.ts'
import { type Held, Transcript } from './transcript.ts'

export interface ConnectOptions {
  /** Origin of the server, `https://chat.example`. */
  baseUrl: string
  /** Asked before each connection. `renew`: the last one was refused, so a kept one must not be given again. */
  getToken(renew: boolean): Promise<string>
  /** `auto` (the default) takes sockets, and polls where they are blocked. */
  transport?: 'auto' | LinkKind
  /** Interactions that need not be loaded from their beginning: what lies before stays where it is until `readBefore`. */
  cursors?: Record<string, number>
  storage?: OutboxStorage
  WebSocket?: new (url: string) => SocketLike
  fetch?: FetchLike
  timers?: Timers
  /** In [0, 1). */
  random?(): number
  newId?(): string
}

export type ConnectionState =
  | { is: 'connecting' }
  | { is: 'online'; by: LinkKind }
  /** Not connected; tries again by itself. */
  | { is: 'waiting' }
  /** `version`: this page is too old for the server and must be loaded again. */
  | { is: 'stopped'; because: 'asked' | 'version' }

export type ClientEvent =
  | { kind: 'state' }
  /** Conversations, messages, ticks, watermarks or who is typing. */
  | { kind: 'transcript' }
  | { kind: 'outbox' }
  /** Something that was not a `say` was refused. */
  | { kind: 'refused'; frame: Refused }
  | { kind: 'changed'; what: 'offers' | 'held' | 'addresses' | 'deliveries' }

export interface SayOptions {
  attachments?: string[]
  form?: { message: string; answers: Record<string, string> }
  ask?: FormField[]
}

export interface Client {
  readonly state: ConnectionState
  readonly transcript: Pick<Transcript, 'conversations' | 'interaction' | 'interactions' | 'you'>
  /** Said and not yet confirmed, in order. Replaced, never changed in place. */
  readonly outbox: readonly Unsent[]
  /** Participants who are typing there now. */
  typing(interaction: string): string[]

  /** Takes the text at once, keeps it until the server has it, and returns its echo id. */
  say(to: Target, text: string, options?: SayOptions): string
  /** Sends a refused text again, under its id. */
  retry(id: string): void
  discard(id: string): void
  /** What follows is sent when connected, and otherwise forgotten: it is of the moment. */
  setTyping(to: Target, on: boolean): void
  choose(choice: Omit<Extract<ClientFrame, { t: 'choose' }>, 't'>): void
  readBefore(interaction: string): void
  /** A conversation that an HTTP call has answered, so that it need not be waited for here. */
  learn(conversation: ConversationView): void
  /** The person has this much of it before their eyes. */
  markRead(interaction: string, n: number): void

  subscribe(listener: (event: ClientEvent) => void): () => void
  /** The network is back, or the page has been brought to the front: do not wait any longer. */
  wake(): void
  stop(): void
}

export type Target = Typing['to']

/** The polling transport is fetched only where it is needed: nearly everybody's sockets work. */
let polling: typeof openPoll | null = null

const openWithinMs = 6000
const catchUpMs = 250
const tickMs = 10_000
const pongWithinMs = 10_000
/** A text that was refused for the moment is tried again so often, then left to the person. */
const maxTries = 6
/** What waits for an answer at a time: whoever comes back with hundreds would be closed for sending too fast, again and again. */
const maxInFlight = 20
const socketAgainMs = [60_000, 300_000, 1_800_000]
const tooManyMs = 10_000
/** A lost announcement is made good by a new hello, but not more often than this. */
const resumeAfterMs = 2000
const stableAfterMs = 10_000

/** A client that comes back: whatever is cut, it resumes by its cursors and sends again what was not confirmed. */
export function connect(options: ConnectOptions): Client {
  const timers = options.timers ?? browserTimers
  const random = options.random ?? Math.random
  const newId = options.newId ?? randomId
  const preferred = options.transport ?? 'auto'
  const transcript = new Transcript(options.cursors)
  const outbox = new Outbox(options.storage)
  const listeners = new Set<(event: ClientEvent) => void>()

  let state: ConnectionState = { is: 'connecting' }
  let link: Link | null = null
  /** Grows with each connection, so that what belongs to an older one is known by its number. */
  let era = 0
  let attempt = 0
  let renew = false
  let isWelcome = false
  let welcomedAt = 0
  let retryTimer: unknown
  let catchUpTimer: unknown = null
  let lastHeard = 0
  let pingedAt = 0
  let socketFailures = 0
  let pollsSince = 0
  let pollTurns = 0
  /** Sent over this connection and not answered. */
  let inFlight = new Set<string>()
  /** After a frame that the server could not understand, one at a time, to find out which. */
  let isCautious = false
  const tries = new Map<string, number>()
  const readTo = new Map<string, number>()

  const emit = (event: ClientEvent) => {
    for (const listener of [...listeners]) listener(event)
  }
  const enter = (next: ConnectionState) => {
    state = next
    emit({ kind: 'state' })
  }

  function kindOfNext(): LinkKind {
    if (preferred !== 'auto') return preferred
    if (socketFailures < 2) return 'socket'
    const pause = socketAgainMs[Math.min(pollTurns, socketAgainMs.length - 1)] ?? 0
    return timers.now() - pollsSince < pause ? 'poll' : 'socket'
  }

  async function open(): Promise<void> {
    era += 1
    const mine = era
    enter({ is: 'connecting' })
    const kind = kindOfNext()
    let token: string
    try {
      token = await options.getToken(renew)
      if (kind === 'poll') polling ??= (await import('./poll-link.ts')).openPoll
    } catch {
      if (mine === era) again(0)
      return
    }
    if (mine !== era) return
    renew = false
    inFlight = new Set()
    isWelcome = false
    transcript.disconnected()
    const late = timers.setTimeout(() => lost(kind, 0), openWithinMs)
    const events: LinkEvents = {
      open() {
        link?.send({ t: 'hello', v: protocolVersion, token, cursors: transcript.cursors() })
      },
      frame(frame) {
        if (mine !== era) return
        lastHeard = timers.now()
        if (frame.t === 'welcome') {
          timers.clearTimeout(late)
          welcomed(kind)
        }
        take(frame)
      },
      closed(code) {
        timers.clearTimeout(late)
        if (mine === era) lost(kind, code)
      },
    }
    function lost(by: LinkKind, code: number) {
      if (mine !== era) return
      link?.close()
      closed(by, code)
    }
    link = kind === 'poll' && polling ? polling(pollOptions(token), events) : openSocket(newSocket(), events)
  }

  const newSocket = (): SocketLike => {
    const Socket = options.WebSocket ?? globalThis.WebSocket
    return new Socket(`${options.baseUrl.replace(/^http/, 'ws')}/rt`)
  }
  const pollOptions = (token: string) => ({
    ...timers,
    url: `${options.baseUrl}/rt/poll`,
    token,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
  })

  function welcomed(kind: LinkKind): void {
    isWelcome = true
    welcomedAt = timers.now()
    if (kind === 'socket') {
      socketFailures = 0
      pollTurns = 0
    }
    pingedAt = 0
    // In this order: whoever hears of the connection may at once say something over it.
    state = { is: 'online', by: kind }
  }

  function closed(kind: LinkKind, code: number): void {
    era += 1
    link = null
    // A socket that never got as far as the server's own words is taken for blocked; a server's close code is proof that it is not.
    if (kind === 'socket' && !isWelcome && code === 0) {
      socketFailures += 1
      if (socketFailures >= 2) pollsSince = timers.now()
    }
    // Where polls fail too, nothing is blocked: the server is away, and sockets are as good as polls.
    if (kind === 'poll' && !isWelcome && code === 0) socketFailures = 0
    // A connection that ends as soon as it is welcomed is no success: it must not be repeated without a pause.
    if (isWelcome && timers.now() - welcomedAt > stableAfterMs) attempt = 0
    if (code === closeCodes.malformed || code === closeCodes.tooLarge) suspect()
    isWelcome = false
    if (code === closeCodes.version) {
      enter({ is: 'stopped', because: 'version' })
      return
    }
    if (code === closeCodes.unauthorised) renew = true
    again(code === closeCodes.tooMany ? tooManyMs : 0)
  }

  /** The server could not understand something. Nothing that may have been it is sent again as it is. */
  function suspect(): void {
    const [only, ...others] = inFlight
    if (only !== undefined && others.length === 0) {
      outbox.refused(only, 'malformed', '')
      emit({ kind: 'outbox' })
      isCautious = false
    } else isCautious = true
  }

  function again(atLeastMs: number): void {
    enter({ is: 'waiting' })
    timers.clearTimeout(retryTimer)
    retryTimer = timers.setTimeout(() => void open(), Math.max(atLeastMs, backOffMs(attempt, random())))
    attempt += 1
  }

  function take(frame: ServerFrame): void {
    let text: string | undefined
    switch (frame.t) {
      case 'pong':
        return
      case 'changed':
        emit({ kind: 'changed', what: frame.what })
        return
      case 'refused':
        if (frame.id === undefined) emit({ kind: 'refused', frame })
        else takeRefusal(frame.id, frame)
        return
      case 'said':
        inFlight.delete(frame.id)
        tries.delete(frame.id)
        text = outbox.items.find(({ id }) => id === frame.id)?.text
        // Nowhere to be seen by its writer (a late answer, say), or before what is loaded: it will not come by itself.
        if (frame.places.every(({ interaction, n }) => n <= (transcript.interaction(interaction)?.base ?? 0)))
          outbox.drop(frame.id)
        else outbox.said(frame.id, frame.message)
        if (outbox.waiting.length === 0) isCautious = false
        break
      case 'typing':
        timers.setTimeout(() => emit({ kind: 'transcript' }), 6050)
    }
    transcript.take(frame, timers.now(), text)
    if (frame.t === 'welcome') {
      emit({ kind: 'state' })
      sendUnsent()
      reportSeen()
    } else if (frame.t === 'said') sendUnsent()
    if (frame.t === 'messages') {
      reportDelivered(frame.interaction)
      if (frame.more) askForMissing()
    }
    settleOutbox()
    catchUpSoon()
    emit({ kind: 'transcript' })
  }

  function takeRefusal(id: string, { reason, text }: Refused): void {
    inFlight.delete(id)
    const count = (tries.get(id) ?? 0) + 1
    if ((reason === 'try-again' || reason === 'too-fast') && count < maxTries) {
      tries.set(id, count)
      timers.setTimeout(sendUnsent, backOffMs(count, random()))
      return
    }
    tries.delete(id)
    outbox.refused(id, reason, text)
    emit({ kind: 'outbox' })
    sendUnsent()
  }

  function sendUnsent(): void {
    if (!isWelcome || !link) return
    for (const item of outbox.waiting) {
      if (inFlight.has(item.id)) continue
      if (inFlight.size >= (isCautious ? 1 : maxInFlight)) return
      inFlight.add(item.id)
      link.send({ t: 'say', ...sayOf(item) })
    }
  }

  function settleOutbox(): void {
    if (!outbox.items.some((item) => item.state === 'said')) return
    const present = new Set<string>()
    for (const held of transcript.interactions) for (const message of held.messages) present.add(message.id)
    outbox.arrived(present)
    emit({ kind: 'outbox' })
  }

  function askForMissing(): void {
    if (!isWelcome) return
    for (const read of transcript.missing(timers.now())) link?.send(read)
  }

  /** Not at once: what seems to be missing is mostly the next frame. */
  function catchUpSoon(): void {
    if (catchUpTimer !== null) return
    catchUpTimer = timers.setTimeout(() => {
      catchUpTimer = null
      if (isWelcome && transcript.isIncomplete && timers.now() - welcomedAt > resumeAfterMs) reopen()
      else askForMissing()
      if (transcript.isIncomplete) catchUpSoon()
    }, catchUpMs)
  }

  function reportDelivered(interaction: string): void {
    const held = transcript.interaction(interaction)
    if (held) sendSeen(held)
  }

  function reportSeen(): void {
    for (const held of transcript.interactions) {
      const you = held.view.participants.find((one) => one.you)
      if (you && ((readTo.get(held.view.id) ?? 0) > you.read || held.cursor > you.delivered)) sendSeen(held)
    }
  }

  function sendSeen(held: Held): void {
    const interaction = held.view.id
    if (isWelcome) link?.send({ t: 'seen', interaction, delivered: held.cursor, read: readTo.get(interaction) ?? 0 })
  }

  function tick(): void {
    if (state.is === 'stopped') return
    timers.setTimeout(tick, tickMs)
    if (!isWelcome || !link) return
    askForMissing()
    const now = timers.now()
    if (link.kind === 'poll') {
      if (preferred === 'auto' && kindOfNext() === 'socket') {
        pollTurns += 1
        pollsSince = now
        // One failed try is enough to come back to polling.
        socketFailures = 1
        reopen()
      }
      return
    }
    if (pingedAt > 0 && lastHeard < pingedAt && now - pingedAt >= pongWithinMs) reopen()
    else if (now - lastHeard >= heartbeatMs - tickMs && (pingedAt === 0 || lastHeard >= pingedAt)) ping()
  }

  function ping(): void {
    pingedAt = timers.now()
    link?.send({ t: 'ping' })
  }

  function reopen(): void {
    era += 1
    link?.close()
    link = null
    isWelcome = false
    timers.clearTimeout(retryTimer)
    void open()
  }

  timers.setTimeout(tick, tickMs)
  void open()

  return {
    get state() {
      return state
    },
    transcript,
    get outbox() {
      return outbox.items
    },
    typing: (interaction) => transcript.typing(interaction, timers.now()),
    say(to, text, more = {}) {
      const id = newId()
      outbox.add({ id, to, text, ...more }, timers.now())
      emit({ kind: 'outbox' })
      sendUnsent()
      return id
    },
    retry(id) {
      outbox.retry(id)
      emit({ kind: 'outbox' })
      sendUnsent()
    },
    discard(id) {
      outbox.drop(id)
      emit({ kind: 'outbox' })
    },
    setTyping(to, on) {
      if (isWelcome) link?.send({ t: 'typing', to, on })
    },
    choose(choice) {
      if (isWelcome) link?.send({ t: 'choose', ...choice })
    },
    readBefore(interaction) {
      const read = isWelcome ? transcript.before(interaction, timers.now()) : null
      if (read) link?.send(read)
    },
    learn(conversation) {
      take({ t: 'conversation', conversation })
    },
    markRead(interaction, n) {
      const held = transcript.interaction(interaction)
      const read = Math.min(n, held?.cursor ?? 0)
      if (!held || read <= (readTo.get(interaction) ?? 0)) return
      readTo.set(interaction, read)
      transcript.markRead(interaction, read)
      sendSeen(held)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    wake() {
      if (state.is === 'waiting') {
        attempt = 0
        reopen()
      } else if (state.is === 'online' && link?.kind === 'socket') ping()
    },
    stop() {
      era += 1
      link?.close()
      link = null
      isWelcome = false
      timers.clearTimeout(retryTimer)
      enter({ is: 'stopped', because: 'asked' })
    },
  }
}

const browserTimers: Timers = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}

/** `crypto.randomUUID` is missing on pages without TLS; the random numbers behind it are not. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
