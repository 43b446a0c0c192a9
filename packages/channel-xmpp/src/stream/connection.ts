import type { Health, Lease } from '@parley/channel-sdk'
import type { Clock } from '@parley/model'
import type { Element } from '../xml/element.ts'
import type { StreamBounds } from '../xml/stream-parser.ts'
import type { Xml } from '../xml/write-xml.ts'
import { type ComponentServer, ComponentStream } from './component-stream.ts'
import { Echoes, type Passing } from './echoes.ts'

export interface ConnectionParts {
  readonly server: ComponentServer
  readonly bounds: StreamBounds
  readonly lease: Lease
  readonly clock: Clock
  /** From 0 to 1, for back-off. */
  readonly random: () => number
  /** Asks ourselves, by way of the server. */
  echo(id: string): Xml
  stanza(element: Element, raw: Uint8Array): void
  skipped(shell: Element, why: 'too-large' | 'too-deep'): void
  standing(event: 'up' | 'down', reason: string): void
}

const silentMs = 5_000
const answerMs = 5_000
const lookMs = 1_000
/** Whoever gets the lease at all gets it within this time, unless another holds it. */
const leaseMs = 2_000
const firstBackOffMs = 400
const longestBackOffMs = 20_000

/**
 * Keeps us connected as long as the lease is ours: a server allows a component one connection (a second gets `conflict`), so only the
 * process that holds the lease tries. A server that says nothing for a while is asked for an echo, and one that does not answer is left.
 */
export class Connection {
  readonly #parts: ConnectionParts
  readonly #stopping = new AbortController()
  readonly #echoes: Echoes
  #health: Health = { state: 'starting' }
  #stream: ComponentStream | null = null
  #heardAt = 0
  #isPaused = false
  #failures = 0
  #running: Promise<void> | null = null
  #hasBegun: () => void = () => undefined

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.#echoes = new Echoes((id) => this.#stream?.write(parts.echo(id)))
  }

  /** Resolves when we are connected, when that has failed a first time, or when another process turns out to hold the lease. */
  async start(): Promise<void> {
    const begun = new Promise<void>((resolve) => {
      this.#hasBegun = resolve
    })
    this.#running = this.#run()
    let waiting: NodeJS.Timeout | undefined
    await Promise.race([begun, new Promise((resolve) => (waiting = setTimeout(resolve, leaseMs)))])
    clearTimeout(waiting)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  get health(): Health {
    return this.#health
  }

  write(stanza: Xml): boolean {
    return this.#stream?.write(stanza) ?? false
  }

  /** See `Echoes.passed`. */
  passed(): Promise<Passing> {
    return this.#stream?.isUp ? this.#echoes.passed() : Promise.resolve('lost')
  }

  /** Whether this id is that of the echo under way; then it has returned. */
  takesEcho(id: string): boolean {
    if (!this.#echoes.isOne(id)) return false
    this.#echoes.returned()
    return true
  }

  pause(): void {
    this.#isPaused = true
    this.#stream?.pause()
  }

  resume(): void {
    this.#isPaused = false
    this.#heardAt = performance.now()
    this.#stream?.resume()
  }

  async #run(): Promise<void> {
    const { lease, server } = this.#parts
    const isStopping = this.#stopping.signal
    while (!isStopping.aborted) {
      if (this.#health.state !== 'down') this.#health = { state: 'standby' }
      const held = await lease(`xmpp ${server.domain}`, isStopping).catch((error: unknown) => {
        if (!isStopping.aborted) this.#down(`the lease of this component could not be asked for (${nameOf(error)})`)
        return null
      })
      if (!held) {
        await this.#wait(longestBackOffMs / 4, isStopping)
        continue
      }
      if (this.#health.state === 'standby') this.#health = { state: 'starting' }
      const until = AbortSignal.any([isStopping, held.isLost])
      while (!until.aborted) {
        const reason = await this.#oneStream(until)
        if (until.aborted) break
        this.#down(reason)
        await this.#wait(this.#backOffMs(), until)
      }
      await held.release().catch(() => undefined)
    }
  }

  /** From connecting to the end of the stream. Resolves with why it ended. */
  #oneStream(until: AbortSignal): Promise<string> {
    const { server, bounds, stanza, skipped, standing } = this.#parts
    return new Promise((resolve) => {
      const close = () => stream.close('we ended it')
      const looking = setInterval(() => this.#look(stream), lookMs)
      const heard = () => {
        this.#heardAt = performance.now()
      }
      const stream = new ComponentStream(
        server,
        {
          up: () => {
            heard()
            this.#failures = 0
            this.#health = { state: 'up' }
            this.#hasBegun()
            if (this.#isPaused) stream.pause()
            standing('up', '')
          },
          stanza: (element, raw) => {
            heard()
            stanza(element, raw)
          },
          skipped: (shell, why) => {
            heard()
            skipped(shell, why)
          },
          down: (reason) => {
            clearInterval(looking)
            until.removeEventListener('abort', close)
            this.#stream = null
            this.#echoes.lost()
            if (!until.aborted) standing('down', reason)
            resolve(reason)
          },
        },
        bounds,
      )
      this.#stream = stream
      until.addEventListener('abort', close)
    })
  }

  /** Nothing is heard while we do not read ourselves: that is no fault of the server's. */
  #look(stream: ComponentStream): void {
    if (!stream.isUp || this.#isPaused) return
    if (this.#echoes.waitsLongerThan(answerMs)) stream.close('the server does not answer any more')
    else if (performance.now() - this.#heardAt > silentMs) void this.#echoes.passed()
  }

  #down(reason: string): void {
    const since = this.#health.state === 'down' ? this.#health.since : this.#parts.clock.now()
    this.#health = { state: 'down', reason, since }
    this.#failures++
    this.#hasBegun()
  }

  #backOffMs(): number {
    const grown = Math.min(firstBackOffMs * 2 ** (this.#failures - 1), longestBackOffMs)
    return grown * (0.5 + this.#parts.random() / 2)
  }

  #wait(ms: number, until: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (until.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        until.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      until.addEventListener('abort', done)
    })
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
