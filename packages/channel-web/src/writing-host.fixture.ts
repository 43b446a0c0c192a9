import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ClientFrame, Hello, PollRequest, PollResponse } from '@parley/protocol'
import { type ClientOptions, WebSocket } from 'ws'
import { attachWeb } from './attach-web.ts'
import type { ConnectionFacts, WebHost, Wire } from './web-host.ts'
import type { WebLimits } from './web-options.ts'

/** A host that writes down what it was told, for the tests of this channel. Tokens beginning with `bad` are refused. */
class WritingHost implements WebHost {
  readonly opened: { hello: Hello; wire: Wire; about: ConnectionFacts }[] = []
  readonly taken: ClientFrame[] = []
  closed = 0
  /** Set to keep `open` from answering. */
  holdUp: () => Promise<void> = async () => {}

  async open(hello: Hello, wire: Wire, about: ConnectionFacts) {
    this.opened.push({ hello, wire, about })
    await this.holdUp()
    if (hello.token.startsWith('bad')) return { refused: 4001 as const, reason: 'Who are you?' }
    wire.send({ t: 'welcome', v: 1, you: { person: 'p', kind: 'visitor' }, conversations: [] })
    return {
      take: (frame: ClientFrame) => {
        this.taken.push(frame)
      },
      closed: () => {
        this.closed += 1
      },
    }
  }

  get wire(): Wire {
    const wire = this.opened.at(-1)?.wire
    if (!wire) throw new Error('nobody has opened a connection')
    return wire
  }
}

export const hello: Hello = { t: 'hello', v: 1, token: 'ana', cursors: {} }

export async function startWeb(limits: Partial<WebLimits> = {}) {
  const host = new WritingHost()
  let polls = 0
  const server = createServer((request, response) => {
    polls += 1
    web.handlePoll(request, response)
  })
  let skippedMs = 0
  const web = attachWeb(server, host, {
    isAllowedOrigin: (origin) => origin === 'https://chat.example',
    limits: { sweepMs: 5, ...limits },
    now: () => performance.now() + skippedMs,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    host,
    web,
    port,
    /** Polls that have arrived. */
    polls: () => polls,
    /** Lets time pass for the channel. */
    skip(ms: number) {
      skippedMs += ms
    },
    socket: (options: ClientOptions = {}) => new WebSocket(`ws://127.0.0.1:${port}/rt`, options),
    async poll(request: PollRequest | string, headers: Record<string, string> = {}, signal?: AbortSignal) {
      const response = await fetch(`http://127.0.0.1:${port}/rt/poll`, {
        method: 'POST',
        body: typeof request === 'string' ? request : JSON.stringify(request),
        headers: { authorization: 'Bearer ana', ...headers },
        signal: signal ?? null,
      })
      return { status: response.status, ...((await response.json()) as PollResponse) }
    },
    async [Symbol.asyncDispose]() {
      await web.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    socket.on('error', () => {})
  })
}

export function nextText(socket: WebSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once('message', (data) => resolve(data.toString()))
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)))
  })
}

export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000; turn += 1) {
    if (isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error('it never became so')
}
