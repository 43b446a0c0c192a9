import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { parseDatagram } from '../parse/parse-message.ts'
import type { Flow, Incoming } from './flow.ts'

export interface UdpTransport {
  readonly port: number
  flowTo(address: string, port: number): Flow
  close(): Promise<void>
}

/** One socket for everything that comes and goes by UDP, so that answers leave from where requests arrive (RFC 3581 §4). */
export async function listenUdp(host: string, port: number, incoming: Incoming): Promise<UdpTransport> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: receiveBuffer })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, host, () => {
      socket.off('error', reject)
      resolve()
    })
  })
  // After binding: an ICMP error for something sent earlier. The transaction that waits for it will time out.
  socket.on('error', () => undefined)
  socket.on('message', (bytes, { address, port: from }) => {
    const flow = udpFlow(socket, address, from)
    const parsed = parseDatagram(bytes)
    if (!parsed.ok && parsed.refusal === null) {
      // Two empty lines are a question (RFC 5626 §3.5.1); anything else is only there to keep a NAT open.
      if (bytes.length === 4) flow.send(emptyLine).catch(() => undefined)
      return
    }
    incoming.message({ parsed, raw: bytes }, flow)
  })
  return {
    port: socket.address().port,
    flowTo: (address, to) => udpFlow(socket, address, to),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

const emptyLine = Buffer.from('\r\n')
// A burst of a proxy's must not be lost while the process stores.
const receiveBuffer = 2 ** 21

function udpFlow(socket: Socket, address: string, port: number): Flow {
  return {
    transport: 'UDP',
    remote: { address, port },
    isOpen: true,
    send: (bytes) =>
      new Promise((resolve, reject) => {
        socket.send(bytes, port, address, (error) => (error ? reject(error) : resolve()))
      }),
    close: () => undefined,
  }
}
