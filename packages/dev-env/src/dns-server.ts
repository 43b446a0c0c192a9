import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import { answerQuery } from './dns-packet.ts'
import type { DnsZone } from './dns-zone.ts'
import { freePort } from './free-port.ts'

export type DnsServer = {
  host: string
  port: number
  /** `127.0.0.1:port`, as `dns.Resolver.setServers` takes it. */
  address: string
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Serves a zone on loopback over UDP and TCP, for processes that cannot be handed the zone itself. */
export async function startDnsServer(zone: DnsZone): Promise<DnsServer> {
  const host = '127.0.0.1'
  const port = await freePort(host)
  const udp = createSocket('udp4')
  udp.on('message', (query, from) => {
    const answer = answerQuery(query, zone, 'udp')
    if (answer) udp.send(answer, from.port, from.address)
  })
  const connections = new Set<Socket>()
  const tcp = createServer((socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
    socket.on('error', () => socket.destroy())
    answerOverTcp(socket, zone)
  })
  await new Promise<void>((resolve, reject) => {
    udp.once('error', reject)
    udp.bind(port, host, () => resolve())
  })
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject)
    tcp.listen(port, host, () => resolve())
  })
  const stop = async () => {
    for (const socket of connections) socket.destroy()
    await Promise.all([
      new Promise<void>((resolve) => udp.close(() => resolve())),
      new Promise<void>((resolve) => tcp.close(() => resolve())),
    ])
  }
  return { host, port, address: `${host}:${port}`, stop, [Symbol.asyncDispose]: stop }
}

// RFC 1035 §4.2.2: over TCP each message has its length before it, in two bytes.
function answerOverTcp(socket: Socket, zone: DnsZone): void {
  let waiting = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const length = waiting.readUInt16BE(0)
      const answer = answerQuery(waiting.subarray(2, 2 + length), zone, 'tcp')
      waiting = waiting.subarray(2 + length)
      if (!answer) return void socket.destroy()
      const size = Buffer.alloc(2)
      size.writeUInt16BE(answer.length)
      socket.write(Buffer.concat([size, answer]))
    }
  })
}
