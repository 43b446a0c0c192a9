import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { ns } from '../namespaces.ts'
import { childOf, type Element, elementsOf } from '../xml/element.ts'
import { XmlFault } from '../xml/read-tag.ts'
import { type StreamBounds, StreamParser } from '../xml/stream-parser.ts'
import { type Xml, xml } from '../xml/write-xml.ts'

export interface ComponentServer {
  readonly host: string
  readonly port: number
  /** The component's own domain, as the server's configuration names it. */
  readonly domain: string
  readonly secret: string
}

export interface StreamHandlers {
  /** The server has let us in. */
  up(): void
  stanza(element: Element, raw: Uint8Array): void
  skipped(shell: Element, why: 'too-large' | 'too-deep'): void
  /** The stream is over, once. `reason` is for an operator. */
  down(reason: string): void
}

/** One connection by XEP-0114, from its beginning to its end; it does not come back by itself. */
export class ComponentStream {
  readonly #socket: Socket
  readonly #server: ComponentServer
  readonly #handlers: StreamHandlers
  readonly #parser: StreamParser
  #state: 'connecting' | 'proving' | 'up' | 'down' = 'connecting'
  #patience: NodeJS.Timeout

  constructor(server: ComponentServer, handlers: StreamHandlers, bounds: StreamBounds) {
    this.#server = server
    this.#handlers = handlers
    this.#parser = new StreamParser(
      {
        opened: (attrs) => this.#prove(attrs.id),
        stanza: (element, raw) => this.#take(element, raw),
        skipped: (shell, why) => {
          if (this.#state === 'up') handlers.skipped(shell, why)
        },
        closed: () => this.#end('the server closed the stream'),
      },
      bounds,
    )
    this.#socket = connect({ host: server.host, port: server.port })
    this.#socket.setNoDelay(true)
    this.#patience = setTimeout(() => this.#end('the server does not answer'), 10_000)
    this.#socket.on('connect', () => {
      const opening = xml('stream:stream', { xmlns: ns.component, 'xmlns:stream': ns.streams, to: server.domain })
      this.#socket.write(`${opening.slice(0, -2)}>`)
    })
    this.#socket.on('data', (chunk) => this.#read(chunk))
    this.#socket.on('error', (error) => this.#end(`the server cannot be reached (${codeOf(error)})`))
    this.#socket.on('close', () => this.#end('the connection to the server broke'))
  }

  get isUp(): boolean {
    return this.#state === 'up'
  }

  /** False when the stream is not up: then nothing was written. */
  write(stanza: Xml): boolean {
    if (this.#state !== 'up') return false
    this.#socket.write(stanza)
    return true
  }

  /** Read no more until `resume`; what is read already still comes. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Says goodbye when it is up, and ends in any case. */
  close(reason: string): void {
    if (this.#state === 'up') this.#socket.write('</stream:stream>')
    this.#end(reason)
  }

  #read(chunk: Buffer): void {
    if (this.#state === 'down') return
    try {
      this.#parser.write(chunk)
    } catch (error) {
      if (!(error instanceof XmlFault)) throw error
      this.#end(`the server sent what is no XMPP: ${error.message}`)
    }
  }

  #prove(id: string | undefined): void {
    if (this.#state !== 'connecting') return
    this.#state = 'proving'
    const proof = createHash('sha1')
      .update(`${id ?? ''}${this.#server.secret}`)
      .digest('hex')
    this.#socket.write(`<handshake>${proof}</handshake>`)
  }

  #take(element: Element, raw: Uint8Array): void {
    if (this.#state === 'down') return
    if (element.ns === ns.streams && element.name === 'error') this.#end(explain(element))
    else if (this.#state === 'up') this.#handlers.stanza(element, raw)
    else if (element.ns === ns.client && element.name === 'handshake') {
      this.#state = 'up'
      clearTimeout(this.#patience)
      this.#handlers.up()
    }
  }

  #end(reason: string): void {
    if (this.#state === 'down') return
    this.#state = 'down'
    clearTimeout(this.#patience)
    this.#socket.resume()
    this.#socket.destroySoon()
    // A peer that reads no more would keep it for ever.
    setTimeout(() => this.#socket.destroy(), 1_000).unref()
    this.#handlers.down(reason)
  }
}

/** RFC 6120 §4.9.3, for those that an operator can do something about. */
function explain(error: Element): string {
  const condition = elementsOf(error).find((child) => child.ns === ns.streamErrors && child.name !== 'text')?.name
  if (childOf(error, 'not-authorized', ns.streamErrors)) return 'the server refuses the secret (not-authorized)'
  if (condition === 'conflict') return 'another program is connected as this component (conflict)'
  if (condition === 'host-unknown') return 'the server knows no component of this domain (host-unknown)'
  return `the server ended the stream (${condition ?? 'without a reason'})`
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
