import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket, connect as tcp } from 'node:net'
import type { Arrived, Peer } from './peer.ts'

/** A proxy over TCP: it answers every request with 200, and brings MESSAGEs over one connection of its own. */
export async function sipPeer(arrived: Arrived): Promise<Peer> {
  const taken = new Map<string, (status: number) => void>()
  const sockets = new Set<Socket>()
  const hear = (socket: Socket, raw: string) => {
    const callId = header(raw, 'Call-ID')
    const status = /^SIP\/2\.0 (\d{3})/.exec(raw)?.[1]
    if (status) {
      taken.get(callId)?.(Number(status))
      taken.delete(callId)
      return
    }
    if (raw.startsWith('MESSAGE ')) {
      const [to = '', from = ''] = [header(raw, 'To'), header(raw, 'From')].map((one) => /<([^>;]+)/.exec(one)?.[1])
      arrived(to, from.replace(/^sip:/, ''))
    }
    socket.write(answerTo(raw))
  }
  const server = createServer((socket) => listenTo(socket, hear, sockets))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  let out: Socket | null = null
  let sequence = 0
  return {
    port: (server.address() as AddressInfo).port,
    user: '',
    password: '',
    says: ({ from, to, text, id, port }) =>
      new Promise((resolve, reject) => {
        out ??= listenTo(tcp(port ?? 0, '127.0.0.1'), hear, sockets)
        taken.set(`${id}@people.test`, (status) =>
          status === 200 ? resolve() : reject(new Error(`the MESSAGE was answered ${status}`)),
        )
        out.write(aMessage({ from, to, text, id, branch: ++sequence }))
      }),
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function aMessage({
  from,
  to,
  text,
  id,
  branch,
}: {
  from: string
  to: string
  text: string
  id: string
  branch: number
}) {
  return [
    `MESSAGE sip:${to} SIP/2.0`,
    `Via: SIP/2.0/TCP 127.0.0.1:5999;branch=z9hG4bKbench${branch};rport`,
    'Max-Forwards: 70',
    `From: <${from}>;tag=phone`,
    `To: <sip:${to}>`,
    `Call-ID: ${id}@people.test`,
    'CSeq: 1 MESSAGE',
    'Content-Type: text/plain;charset=UTF-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    '',
    text,
  ].join('\r\n')
}

function listenTo(socket: Socket, hear: (socket: Socket, raw: string) => void, sockets: Set<Socket>): Socket {
  let held = ''
  sockets.add(socket)
  socket.setEncoding('latin1')
  socket.on('error', () => undefined)
  socket.on('close', () => sockets.delete(socket))
  socket.on('data', (chunk: string) => {
    held = (held + chunk).replace(/^(?:\r\n)+/, '')
    for (;;) {
      const end = held.indexOf('\r\n\r\n')
      if (end === -1) return
      const whole = end + 4 + Number(header(held.slice(0, end), 'Content-Length') || 0)
      if (held.length < whole) return
      hear(socket, held.slice(0, whole))
      held = held.slice(whole).replace(/^(?:\r\n)+/, '')
    }
  })
  return socket
}

const header = (raw: string, name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(raw)?.[1]?.trim() ?? ''

function answerTo(raw: string): string {
  const lines = raw.split('\r\n').filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/i.test(line))
  const tagged = lines.map((line) => (/^To:/i.test(line) && !/tag=/.test(line) ? `${line};tag=peer` : line))
  return ['SIP/2.0 200 OK', ...tagged, 'Content-Length: 0', '', ''].join('\r\n')
}
