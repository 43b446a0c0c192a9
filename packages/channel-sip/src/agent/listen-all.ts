import type { Incoming, SipTransport } from '../transports/flow.ts'
import { type Identity, listenStream, type StreamListener } from '../transports/stream-transport.ts'
import { listenUdp, type UdpTransport } from '../transports/udp.ts'
import { listenWebSocket } from '../transports/web-socket-transport.ts'

/** Ports; null for what is not listened on, 0 for any free one. */
export interface ListenOptions {
  readonly host: string
  readonly udp: number | null
  readonly tcp: number | null
  /** Needs `identity`. */
  readonly tls: number | null
  readonly ws: number | null
  /** Needs `identity`. */
  readonly wss: number | null
  readonly identity?: Identity
  readonly mostConnections: number
  readonly mostBody: number
}

export interface Listeners {
  readonly udp: UdpTransport | null
  readonly ports: Readonly<Partial<Record<SipTransport, number>>>
  close(): Promise<void>
}

/** Opens all of them, or none: rejects with what stood in the way of the first. */
export async function listenAll(options: ListenOptions, incoming: Incoming): Promise<Listeners> {
  const { host, identity, mostConnections, mostBody } = options
  const ports: Partial<Record<SipTransport, number>> = {}
  const open: { close(): Promise<void> }[] = []
  const keep = (transport: SipTransport, listener: StreamListener | UdpTransport) => {
    ports[transport] = listener.port
    open.push(listener)
  }
  const common = { host, mostConnections, mostBody }
  let udp: UdpTransport | null = null
  try {
    // TCP first: where any free port will do, UDP then takes the same one, and one number serves for both.
    if (options.tcp !== null) keep('TCP', await listenStream({ ...common, port: options.tcp }, incoming))
    if (options.udp !== null) {
      const any = options.udp === 0
      udp = await listenUdp(host, options.udp || (ports.TCP ?? 0), incoming).catch((error: unknown) => {
        if (any) return listenUdp(host, 0, incoming)
        throw error
      })
      keep('UDP', udp)
    }
    if (options.ws !== null) keep('WS', await listenWebSocket({ ...common, port: options.ws }, incoming))
    if (identity && options.tls !== null) {
      keep('TLS', await listenStream({ ...common, port: options.tls, identity }, incoming))
    }
    if (identity && options.wss !== null) {
      keep('WSS', await listenWebSocket({ ...common, port: options.wss, identity }, incoming))
    }
  } catch (error) {
    await Promise.all(open.map((one) => one.close()))
    throw error
  }
  return { udp, ports, close: async () => void (await Promise.all(open.map((one) => one.close()))) }
}
