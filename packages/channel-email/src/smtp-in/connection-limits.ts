import type { SMTPServer, SMTPServerSession } from 'smtp-server'
import { refusal, type SmtpAnswer } from './smtp-answer.ts'

/** No peer takes every connection, and none keeps one for ever by dripping a byte a minute. */
export class ConnectionLimits {
  readonly #maxPerPeer: number
  readonly #longestMs: number
  readonly #trusted: ReadonlySet<string>
  readonly #perPeer = new Map<string, number>()
  readonly #deadlines = new Map<string, NodeJS.Timeout>()

  constructor(options: { maxConnections: number; connectionTimeoutMs?: number; trustedRelays?: string[] }) {
    this.#maxPerPeer = Math.max(1, Math.ceil(options.maxConnections * 0.75))
    this.#longestMs = options.connectionTimeoutMs ?? 600_000
    this.#trusted = new Set(options.trustedRelays)
  }

  admit(session: SMTPServerSession, server: SMTPServer): SmtpAnswer | null {
    const peer = session.remoteAddress
    const now = (this.#perPeer.get(peer) ?? 0) + 1
    this.#perPeer.set(peer, now)
    const deadline = setTimeout(() => endConnection(server, session), this.#longestMs)
    deadline.unref()
    this.#deadlines.set(session.id, deadline)
    const isTrusted = this.#trusted.has(peer.replace(/^::ffff:/i, ''))
    return now > this.#maxPerPeer && !isTrusted ? refusal('too-many-connections') : null
  }

  left(session: SMTPServerSession): void {
    const deadline = this.#deadlines.get(session.id)
    if (deadline === undefined) return
    clearTimeout(deadline)
    this.#deadlines.delete(session.id)
    const left = (this.#perPeer.get(session.remoteAddress) ?? 1) - 1
    if (left > 0) this.#perPeer.set(session.remoteAddress, left)
    else this.#perPeer.delete(session.remoteAddress)
  }

  stop(): void {
    for (const deadline of this.#deadlines.values()) clearTimeout(deadline)
    this.#deadlines.clear()
  }
}

function endConnection(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.id === session.id) connection.close()
  }
}
