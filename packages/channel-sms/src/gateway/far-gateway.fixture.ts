import { createServer, type Server } from 'node:http'
import type { ChannelRequest, ChannelResponse } from '@parley/channel-sdk'
import type { Told } from '@parley/channel-sdk/conformance'

export interface Asked {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

export type FarAnswer = { status: number; type?: string; body?: string | Buffer; headers?: Record<string, string> }

/** An HTTP gateway on loopback that answers as a test tells it. */
export class FarGateway {
  readonly asked: Asked[] = []
  answer: (asked: Asked) => FarAnswer | Promise<FarAnswer> | null = () => ({ status: 200 })
  #server: Server | null = null
  #port = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async listen(): Promise<this> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', async () => {
        const { method = '', url = '', headers } = request
        const asked = { method, url, headers, body: Buffer.concat(parts).toString('utf8') }
        this.asked.push(asked)
        const answer = await this.answer(asked)
        if (!answer) return void response.destroy()
        response.writeHead(answer.status, { 'content-type': answer.type ?? 'text/plain', ...answer.headers })
        response.end(answer.body ?? '')
      })
    })
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    const address = server.address()
    this.#port = typeof address === 'object' && address ? address.port : 0
    this.#server = server
    return this
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (!server) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** What the server in front of a channel answers, as the peer understands it. */
export async function toldBy(answering: Promise<ChannelResponse> | undefined): Promise<Told> {
  const response = await answering?.catch(() => null)
  if (!response || response.status === 503) return 'try-again'
  return response.status < 300 ? 'taken' : 'refused'
}

/** A request as the server hands it to the channel. */
export function requestTo(
  httpUrl: string,
  pathAndQuery: string,
  changes: Partial<Pick<ChannelRequest, 'method' | 'headers' | 'body'>> = {},
): ChannelRequest {
  const [path = ''] = pathAndQuery.split('?')
  return { method: 'GET', url: httpUrl + pathAndQuery, path, headers: {}, body: new Uint8Array(), ...changes }
}
