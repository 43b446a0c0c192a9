import { once } from 'node:events'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import type { SendFailure } from './outcome-of.ts'

export interface SmtpOutOptions {
  host: string
  port: number
  /** `always`: TLS from the first byte. `required`: STARTTLS or nothing. `offered` (default): STARTTLS when the peer has it. `never`: a relay on the same machine. */
  tls?: 'always' | 'required' | 'offered' | 'never'
  /** Turn off only for a relay whose certificate you know to be your own. */
  verifyCertificate?: boolean
  auth?: { user: string; password: string }
  /** Default 4. */
  maxConnections?: number
  /** How long an idle connection is kept for the next mail. Default 20 seconds. */
  idleMs?: number
  /** Default 20 seconds, for the connection and again for the greeting. */
  connectTimeoutMs?: number
  /** Longest silence of the peer. Default ten minutes: RFC 5321 §4.5.3.2.6 gives it that long after the final dot. */
  silenceTimeoutMs?: number
  /** The largest mail sent, in bytes on the wire. Default 36,000,000: a file of 25 MB, encoded. */
  maxBytes?: number
}

/** A connection, or why there is none. */
export type Acquired = { ok: true; connection: PooledConnection } | { ok: false; failure: SendFailure }

export interface PooledConnection {
  smtp: SMTPConnection
  /** Carried a mail before: the peer may have dropped it since without our knowing. */
  isReused: boolean
}

/** A bounded number of connections to one relay, kept open between mails. Waiting mails get the first one that is free. */
export class SmtpPool {
  readonly #options: SmtpOutOptions
  readonly #ourName: string
  readonly #idle: { connection: PooledConnection; timer: NodeJS.Timeout }[] = []
  readonly #waiting: (() => void)[] = []
  readonly #open = new Set<SMTPConnection>()
  #slotsTaken = 0
  #isClosed = false

  constructor(options: SmtpOutOptions, ourName: string) {
    this.#options = options
    this.#ourName = ourName
  }

  /** Takes a slot. Give it back with `release` or `drop`. `fresh` never gives a connection that was used before. */
  async acquire({ fresh = false } = {}): Promise<Acquired> {
    while (!this.#isClosed && this.#slotsTaken >= (this.#options.maxConnections ?? 4)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    if (this.#isClosed) return { ok: false, failure: { at: 'connect', reply: null, reason: 'the channel is stopping' } }
    this.#slotsTaken += 1
    if (!fresh) {
      const kept = this.#takeIdle()
      if (kept) return { ok: true, connection: { ...kept, isReused: true } }
    }
    // Idle connections are open ones too: a new one takes the place of the oldest.
    if (this.#slotsTaken + this.#idle.length > (this.#options.maxConnections ?? 4)) this.#closeOldestIdle()
    const acquired = await this.#connect()
    if (!acquired.ok) this.#freeSlot()
    return acquired
  }

  release(connection: PooledConnection): void {
    if (connection.smtp.destroyed || this.#isClosed) {
      this.drop(connection)
      return
    }
    const timer = setTimeout(() => {
      const at = this.#idle.findIndex((idle) => idle.connection === connection)
      if (at >= 0) this.#idle.splice(at, 1)
      connection.smtp.quit()
    }, this.#options.idleMs ?? 20_000)
    timer.unref()
    this.#idle.push({ connection, timer })
    this.#freeSlot()
  }

  /** The connection is in a state that no further mail should meet. */
  drop(connection: PooledConnection): void {
    connection.smtp.close()
    this.#freeSlot()
  }

  close(): void {
    this.#isClosed = true
    for (const resume of this.#waiting.splice(0)) resume()
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer)
    for (const smtp of this.#open) smtp.close()
  }

  #takeIdle(): PooledConnection | null {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      clearTimeout(idle.timer)
      if (!idle.connection.smtp.destroyed) return idle.connection
    }
    return null
  }

  #closeOldestIdle(): void {
    const oldest = this.#idle.shift()
    clearTimeout(oldest?.timer)
    oldest?.connection.smtp.quit()
  }

  #freeSlot(): void {
    this.#slotsTaken -= 1
    this.#waiting.shift()?.()
  }

  async #connect(): Promise<Acquired> {
    const { auth } = this.#options
    const smtp = new SMTPConnection(connectionOptions(this.#options, this.#ourName))
    this.#open.add(smtp)
    smtp.once('end', () => this.#open.delete(smtp))
    // An idle connection that the peer ends is not news; a failure during a mail reaches the mail's own callback too.
    smtp.on('error', () => undefined)
    try {
      await settled((done) => {
        once(smtp, 'error').then(([error]) => done(error), done)
        once(smtp, 'end').then(() => done(new Error('the mail server ended the connection before it began')), done)
        smtp.connect(done)
      })
    } catch (error) {
      smtp.close()
      return { ok: false, failure: failureOf(error, 'connect') }
    }
    if (!auth) return { ok: true, connection: { smtp, isReused: false } }
    try {
      await settled((done) => {
        once(smtp, 'error').then(([error]) => done(error), done)
        smtp.login({ user: auth.user, pass: auth.password }, done)
      })
      return { ok: true, connection: { smtp, isReused: false } }
    } catch (error) {
      smtp.close()
      return { ok: false, failure: failureOf(error, 'sign-in') }
    }
  }
}

/** What went wrong, in our words; what the peer said stays apart. */
export function failureOf(error: unknown, at: SendFailure['at']): SendFailure {
  if (!(error instanceof Error)) return { at, reply: null, reason: 'the mail server could not be reached' }
  const told = 'response' in error && typeof error.response === 'string' ? error.response : ''
  const [, code, text] = /^(\d{3})[ -]([\s\S]*)$/.exec(told) ?? []
  const cause = [codeOf(error, 'originalCode'), codeOf(error, 'code')].find((name) => name !== null) ?? 'failure'
  return {
    at,
    reply: code ? { code: Number(code), text: (text ?? '').replace(/\s+/g, ' ') } : null,
    reason: `${where[at]} (${cause})`,
  }
}

const where: Record<SendFailure['at'], string> = {
  connect: 'the mail server could not be reached',
  'sign-in': 'the mail server refused the sign-in',
  sender: 'the connection broke before the mail was given',
  recipient: 'the connection broke before the mail was given',
  data: 'the connection broke before the mail was given',
  body: 'the connection broke while the mail was given',
  'after-dot': 'the connection broke after the whole mail was given and before the answer',
}

function codeOf(error: Error, name: 'code' | 'originalCode'): string | null {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : null
}

function connectionOptions(options: SmtpOutOptions, name: string): SMTPConnectionOptions {
  const tls = options.tls ?? 'offered'
  const connectTimeout = options.connectTimeoutMs ?? 20_000
  return {
    host: options.host,
    port: options.port,
    name,
    secure: tls === 'always',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'never',
    connectionTimeout: connectTimeout,
    greetingTimeout: connectTimeout,
    dnsTimeout: connectTimeout,
    socketTimeout: options.silenceTimeoutMs ?? 600_000,
    maxResponseSize: 64 * 1024,
    logger: false,
    tls: { rejectUnauthorized: options.verifyCertificate ?? true },
  }
}

function settled(begin: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => begin((error) => (error ? reject(error) : resolve())))
}
