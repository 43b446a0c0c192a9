import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { closeCodes } from '@parley/protocol'
import { WebSocketServer } from 'ws'
import type { Connection, Shared } from './connection.ts'
import { PollDoor } from './poll-door.ts'
import { SocketConnection, WebSocketOfOurs } from './socket-connection.ts'
import type { ConnectionFacts, WebHost } from './web-host.ts'
import { defaultLimits, type WebOptions } from './web-options.ts'
import { Writes } from './writes.ts'

export interface AttachedWeb {
  /**
   * POST `/rt/poll`. The request's body must not have been read yet (in Fastify: a content type parser that leaves the payload alone, and
   * `reply.hijack()`). Behind several processes the polls of one client must reach the same one; where they do not, it resumes anew each time.
   */
  handlePoll(request: IncomingMessage, response: ServerResponse): void
  readonly connections: number
  /** Takes nobody in any more, closes every connection as going away, and resolves when they are gone (at most two seconds). */
  stop(): Promise<void>
}

const farewellMs = 2000

/** The server's end of the real-time contract: sockets at `/rt` of `server`, and polls wherever `handlePoll` is mounted. */
export function attachWeb(server: Server, host: WebHost, options: WebOptions): AttachedWeb {
  const limits = { ...defaultLimits, ...options.limits }
  const now = options.now ?? (() => performance.now())
  const connections = new Set<Connection>()
  const perIp = new Map<string, number>()
  let isStopped = false

  const shared: Shared = {
    host,
    limits,
    writes: new Writes(),
    now,
    gone(connection) {
      if (!connections.delete(connection)) return
      const left = (perIp.get(connection.facts.ip) ?? 1) - 1
      if (left > 0) perIp.set(connection.facts.ip, left)
      else perIp.delete(connection.facts.ip)
    },
  }
  const enter = (connection: Connection) => {
    connections.add(connection)
    perIp.set(connection.facts.ip, (perIp.get(connection.facts.ip) ?? 0) + 1)
  }
  const hasRoom = (ip: string) => (perIp.get(ip) ?? 0) < limits.maxConnectionsPerIp
  const isAllowedOrigin = (origin: string | undefined) => origin === undefined || options.isAllowedOrigin(origin)
  const facts = (request: IncomingMessage, transport: ConnectionFacts['transport']): ConnectionFacts => ({
    origin: request.headers.origin,
    ip: options.clientIp?.(request) ?? request.socket.remoteAddress ?? 'unknown',
    transport,
  })
  const polls = new PollDoor(shared, { facts, isAllowedOrigin, hasRoom, enter })

  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
    // Checked by us, so that it closes with the contract's own code.
    skipUTF8Validation: true,
    WebSocket: WebSocketOfOurs,
  })

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (pathOf(request) !== '/rt') {
      // Another listener (a development server's own socket) may know the path.
      if (server.listenerCount('upgrade') === 1) deny(stream, '404 Not Found')
      return
    }
    if (isStopped) {
      deny(stream, '503 Service Unavailable')
      return
    }
    const about = facts(request, 'socket')
    if (!isAllowedOrigin(about.origin)) {
      deny(stream, '403 Forbidden')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // A browser cannot see the status of a refused upgrade, but it sees a close code.
      if (!hasRoom(about.ip)) {
        socket.on('error', () => {})
        socket.close(closeCodes.tooMany, 'Too many connections from your address.')
        return
      }
      enter(new SocketConnection(shared, about, socket, stream))
    })
  }
  server.on('upgrade', onUpgrade)

  const timer = setInterval(() => {
    const at = now()
    for (const connection of connections) connection.sweep(at)
    polls.sweep(at)
  }, limits.sweepMs)
  timer.unref()

  return {
    get connections() {
      return connections.size
    },
    handlePoll(request, response) {
      if (isStopped) {
        response.writeHead(503, { 'retry-after': '2', connection: 'close' }).end()
        return
      }
      polls.handle(request, response).catch(() => response.destroy())
    },
    async stop() {
      if (isStopped) return
      isStopped = true
      clearInterval(timer)
      server.off('upgrade', onUpgrade)
      const all = [...connections]
      for (const connection of all)
        connection.close(closeCodes.goingAway, 'The server is stopping. Connect again in a moment.')
      polls.flush()
      await allGone(all, farewellMs)
      for (const connection of all) if (connection instanceof SocketConnection) connection.terminate()
    },
  }
}

async function allGone(connections: Connection[], atMostMs: number): Promise<void> {
  const until = performance.now() + atMostMs
  while (performance.now() < until) {
    if (connections.every((connection) => !(connection instanceof SocketConnection) || connection.isOver)) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? ''
}

function deny(stream: Duplex, status: string): void {
  stream.on('error', () => {})
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
