import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Hint, packHints, unpackHints } from './hint.ts'

export interface BusParts {
  readonly connection: pg.PoolConfig
  readonly log: { warn(facts: Record<string, unknown>, message: string): void }
  /** Hints of other processes, in the order in which each of them gave them. */
  readonly hear: (hints: Hint[]) => void
  /** Hints of others may have been missed since this time: read back what there is. Called now and then as well: nobody vouches for a hint. */
  readonly resync: (since: Date) => void
  readonly resyncMs?: number
}

export const hintChannel = 'parley_hints'
const beatMs = 10_000
const answerWithinMs = 5_000
const mostWaiting = 5_000
const overlapMs = 60_000

/**
 * Hints between the processes of one installation, over PostgreSQL's LISTEN and NOTIFY on a connection of its own. Never inside a
 * transaction that says something: NOTIFY there makes commits wait for each other. What is committed while a NOTIFY is under way goes
 * together with the next.
 *
 *   connecting → listening ⇄ (lost: back-off) → connecting … → stopped
 */
export class Bus {
  readonly #parts: BusParts
  readonly #node = randomBytes(9).toString('base64url')
  readonly #waiting = new Map<string, Hint>()
  #client: pg.Client | null = null
  #sending = false
  #isStopped = false
  #failures = 0
  #heardUntil = new Date()
  #timers = new Set<NodeJS.Timeout>()
  #connecting: Promise<void> = Promise.resolve()

  constructor(parts: BusParts) {
    this.#parts = parts
  }

  /** Resolves when the first attempt to connect is over; one that failed goes on by itself. */
  async start(): Promise<void> {
    this.#every(beatMs, () => this.#beat())
    this.#every(this.#parts.resyncMs ?? 30_000, () => this.#resync())
    await this.#connect()
  }

  get isListening(): boolean {
    return this.#client !== null
  }

  /** `key` says what a hint is about: of two that wait, the later one replaces the earlier. */
  tell(key: string, hint: Hint): void {
    if (this.#isStopped) return
    // Whoever was cut off says only that something was lost: the others read it back, and passing frames have passed.
    if (!this.#client || this.#waiting.size >= mostWaiting) {
      this.#waiting.clear()
      this.#waiting.set('lost', { kind: 'lost' })
    } else {
      this.#waiting.delete(key)
      this.#waiting.set(key, hint)
    }
    this.#send()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#connecting
    const client = this.#client
    this.#client = null
    client?.removeAllListeners('end')
    await client?.end().catch(() => {})
  }

  #send(): void {
    const client = this.#client
    if (this.#sending || !client || this.#waiting.size === 0) return
    this.#sending = true
    // What else this turn of the event loop brings goes along.
    setImmediate(() => {
      const payloads = packHints(this.#node, [...this.#waiting.values()])
      this.#waiting.clear()
      client
        .query('select pg_notify($1, payload) from unnest($2::text[]) payload', [hintChannel, payloads])
        .catch(() => {
          this.#waiting.clear()
          this.#waiting.set('lost', { kind: 'lost' })
          this.#lose(client, 'a hint could not be sent')
        })
        .finally(() => {
          this.#sending = false
          this.#send()
        })
    })
  }

  #connect(): Promise<void> {
    this.#connecting = this.#open().catch((error: unknown) => this.#again(String(error)))
    return this.#connecting
  }

  async #open(): Promise<void> {
    const { connectionString, host, port, user, password, database, ssl } = this.#parts.connection
    const given = { connectionString, host, port, user, password, database, ssl }
    const client = new pg.Client({
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      application_name: 'parley hints',
      keepAlive: true,
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    })
    client.on('error', () => {})
    client.on('end', () => this.#lose(client, 'the connection ended'))
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''))
    try {
      await client.connect()
      await client.query(`listen ${hintChannel}`)
    } catch (error) {
      client.removeAllListeners('end')
      void client.end().catch(() => {})
      throw error
    }
    if (this.#isStopped) {
      client.removeAllListeners('end')
      await client.end()
      return
    }
    this.#client = client
    this.#failures = 0
    this.#resync()
    this.#send()
  }

  /** From here until the next connection nothing is heard; what is committed meanwhile is read back then. */
  #lose(client: pg.Client, why: string): void {
    if (this.#client !== client) return
    this.#client = null
    this.#heardUntil = new Date()
    client.removeAllListeners('end')
    void client.end().catch(() => {})
    this.#again(why)
  }

  #again(why: string): void {
    if (this.#isStopped) return
    if (this.#failures === 0) this.#parts.log.warn({ why }, 'hints between processes are cut off; it connects again')
    const delay = Math.min(5_000, 50 * 2 ** this.#failures) * (0.5 + Math.random())
    this.#failures += 1
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void this.#connect()
    }, delay)
    this.#timers.add(timer)
  }

  /** A connection whose other end is gone without a word is found out here. */
  async #beat(): Promise<void> {
    const client = this.#client
    if (!client) return
    await client.query('select 1').catch(() => this.#lose(client, 'the database does not answer'))
  }

  #hear(payload: string): void {
    const told = unpackHints(payload)
    if (!told || told.node === this.#node) return
    if (told.hints.some(({ kind }) => kind === 'lost')) this.#resync()
    const hints = told.hints.filter(({ kind }) => kind !== 'lost')
    if (hints.length > 0) this.#parts.hear(hints)
  }

  /** With some overlap: the clocks of the processes differ, and what was begun before may be committed after. */
  #resync(): void {
    const since = new Date(this.#heardUntil.getTime() - overlapMs)
    if (this.#client) this.#heardUntil = new Date()
    this.#parts.resync(since)
  }

  #every(ms: number, work: () => Promise<void> | void): void {
    const timer = setInterval(() => void work(), ms)
    timer.unref()
    this.#timers.add(timer)
  }
}
