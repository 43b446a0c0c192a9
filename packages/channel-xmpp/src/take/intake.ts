import type { ChannelHost } from '@parley/channel-sdk'
import { composeError, type StanzaError } from '../compose/compose-error.ts'
import { readJid } from '../jid.ts'
import { idOf, readStanza } from '../read/read-stanza.ts'
import type { Reading, Refused } from '../read/reading.ts'
import type { Element } from '../xml/element.ts'
import type { Xml } from '../xml/write-xml.ts'
import type { Aliases } from './aliases.ts'
import { answerTo } from './answer-to.ts'
import type { FileOptions } from './fetch-files.ts'
import { takeMessage } from './take-message.ts'
import { Presences, takePresence } from './take-presence.ts'
import { takeBounce, takeReceipt } from './take-report.ts'

export interface IntakeParts {
  readonly channel: string
  readonly host: ChannelHost
  readonly domain: string
  readonly publicName: string
  readonly files: FileOptions
  readonly aliases: Aliases
  readonly connection: {
    write(stanza: Xml): boolean
    takesEcho(id: string): boolean
    pause(): void
    resume(): void
  }
  /** A message of ours came back; true when its sending is still waiting for its fate. */
  returned(bounce: Extract<Reading, { kind: 'bounce' }>): boolean
}

const most = { stanzas: 256, bytes: 16_000_000 }

/**
 * Takes every stanza: those of one sender one after the other, those of different senders at once. When too much is under way, nothing
 * more is read from the stream, so that what waits stays with the server.
 */
export class Intake {
  readonly #parts: IntakeParts
  readonly #presences = new Presences()
  readonly #last = new Map<string, Promise<void>>()
  #stanzas = 0
  #bytes = 0
  #isPaused = false
  #isStopped = false

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  take(element: Element, raw: Uint8Array): void {
    const reading = readStanza(element)
    // A server has no reason to send us what is not ours; an answer to it would be in another domain's name, and end the stream.
    if ('to' in reading && reading.to.domain !== this.#parts.domain) return
    if (!isForTheServer(reading)) this.#takeAtOnce(reading)
    else if (reading.kind === 'bounce' && this.#parts.returned(reading)) return
    else if (reading.kind === 'query' && reading.from.bare === this.#parts.domain) {
      this.#parts.connection.takesEcho(reading.id)
    } else if (this.#isStopped) this.#putOff(reading)
    else this.#enqueue(reading, raw)
  }

  refuseSkipped(shell: Element, why: 'too-large' | 'too-deep'): void {
    const { name, attrs } = shell
    const from = readJid(attrs.from)
    this.#parts.host.log.warn('xmpp.refused', { channel: this.#parts.channel, why })
    // Errors are never answered by errors (RFC 6120 §8.3.1), and headlines and presence by nothing.
    if (!from || attrs.type === 'error' || attrs.type === 'result' || attrs.type === 'headline') return
    if (name !== 'message' && name !== 'iq') return
    const of: Refused = { name, from, to: attrs.to ?? this.#parts.domain, id: idOf(attrs.id) }
    const text = 'This is too large for a message. Please send less at once, or a link.'
    this.#refuse(of, { type: 'modify', condition: 'not-acceptable', text })
  }

  /** Takes no more, and resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.all(this.#last.values())
  }

  /** What needs nothing from the server, and must not wait behind what does. */
  #takeAtOnce(reading: Exclude<Reading, Worked>): void {
    const { connection, domain, host, channel } = this.#parts
    switch (reading.kind) {
      case 'answer':
        connection.takesEcho(reading.id)
        return
      case 'ignored':
        if (reading.why !== 'nothing-to-read') host.log.info('xmpp.ignored', { channel, why: reading.why })
        return
      case 'refused':
        host.log.info('xmpp.refused', { channel, why: reading.why })
        if (reading.of.from.bare !== domain) this.#refuse(reading.of, reading)
        return
      case 'typing':
        host.typing({ to: reading.to.bare, from: reading.from.bare, isTyping: reading.isTyping })
    }
  }

  #enqueue(reading: Worked, raw: Uint8Array): void {
    const sender = reading.from.bare
    const before = this.#last.get(sender) ?? Promise.resolve()
    this.#count(1, raw.byteLength)
    const work = before
      .then(() => this.#work(reading, raw))
      .catch((error: unknown) => {
        this.#parts.host.log.warn('xmpp.not-taken', { channel: this.#parts.channel, error: nameOf(error) })
        this.#putOff(reading)
      })
      .finally(() => {
        this.#count(-1, -raw.byteLength)
        if (this.#last.get(sender) === work) this.#last.delete(sender)
      })
    this.#last.set(sender, work)
  }

  async #work(reading: Worked, raw: Uint8Array): Promise<void> {
    switch (reading.kind) {
      case 'message':
        return takeMessage(reading, raw, this.#parts)
      case 'query':
        return answerTo(reading, this.#parts)
      case 'presence':
        return takePresence(reading, this.#presences, this.#parts)
      case 'receipt':
        return takeReceipt(reading, this.#parts)
      case 'bounce':
        return takeBounce(reading, this.#parts)
    }
  }

  /** What cannot be taken now: its sender learns it, and may come again. */
  #putOff(reading: Reading): void {
    if (reading.kind !== 'message' && reading.kind !== 'query') return
    const of: Refused = {
      name: reading.kind === 'message' ? 'message' : 'iq',
      from: reading.from,
      to: reading.to.full,
      id: reading.id,
    }
    const text = 'This cannot be stored right now. Please send it again in a few minutes.'
    this.#refuse(of, { type: 'wait', condition: 'resource-constraint', text })
  }

  #refuse(of: Refused, error: StanzaError): void {
    this.#parts.connection.write(composeError({ ...of, to: ownAddress(of.to, this.#parts.domain) }, error))
  }

  #count(stanzas: number, bytes: number): void {
    this.#stanzas += stanzas
    this.#bytes += bytes
    const isFull = this.#stanzas > most.stanzas || this.#bytes > most.bytes
    if (isFull && !this.#isPaused) {
      this.#isPaused = true
      this.#parts.connection.pause()
    } else if (this.#isPaused && this.#stanzas < most.stanzas / 2 && this.#bytes < most.bytes / 2) {
      this.#isPaused = false
      this.#parts.connection.resume()
    }
  }
}

type Worked = Extract<Reading, { kind: 'message' | 'query' | 'presence' | 'receipt' | 'bounce' }>

function isForTheServer(reading: Reading): reading is Worked {
  return ['message', 'query', 'presence', 'receipt', 'bounce'].includes(reading.kind)
}

/** A server cuts the stream of a component that writes in another domain's name. */
function ownAddress(to: string, domain: string): string {
  return readJid(to)?.domain === domain ? to : domain
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
