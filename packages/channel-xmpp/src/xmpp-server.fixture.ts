import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { ns } from './namespaces.ts'
import { childOf, type Element, textOf } from './xml/element.ts'
import { StreamParser } from './xml/stream-parser.ts'
import { text, type Xml, xml } from './xml/write-xml.ts'

/** An XMPP server that knows one component and one user's program, in as much as a component can tell. */
export class XmppServer {
  readonly secret = randomBytes(8).toString('hex')
  /** What the user's program got, as written. */
  readonly arrived: { element: Element; raw: string }[] = []
  /** Every byte of the component's, for whoever looks for what should not be there. */
  written = ''
  isRefusing = false
  /** Which condition a message comes back with; null: none, it arrives. */
  refuses: (raw: string) => string | null = () => (this.isRefusing ? 'service-unavailable' : null)
  /** Called with everything that arrives for somebody. */
  onArrival: (to: string, raw: string) => void = () => undefined
  /** Answers the opening of a stream with this stream error instead. */
  refusesStream: string | null = null
  isDeaf = false
  readonly #domain: string
  #server: Server | null = null
  #port = 0
  #sockets = new Set<Socket>()
  #up: Socket | null = null

  constructor(domain: string) {
    this.#domain = domain
  }

  get port(): number {
    return this.#port
  }

  get isConnected(): boolean {
    return this.#up !== null
  }

  async listen(): Promise<this> {
    const server = createServer((socket) => this.#serve(socket))
    this.#server = server
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    const address = server.address()
    this.#port = typeof address === 'object' && address ? address.port : 0
    return this
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(null)))
    this.#server = null
  }

  /** Anything, to the component. */
  sends(bytes: string | Uint8Array): void {
    this.#up?.write(bytes)
  }

  message(to: string, body: string, id: string): void {
    const from = 'bo@people.example/phone'
    const words = [xml('body', {}, text(body)), xml('request', { xmlns: ns.receipts })]
    this.sends(xml('message', { from, to, id, type: 'chat' }, ...words))
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    const id = randomBytes(6).toString('hex')
    const write = (stanza: string) => void socket.write(stanza)
    const parser = new StreamParser(
      {
        opened: () => {
          const opening = xml('stream:stream', {
            xmlns: ns.component,
            'xmlns:stream': ns.streams,
            id,
            from: this.#domain,
          })
          write(`<?xml version='1.0'?>${opening.slice(0, -2)}>`)
          if (this.refusesStream) this.#refuseStream(socket, this.refusesStream)
        },
        stanza: (element, raw) => {
          if (element.name === 'handshake') this.#let(socket, id, textOf(element))
          else if (!this.isDeaf) this.#route(element, Buffer.from(raw).toString(), write)
        },
        skipped: () => undefined,
        closed: () => socket.end('</stream:stream>'),
      },
      { maxStanza: 1_000_000, maxDepth: 50 },
    )
    socket.on('data', (chunk) => {
      this.written += chunk.toString()
      parser.write(chunk)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#sockets.delete(socket)
      if (this.#up === socket) this.#up = null
    })
  }

  #let(socket: Socket, id: string, proof: string): void {
    if (proof !== createHash('sha1').update(`${id}${this.secret}`).digest('hex')) {
      this.#refuseStream(socket, 'not-authorized')
      return
    }
    if (this.#up) {
      this.#refuseStream(socket, 'conflict')
      return
    }
    this.#up = socket
    socket.write('<handshake/>')
  }

  #refuseStream(socket: Socket, condition: string): void {
    socket.end(`<stream:error><${condition} xmlns='${ns.streamErrors}'/></stream:error></stream:stream>`)
  }

  #route(element: Element, raw: string, write: (stanza: Xml | string) => void): void {
    const { from, to, id, type } = element.attrs
    // Prosody and ejabberd end the stream of whoever writes in another's name.
    if (from?.split('/')[0]?.split('@').at(-1) !== this.#domain) throw new Error(`the component writes as ${from}`)
    if (to === this.#domain) {
      write(raw)
      return
    }
    this.arrived.push({ element, raw })
    this.onArrival(to ?? '', raw)
    const condition = element.name === 'message' && type !== 'error' ? this.refuses(raw) : null
    if (condition === null) return
    const error = xml('error', { type: 'cancel' }, xml(condition, { xmlns: ns.stanzaErrors }))
    write(xml('message', { from: to, to: from, id, type: 'error' }, error))
  }

  /** What the user's program was told about its message `id`; null while it was told nothing. */
  toldAbout(id: string, after = 0): 'taken' | 'refused' | 'try-again' | null {
    for (const { element } of this.arrived.slice(after)) {
      if (childOf(element, 'received', ns.receipts)?.attrs.id === id) return 'taken'
      if (element.attrs.type === 'error' && element.attrs.id === id) {
        return childOf(element, 'error', ns.client)?.attrs.type === 'wait' ? 'try-again' : 'refused'
      }
    }
    return null
  }
}
