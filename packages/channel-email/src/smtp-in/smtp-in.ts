import type { Readable } from 'node:stream'
import type { AddressVerdict } from '@parley/channel-sdk'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { RelayAddresses } from '../compose/relay-addresses.ts'
import type { TakenMail, Transport } from '../take/take-mail.ts'
import { ConnectionLimits } from './connection-limits.ts'
import { refusal, SmtpAnswer } from './smtp-answer.ts'

export interface SmtpInOptions {
  host: string
  /** 0 takes a free one. */
  port: number
  /** PEM. STARTTLS is offered when given. */
  tls?: { key: string; cert: string }
  /** The largest mail taken, in bytes as sent; an address may have a lower limit. */
  maxBytes: number
  maxConnections: number
  /** For one mail. RFC 5321 §4.5.3.1.8 asks for at least 100. */
  maxRecipients: number
  /**
   * Our own mail relays, by IP address. They are not checked by SPF (the sender is behind them), and only what they hand over may
   * carry `Authentication-Results` that are believed.
   */
  trustedRelays?: string[]
  /** Silence after which a peer is dropped. Default one minute. */
  silenceTimeoutMs?: number
  /** How long one connection may last, however slowly it drips. Default ten minutes. */
  connectionTimeoutMs?: number
  /** Mail bytes in memory at once over all connections. Default 256 MB. */
  maxBytesAtOnce?: number
}

/** What the edge asks of the inside. */
export interface Inside {
  mayReceive(address: string): Promise<AddressVerdict>
  take(raw: Uint8Array, recipients: string[], transport: Transport): Promise<TakenMail>
  warn(event: string, facts?: Record<string, string | number | boolean>): void
}

export interface SmtpIn {
  readonly port: number
  stop(): Promise<void>
}

