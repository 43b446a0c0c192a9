import { once } from 'node:events'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import type { OutboundDelivery } from '@parley/channel-sdk'
import { RecordingHost, type Told } from '@parley/channel-sdk/conformance'
import { createSipChannel, type SipChannel, type SipChannelOptions } from './sip-channel.ts'

export const DOMAIN = 'chat.example'
export const TOKEN = 'abcdefghijklmnopqrstuvwxyz'
export const OUR_ADDRESS = `${TOKEN}@${DOMAIN}`
export const BO = 'sip:bo@people.example'

/** The other side, written without anything of ours: it knows SIP over TCP by a few regular expressions. */
export class FarEnd {
  /** The MESSAGEs that arrived, as they came. */
  readonly messages: string[] = []
  /** What it answers to a MESSAGE; undefined: nothing. */
  onMessage: (raw: string) => string | undefined = (raw) => responseTo(raw, '200 OK')
  onRegister: (raw: string) => string = (raw) => responseTo(raw, '200 OK')
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  #port = 0

  get port(): number {
    return this.#port
  }

  async listen(): Promise<void> {
    const server = createServer((socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => undefined)
      readMessages(socket, (raw) => this.#take(raw, socket))
    })
    this.#server = server
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    this.#port = typeof address === 'object' && address ? address.port : 0
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    for (const socket of this.#sockets) socket.destroy()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  #take(raw: string, socket: Socket): void {
    if (!raw.startsWith('MESSAGE ')) {
      socket.write(raw.startsWith('REGISTER ') ? this.onRegister(raw) : responseTo(raw, '200 OK'))
      return
    }
    this.messages.push(raw)
    const answer = this.onMessage(raw)
    if (answer !== undefined) socket.write(answer)
  }
}

/** A response with everything that has to be repeated, and no body. */
export function responseTo(raw: string, status: string, ...more: string[]): string {
  const lines = raw.split('\r\n').filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/i.test(line))
  const tagged = lines.map((line) => (/^To:/i.test(line) && !/tag=/.test(line) ? `${line};tag=far` : line))
  return [`SIP/2.0 ${status}`, ...tagged, ...more, 'Content-Length: 0', '', ''].join('\r\n')
}

export function readMessages(socket: Socket, take: (raw: string) => void): void {
  let held = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    held = (held + chunk).replace(/^(?:\r\n)+/, '')
    for (;;) {
      const end = held.indexOf('\r\n\r\n')
      if (end === -1) return
      const size = Number(/^Content-Length:\s*(\d+)/im.exec(held.slice(0, end))?.[1] ?? 0)
      if (held.length < end + 4 + size) return
      take(Buffer.from(held.slice(0, end + 4 + size), 'latin1').toString('utf8'))
      held = held.slice(end + 4 + size).replace(/^(?:\r\n)+/, '')
    }
  })
}

export type MessageFields = {
  to?: string
  text?: string
  id?: string
  from?: string
  branch?: string
  headers?: string[]
  type?: string
  transport?: string
}

let branches = 0

/** A MESSAGE as a phone writes it. */
export function aMessage({
  to = OUR_ADDRESS,
  text = 'Hello',
  id = 'call-1',
  from = `"Bo" <${BO}>`,
  branch = `z9hG4bK-far-${++branches}`,
  headers = [],
  type = 'text/plain;charset=UTF-8',
  transport = 'TCP',
}: MessageFields = {}): string {
  const body = Buffer.from(text)
  return [
    `MESSAGE sip:${to} SIP/2.0`,
    `Via: SIP/2.0/${transport} 127.0.0.1:5999;branch=${branch};rport`,
    'Max-Forwards: 70',
    `From: ${from};tag=phone`,
    `To: <sip:${to}>`,
    `Call-ID: ${id}@people.example`,
    'CSeq: 1 MESSAGE',
    ...headers,
    `Content-Type: ${type}`,
    `Content-Length: ${body.length}`,
    '',
    text,
  ].join('\r\n')
}

/** Says it over a connection of its own; resolves with the final response. */
export async function overTcp(port: number, message: string): Promise<string> {
  const socket = createConnection(port, '127.0.0.1')
  socket.on('error', () => undefined)
  try {
    return await new Promise((resolve, reject) => {
      socket.on('close', () => reject(new Error('the connection ended without an answer')))
      readMessages(socket, resolve)
      socket.write(message)
    })
  } finally {
    socket.destroy()
  }
}

export function toldBy(response: string): Told {
  const status = Number(/^SIP\/2\.0 (\d{3})/.exec(response)?.[1])
  if (status < 300) return 'taken'
  return status === 503 ? 'try-again' : 'refused'
}

export function aDelivery(more: Partial<OutboundDelivery> = {}): OutboundDelivery {
  return {
    reference: 'ref-1',
    to: BO,
    relay: { token: TOKEN, alias: 'Juniper' },
    kind: 'message',
    language: 'en',
    content: { blocks: [{ kind: 'said', by: null, text: 'Hello', at: null }] },
    attachments: [],
    thread: { subject: '', references: [] },
    maybeTwice: false,
    ...more,
  }
}

export interface SipRig {
  channel: SipChannel
  host: RecordingHost
  farEnd: FarEnd
  dispose(): Promise<void>
}

/** A channel whose proxy is the far end, over TCP. */
export async function sipRig(options: Partial<SipChannelOptions> = {}): Promise<SipRig> {
  const farEnd = new FarEnd()
  await farEnd.listen()
  const channel = createSipChannel({
    domain: DOMAIN,
    listen: { host: '127.0.0.1', udp: 0, tcp: 0, tls: null, ws: null, wss: null },
    proxy: `sip:127.0.0.1:${farEnd.port};transport=tcp`,
    probeEveryMs: 300,
    ...options,
  })
  const host = new RecordingHost().uses(OUR_ADDRESS)
  return { channel, host, farEnd, dispose: () => farEnd.close() }
}
