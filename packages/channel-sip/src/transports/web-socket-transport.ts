import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import { parseDatagram } from '../parse/parse-message.ts'
import type { Flow, Incoming, Target } from './flow.ts'
import { plainAddress } from './stream-flow.ts'
import type { Identity, StreamListener } from './stream-transport.ts'

/** Takes WebSocket connections of the subprotocol `sip` (RFC 7118): one SIP message in each WebSocket message. */
export async function listenWebSocket(
  options: { host: string; port: number; identity?: Identity; mostConnections: number; mostBody: number },
  incoming: Incoming,
): Promise<StreamListener> {
  const refuse = (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(426).end()
  const http = options.identity ? createHttpsServer(options.identity, refuse) : createHttpServer(refuse)
  http.maxConnections = options.mostConnections
  const server = new WebSocketServer({
    server: http,
    maxPayload: options.mostBody + 65_536,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  })
  server.on('error', () => undefined)
  server.on('connection', (socket, request) => {
    if (socket.protocol !== 'sip') return socket.close(1002)
    const remote = {
      address: plainAddress(request.socket.remoteAddress ?? ''),
      port: request.socket.remotePort ?? 0,
    }
    request.socket.setTimeout(idleMs, () => socket.terminate())
    webSocketFlow(socket, options.identity ? 'WSS' : 'WS', remote, incoming)
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(options.port, options.host, () => {
      http.off('error', reject)
      resolve()
    })
  })
  const address = http.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate()
        server.close()
        http.close(() => resolve())
      }),
  }
}

// As for streams: every SIP peer keeps its connection alive.
const idleMs = 15 * 60_000

/** Opens one to a proxy. */
export function openWebSocket(
  { transport, address, port, name }: Target,
  options: { mostBody: number; ca?: string },
  incoming: Incoming,
): Promise<Flow> {
  const host = address.includes(':') ? `[${address}]` : address
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${transport === 'WSS' ? 'wss' : 'ws'}://${host}:${port}/`, 'sip', {
      perMessageDeflate: false,
      handshakeTimeout: 5_000,
      maxPayload: options.mostBody + 65_536,
      headers: { host: `${name}:${port}` },
      ...(transport === 'WSS' ? { servername: name, ...(options.ca ? { ca: options.ca } : {}) } : {}),
    })
    socket.once('error', reject)
    socket.once('open', () =>
      resolve(webSocketFlow(socket, transport === 'WSS' ? 'WSS' : 'WS', { address, port }, incoming)),
    )
  })
}

function webSocketFlow(socket: WebSocket, transport: 'WS' | 'WSS', remote: Flow['remote'], incoming: Incoming): Flow {
  const flow: Flow = {
    transport,
    remote,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN
    },
    send: (bytes) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error('the connection has ended'))
        socket.send(bytes, { binary: false }, (error) => (error ? reject(error) : resolve()))
      }),
    close: () => socket.close(),
  }
  socket.on('message', (data: RawData) => {
    const raw = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)
    const parsed = parseDatagram(raw)
    if (parsed.ok || parsed.refusal) incoming.message({ parsed, raw }, flow)
    else if (raw.length === 4) flow.send(Buffer.from('\r\n')).catch(() => undefined)
  })
  socket.on('error', () => undefined)
  socket.once('close', () => incoming.closed(flow))
  return flow
}
