import type { Flow, Incoming, SipTransport, Target } from '../transports/flow.ts'
import { openStream } from '../transports/stream-transport.ts'
import type { UdpTransport } from '../transports/udp.ts'
import { openWebSocket } from '../transports/web-socket-transport.ts'

export interface FlowOptions {
  readonly mostBody: number
  /** Certificates to trust in place of the system's. */
  readonly ca?: string
}

/** The connections that we opened: one to each peer, used again for as long as it lasts. */
export class Flows {
  readonly #udp: UdpTransport | null
  readonly #options: FlowOptions
  readonly #incoming: Incoming
  readonly #open = new Map<string, Promise<Flow>>()
  #isClosed = false

  constructor(udp: UdpTransport | null, options: FlowOptions, incoming: Incoming) {
    this.#udp = udp
    this.#options = options
    this.#incoming = incoming
  }

  /** Rejects when the peer does not take a connection: then certainly nothing was sent. */
  async flowTo(target: Target): Promise<Flow> {
    if (this.#isClosed) throw new Error('stopped')
    if (target.transport === 'UDP') {
      if (!this.#udp) throw new Error('no UDP here')
      return this.#udp.flowTo(target.address, target.port)
    }
    const key = `${target.transport} ${target.address} ${target.port} ${target.name}`
    const there = this.#open.get(key)
    if (there) {
      const flow = await there
      if (flow.isOpen) return flow
      if (this.#open.get(key) === there) this.#open.delete(key)
    }
    const again = this.#open.get(key)
    if (again) return again
    const opening = this.#connect(target)
    this.#open.set(key, opening)
    opening.catch(() => {
      if (this.#open.get(key) === opening) this.#open.delete(key)
    })
    return opening
  }

  /** Asks the peers of all open connections to keep them alive, and keeps NATs open (RFC 5626 §4.4.1). */
  async keepAlive(): Promise<void> {
    for (const opening of this.#open.values()) {
      const flow = await opening.catch(() => null)
      if (flow?.isOpen && isStream(flow.transport)) await flow.send(twoLines).catch(() => undefined)
    }
  }

  close(): void {
    this.#isClosed = true
    for (const opening of this.#open.values()) opening.then((flow) => flow.close()).catch(() => undefined)
    this.#open.clear()
  }

  #connect(target: Target): Promise<Flow> {
    return target.transport === 'WS' || target.transport === 'WSS'
      ? openWebSocket(target, this.#options, this.#incoming)
      : openStream(target, this.#options, this.#incoming)
  }
}

function isStream(transport: SipTransport): boolean {
  return transport === 'TCP' || transport === 'TLS'
}

const twoLines = Buffer.from('\r\n\r\n')
