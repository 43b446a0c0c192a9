import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { type WebSocket, WebSocketServer } from 'ws'
import { reportMemory } from './child.ts'

export interface RelayFacts {
  url: string
}

/** A bare server for pairs: `/PAIR/SIDE` names where a socket belongs. */
export function serveRelay(take: (own: WebSocket, other: WebSocket | undefined, frame: Buffer, pair: number) => void) {
  const pairs: (WebSocket | undefined)[][] = []
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    perMessageDeflate: false,
    skipUTF8Validation: true,
    clientTracking: false,
  })
  server.on('connection', (socket, request) => {
    const [, pair = 0, side = 0] = (request.url ?? '').split('/').map(Number)
    const both = pairs[pair] ?? []
    pairs[pair] = both
    both[side] = socket
    socket.on('message', (data: Buffer) => take(socket, both[1 - side], data, pair))
  })
  server.on('listening', () => {
    const { port } = server.address() as AddressInfo
    process.send?.({ url: `ws://127.0.0.1:${port}` } satisfies RelayFacts)
  })
  reportMemory()
}
