import type { Socket } from 'node:net'
import { StreamReader } from '../parse/stream-reader.ts'
import type { Flow, Incoming, SipTransport } from './flow.ts'

/** A TCP or TLS connection, whoever opened it: messages in, messages out, and the empty lines that keep it alive. */
export function streamFlow(
  socket: Socket,
  transport: Extract<SipTransport, 'TCP' | 'TLS'>,
  incoming: Incoming,
  mostBody: number,
): Flow {
  const reader = new StreamReader(mostBody)
  const remote = { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 }
  let isOpen = true
  const flow: Flow = {
    transport,
    remote,
    get isOpen() {
      return isOpen
    },
    send: (bytes) =>
      new Promise((resolve, reject) => {
        if (!isOpen) return reject(new Error('the connection has ended'))
        socket.write(bytes, (error) => (error ? reject(error) : resolve()))
      }),
    close: () => void socket.destroy(),
  }
  socket.setNoDelay(true)
  socket.on('data', (chunk: Buffer) => {
    for (const piece of reader.take(chunk)) {
      if (piece.kind === 'message') {
        incoming.message({ parsed: piece.parsed, raw: wholeOf(piece.raw) }, flow)
      } else if (piece.kind === 'ping') flow.send(pong).catch(() => undefined)
      else if (piece.kind === 'broken') {
        if (piece.parsed) incoming.message({ parsed: piece.parsed, raw: new Uint8Array() }, flow)
        socket.end()
      }
    }
  })
  socket.on('error', () => undefined)
  socket.once('close', () => {
    isOpen = false
    incoming.closed(flow)
  })
  return flow
}

const pong = Buffer.from('\r\n')
const headEnd = Buffer.from('\r\n\r\n')

function wholeOf({ head, body }: { head: Uint8Array; body: Uint8Array }): Uint8Array {
  return Buffer.concat([head, headEnd, body])
}

/** An IPv4 address on a socket for both families is still an IPv4 address. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address
}
