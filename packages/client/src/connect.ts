import { closeCodes, heartbeatMs, protocolVersion, type ServerFrame } from '@parley/protocol'
import { backOffMs } from './back-off.ts'
import type { Client, ClientEvent, ConnectionState, ConnectOptions } from './client.ts'
import type { Link, LinkEvents, LinkKind, SocketLike, Timers } from './link.ts'
import { Outbox } from './outbox.ts'
import type { Performing } from './performing.ts'
import type { openPoll } from './poll-link.ts'
import { Sending } from './sending.ts'
import { openSocket } from './socket-link.ts'
import { type Held, Transcript } from './transcript.ts'
import { TransportChoice } from './transport-choice.ts'

/** The polling transport is fetched only where it is needed: nearly everybody's sockets work. */
let polling: typeof openPoll | null = null

const openWithinMs = 6000
const catchUpMs = 250
const tickMs = 10_000
const pongWithinMs = 10_000
const tooManyMs = 10_000
/** A lost announcement is made good by a new hello, but not more often than this. */
const resumeAfterMs = 2000
const stableAfterMs = 10_000

/** A client that comes back: whatever is cut, it resumes by its cursors and sends again what was not confirmed. */
export function connect(options: ConnectOptions): Client {
  const timers = options.timers ?? browserTimers
  const random = options.random ?? Math.random
  const newId = options.newId ?? randomId
  const transport = new TransportChoice(options.transport ?? 'auto', () => timers.now())
  const transcript = new Transcript(options.cursors)
  const outbox = new Outbox(options.storage)
  const sending = new Sending({ outbox, timers, random, link: () => (isWelcome ? link : null) })
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
  let performing: Performing | null = null

  const emit = (event: ClientEvent) => {
    for (const listener of [...listeners]) listener(event)
  }
  const enter = (next: ConnectionState) => {
    state = next
    emit({ kind: 'state' })
  }

  async function open(): Promise<void> {
    era += 1
    const mine = era
    enter({ is: 'connecting' })
    const kind = transport.next()
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
    sending.begin()
    isWelcome = false
    transcript.disconnected()
    const late = timers.setTimeout(() => lost(kind, 0), openWithinMs)
    const events: LinkEvents = {
      open() {
        link?.send({ t: 'hello', v: protocolVersion, token, ...transcript.resume() })
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
    transport.welcomed(kind)
    pingedAt = 0
    // In this order: whoever hears of the connection may at once say something over it.
    state = { is: 'online', by: kind }
  }

  function closed(kind: LinkKind, code: number): void {
    era += 1
    link = null
    if (!isWelcome && code === 0) transport.failed(kind)
    // A connection that ends as soon as it is welcomed is no success: it must not be repeated without a pause.
    if (isWelcome && timers.now() - welcomedAt > stableAfterMs) attempt = 0
    if ((code === closeCodes.malformed || code === closeCodes.tooLarge) && sending.suspect()) emit({ kind: 'outbox' })
    isWelcome = false
    if (code === closeCodes.version) {
      enter({ is: 'stopped', because: 'version' })
      return
    }
    if (code === closeCodes.unauthorised) renew = true
    again(code === closeCodes.tooMany ? tooManyMs : 0)
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
      case 'done':
        performing?.take(frame)
        return
      case 'refused':
        if (performing?.take(frame)) return
        if (frame.id === undefined) emit({ kind: 'refused', frame })
        else if (sending.refused(frame.id, frame)) {
          emit({ kind: 'outbox' })
          sending.send()
        }
        return
      case 'said':
        // Nowhere to be seen by its writer (a late answer, say), or before what is loaded: it will not come by itself.
        text = sending.said(
          frame,
          frame.places.some(({ interaction, n }) => n > (transcript.interaction(interaction)?.base ?? 0)),
        )
        break
      case 'typing':
        timers.setTimeout(() => emit({ kind: 'transcript' }), 6050)
    }
    transcript.take(frame, timers.now(), text)
    if (frame.t === 'welcome') {
      emit({ kind: 'state' })
      sending.send()
      performing?.resume()
      reportSeen()
    } else if (frame.t === 'said') sending.send()
    if (frame.t === 'messages') {
      reportDelivered(frame.interaction)
      if (frame.more) askForMissing()
    }
    settleOutbox()
    catchUpSoon()
    emit({ kind: 'transcript' })
  }

  function settleOutbox(): void {
    const { hasForgotten } = transcript
    transcript.hasForgotten = false
    if (!outbox.items.some((item) => item.state === 'said')) return
    const present = new Set<string>()
    for (const held of transcript.interactions) for (const message of held.messages) present.add(message.id)
    outbox.arrived((message) => hasForgotten || present.has(message))
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
      if (you && (held.read > you.read || held.cursor > you.delivered)) sendSeen(held)
    }
  }

  function sendSeen(held: Held): void {
    const { cursor, read, view } = held
    if (isWelcome) link?.send({ t: 'seen', interaction: view.id, delivered: cursor, read })
  }

  function tick(): void {
    if (state.is === 'stopped') return
    timers.setTimeout(tick, tickMs)
    if (!isWelcome || !link) return
    askForMissing()
    const now = timers.now()
    if (link.kind === 'poll') {
      if (transport.triesSocket()) reopen()
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
      sending.send()
      return id
    },
    retry(id) {
      outbox.retry(id)
      emit({ kind: 'outbox' })
      sending.send()
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
    async perform(operation, input) {
      const { Performing: Begin } = await import('./performing.ts')
      performing ??= new Begin((frame) => isWelcome && link?.send(frame))
      return performing.perform({ t: 'do', id: newId(), operation, input })
    },
    readBefore(interaction) {
      const read = isWelcome ? transcript.before(interaction, timers.now()) : null
      if (read) link?.send(read)
    },
    learn(conversation) {
      // What came over the connection is newer.
      if (!transcript.conversations.has(conversation.id)) take({ t: 'conversation', conversation })
    },
    markRead(interaction, n) {
      const held = transcript.markRead(interaction, n)
      if (held) sendSeen(held)
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
      performing?.stop()
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
