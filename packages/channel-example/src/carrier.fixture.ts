import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Told } from '@parley/channel-sdk/conformance'

interface Said {
  id: string
  from: string
  to: string
  text: string
}

/** The far end: a carrier on loopback with one person, bo. It speaks the protocol and knows nothing of the channel. */
export class Carrier {
  readonly arrived: Said[] = []
  readonly typings: { from: string; isTyping: boolean }[] = []
  refuses = false
  /** Takes what is said, and ends the connection where an answer is due. */
  hangsUp = false
  port = 0
  #server: Server | null = null
  #socket: Socket | null = null
  readonly #waiting = new Map<string, (told: Told) => void>()

  async listen(): Promise<this> {
    this.#server = createServer((socket) => this.#take(socket)).listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address && typeof address === 'object') this.port = address.port
    return this
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    this.#socket?.destroy()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  /** Bo says something, and hears what becomes of it. */
  says(to: string, text: string, id: string): Promise<Told> {
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#write({ kind: 'said', id, from: 'bo', to, text })
    })
  }

  types(to: string, isTyping: boolean): void {
    this.#write({ kind: 'typing', from: 'bo', to, isTyping })
  }

  reports(state: 'delivered' | 'failed'): void {
    for (const { id } of this.arrived) {
      this.#write(state === 'delivered' ? { kind: 'delivered', id } : { kind: 'lost', id, why: 'switched-off' })
    }
  }

  /** Whatever it likes: for tests of what is hostile. */
  writeRaw(text: string): void {
    this.#socket?.write(text)
  }

  #take(socket: Socket): void {
    this.#socket = socket
    socket.on('error', () => undefined)
    createInterface(socket).on('line', (line) => this.#hear(JSON.parse(line)))
  }

  #hear(line: { kind: string } & Said & { isTyping: boolean }): void {
    const told = ({ took: 'taken', refused: 'refused', later: 'try-again' } as const)[line.kind]
    if (told) this.#waiting.get(line.id)?.(told)
    if (line.kind === 'typing') this.typings.push({ from: line.from, isTyping: line.isTyping })
    if (line.kind !== 'say') return
    if (this.refuses) {
      this.#write({ kind: 'refused', id: line.id, why: 'no-such-user' })
      return
    }
    this.arrived.push(line)
    if (this.hangsUp) this.#socket?.destroy()
    else this.#write({ kind: 'took', id: line.id })
  }

  #write(line: Record<string, unknown>): void {
    this.#socket?.write(`${JSON.stringify(line)}\n`)
  }
}
