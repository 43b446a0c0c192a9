import type { Channel, ChannelRequest } from '@parley/channel-sdk'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from './problem.ts'

const mostBytes = 1_000_000
/** Under way at once for one channel: what a provider sends in bursts waits with the provider, not here. */
const mostAtOnce = 64
/** From one address, for one channel: this many a second, and as many more at once. */
const perSecond = 100
const longestMs = 30_000

/**
 * Requests of a medium's own peers, at /channels/NAME and below. Everything in them is the channel's to verify; here they are bounded, and
 * what it could not take is answered so that the peer comes again. Neither cookies nor anything else of a browser's session goes in or out.
 */
export function channelRoutes(
  app: FastifyInstance,
  parts: { publicUrl: string; find: (name: string) => Channel | undefined },
): void {
  const rates = new Rates()
  const underWay = new Map<string, number>()
  const take = async (request: FastifyRequest<{ Params: { name: string } }>, reply: FastifyReply) => {
    const { name } = request.params
    const channel = parts.find(name)
    if (!channel?.takeHttp) return refuse(reply, 'not-there', 'en')
    if (!rates.take(`${name} ${request.ip}`)) return plain(reply.header('retry-after', '1'), 429)
    const now = underWay.get(name) ?? 0
    if (now >= mostAtOnce) return plain(reply.header('retry-after', '1'), 503)
    underWay.set(name, now + 1)
    try {
      const response = await within(longestMs, channel.takeHttp(requestOf(request, name, parts.publicUrl)))
      for (const [header, value] of Object.entries(response.headers ?? {})) {
        if (header.toLowerCase() !== 'set-cookie') reply.header(header, value)
      }
      return reply
        .code(response.status)
        .type(response.type ?? 'text/plain; charset=utf-8')
        .send(response.body ?? '')
    } catch {
      return plain(reply.header('retry-after', '10'), 503)
    } finally {
      underWay.set(name, (underWay.get(name) ?? 1) - 1)
    }
  }
  app.register(async (routes) => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes }, (_, body, done) => done(null, body))
    for (const url of ['/channels/:name', '/channels/:name/*']) {
      routes.route<{ Params: { name: string } }>({
        method: ['GET', 'POST'],
        url,
        bodyLimit: mostBytes,
        exposeHeadRoute: false,
        handler: take,
      })
    }
  })
}

const plain = (reply: FastifyReply, status: number) => reply.code(status).type('text/plain; charset=utf-8').send('')

function requestOf(request: FastifyRequest, name: string, publicUrl: string): ChannelRequest {
  const headers: Record<string, string> = {}
  for (const [header, value] of Object.entries(request.headers)) {
    if (header === 'cookie' || value === undefined) continue
    headers[header] = Array.isArray(value) ? value.join(', ') : value
  }
  const [path = ''] = request.url.split('?')
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    // What the proxy in front was asked for: providers sign the address that they were told, not the one that arrives here.
    url: publicUrl + request.url,
    path: path.slice(`/channels/${encodeURIComponent(name)}`.length),
    headers,
    body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too slow')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Tokens for each caller, that fill up again; forgotten altogether now and then, so that callers who never come again cost nothing. */
class Rates {
  #left = new Map<string, { tokens: number; at: number }>()

  take(who: string): boolean {
    const now = performance.now()
    if (this.#left.size > 10_000) this.#left.clear()
    const own = this.#left.get(who) ?? { tokens: 2 * perSecond, at: now }
    const tokens = Math.min(2 * perSecond, own.tokens + ((now - own.at) / 1000) * perSecond)
    this.#left.set(who, { tokens: Math.max(0, tokens - 1), at: now })
    return tokens >= 1
  }
}