/** Mail handed to us by other servers. The answer to the final dot is given only after everything is durable. */
export async function listenForMail(
  options: SmtpInOptions,
  addresses: RelayAddresses,
  ourName: string,
  inside: Inside,
): Promise<SmtpIn> {
  const limits = new ConnectionLimits(options)
  const unknownAsked = new WeakMap<SMTPServerSession, number>()
  const sizeLimits = new WeakMap<SMTPServerSession, Map<string, number>>()
  const takingFor = new Set<string>()
  let bytesAtOnce = 0

  const server = new SMTPServer({
    name: ourName,
    banner: 'Parley',
    heloResponse: '%s',
    size: options.maxBytes,
    maxClients: options.maxConnections,
    maxRecipients: options.maxRecipients,
    socketTimeout: options.silenceTimeoutMs ?? 60_000,
    closeTimeout: 8_000,
    disabledCommands: ['AUTH', ...(options.tls ? [] : ['STARTTLS'])],
    disableReverseLookup: true,
    // The library's own enhanced codes say 5.2.2, "mailbox full", for a mail that is too large: ours are in the texts.
    hideENHANCEDSTATUSCODES: true,
    logger: false,
    ...(options.tls ? { key: options.tls.key, cert: options.tls.cert, minVersion: 'TLSv1.2' } : {}),
    onConnect(session, callback) {
      callback(limits.admit(session, server))
    },
    onClose: (session) => limits.left(session),
    onMailFrom(_address, session, callback) {
      sizeLimits.set(session, new Map())
      callback()
    },
    onRcptTo({ address }, session, callback) {
      const announced =
        session.envelope.mailFrom === false ? 0 : Number(Object(session.envelope.mailFrom.args).SIZE ?? 0)
      recipientAnswer(address, announced).then(
        (answer) => {
          if (answer.ok) {
            sizeLimits.get(session)?.set(address.toLowerCase(), answer.maxBytes)
            return callback()
          }
          const unknown = (unknownAsked.get(session) ?? 0) + (answer.isUnknown ? 1 : 0)
          unknownAsked.set(session, unknown)
          callback(unknown > 20 ? refusal('harvesting') : answer.answer)
        },
        (error: unknown) => {
          inside.warn('mail.recipient-not-checked', { because: error instanceof Error ? error.name : 'unknown' })
          callback(refusal('not-now'))
        },
      )
    },
    onData(stream, session, callback) {
      takingFor.add(session.id)
      const finished = takeFrom(stream, session).finally(() => takingFor.delete(session.id))
      finished.then(
        () => callback(null, '2.6.0 Taken'),
        (error: unknown) => {
          if (error instanceof SmtpAnswer) return callback(error)
          inside.warn('mail.not-stored', { because: error instanceof Error ? error.name : 'unknown' })
          callback(refusal('not-now'))
        },
      )
    },
  })

  async function recipientAnswer(address: string, announced: number): Promise<RecipientAnswer> {
    const known = addresses.recognise(address)
    switch (known.kind) {
      case 'elsewhere':
        return mayTake(address.trim().toLowerCase(), announced, 'not-ours')
      case 'no-reply':
        return { ok: false, answer: refusal('no-reply'), isUnknown: false }
      case 'bounce':
        return { ok: true, maxBytes: options.maxBytes }
      case 'relay':
        return mayTake(known.address, announced, 'unknown')
    }
  }

  /** What a site is written to by anyone may be at any domain whose mail comes here. */
  async function mayTake(
    address: string,
    announced: number,
    unknown: 'not-ours' | 'unknown',
  ): Promise<RecipientAnswer> {
    const verdict = await inside.mayReceive(address)
    if (!verdict.accepts) {
      const isUnknown = verdict.because === 'unknown'
      return { ok: false, answer: refusal(isUnknown ? unknown : verdict.because), isUnknown }
    }
    if (announced > verdict.maxBytes)
      return { ok: false, answer: refusal('too-large', verdict.maxBytes), isUnknown: false }
    return { ok: true, maxBytes: Math.min(verdict.maxBytes, options.maxBytes) }
  }

  async function takeFrom(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const recipients = session.envelope.rcptTo.map(({ address }) => address.toLowerCase())
    const maxBytes = Math.min(options.maxBytes, ...(sizeLimits.get(session)?.values() ?? []))
    const { raw, held } = await wholeMail(stream, maxBytes)
    try {
      const answer = await inside.take(raw, recipients, transportOf(session, options.trustedRelays ?? []))
      if (answer.outcome === 'refused') throw new SmtpAnswer(answer.code, answer.text)
    } finally {
      bytesAtOnce -= held
    }
  }

  /** Reads to the final dot in any case: what is refused is refused after it, or the peer would take it for a broken line and come again. */
  async function wholeMail(stream: Readable, maxBytes: number): Promise<{ raw: Uint8Array; held: number }> {
    const chunks: Buffer[] = []
    let held = 0
    let tooLarge = false
    let tooMuch = false
    const letGo = () => {
      bytesAtOnce -= held
      held = 0
      chunks.length = 0
    }
    try {
      for await (const chunk of stream) {
        if (tooLarge || tooMuch || !Buffer.isBuffer(chunk)) continue
        held += chunk.length
        bytesAtOnce += chunk.length
        tooLarge = held > maxBytes
        tooMuch = bytesAtOnce > (options.maxBytesAtOnce ?? 256 * 1024 * 1024)
        if (tooLarge || tooMuch) letGo()
        else chunks.push(chunk)
      }
    } catch (error) {
      letGo()
      throw error
    }
    if (tooLarge) throw refusal('too-large', maxBytes)
    if (tooMuch) throw refusal('too-busy')
    return { raw: Buffer.concat(chunks), held }
  }

  server.on('error', (error: Error) =>
    inside.warn('mail.connection-failed', { because: Reflect.get(error, 'code') ?? error.name }),
  )
  const port = await listening(server, options)
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        limits.stop()
        server.close(() => resolve())
        // Who is giving us a mail gets the answer to it; who only keeps the line is not waited for.
        for (const connection of server.connections) {
          if (!takingFor.has(connection.id)) connection.close()
        }
      }),
  }
}

type RecipientAnswer = { ok: true; maxBytes: number } | { ok: false; answer: SmtpAnswer; isUnknown: boolean }

function transportOf(session: SMTPServerSession, trustedRelays: string[]): Transport {
  const peer = session.remoteAddress.replace(/^::ffff:/i, '')
  const { mailFrom } = session.envelope
  return {
    by: 'smtp',
    isTrustedRelay: trustedRelays.includes(peer),
    peer,
    greeting: session.hostNameAppearsAs || '',
    sender: mailFrom === false ? '' : mailFrom.address,
  }
}

function listening(server: SMTPServer, { port, host }: SmtpInOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = server.listen(port, host, () => {
      listener.off('error', reject)
      const address = listener.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
    listener.once('error', reject)
  })
}
