import { connect as connectTcp, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer } from 'node:tls'
import type { Flow, Incoming, Target } from './flow.ts'
import { streamFlow } from './stream-flow.ts'

export interface Identity {
  readonly key: string
  readonly cert: string
}

export interface StreamListener {
  readonly port: number
  close(): Promise<void>
}

/** Takes connections: TLS with an identity, else TCP. */
export async function listenStream(
  options: { host: string; port: number; identity?: Identity; mostConnections: number; mostBody: number },
  incoming: Incoming,
): Promise<StreamListener> {
  const sockets = new Set<Socket>()
  const take = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // Who says nothing for so long is gone, or means no good: every SIP peer keeps its connection alive (RFC 5626 §4.4.1).
    socket.setTimeout(idleMs, () => socket.destroy())
    streamFlow(socket, options.identity ? 'TLS' : 'TCP', incoming, options.mostBody)
  }
  const server: Server = options.identity
    ? createTlsServer({ ...options.identity, handshakeTimeout: connectMs }, take)
    : createTcpServer(take)
  server.maxConnections = options.mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', () => undefined)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Opens a connection; rejects when nobody takes it, or bears another name than it should. */
export function openStream(
  { transport, address, port, name }: Target,
  options: { mostBody: number; ca?: string },
  incoming: Incoming,
): Promise<Flow> {
  return new Promise((resolve, reject) => {
    const isSecure = transport === 'TLS'
    const socket = isSecure
      ? connectTls({ host: address, port, servername: name, ...(options.ca ? { ca: options.ca } : {}) })
      : connectTcp({ host: address, port })
    const giveUp = setTimeout(() => socket.destroy(new Error('nobody answers')), connectMs)
    socket.once('error', reject)
    socket.once('close', () => {
      clearTimeout(giveUp)
      reject(new Error('closed before it was open'))
    })
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(giveUp)
      resolve(streamFlow(socket, isSecure ? 'TLS' : 'TCP', incoming, options.mostBody))
    })
  })
}

const connectMs = 5_000
const idleMs = 15 * 60_000
