import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { Mailboxes } from '@parley/dev-env/mailboxes'
import { type CastMember, cast } from './cast.ts'
import { type Answer, plain, send } from './http/answer.ts'
import { webFile } from './http/web-files.ts'
import { joinPhones } from './join-phones.ts'
import type { Phones } from './phones.ts'
import { shopPage } from './shop/shop-page.ts'
import { openEvents } from './stage/events.ts'
import { overviewPage } from './stage/overview-page.ts'
import { pocketApi } from './stage/pocket-api.ts'
import { pocketPage } from './stage/pocket-page.ts'

export type DemoOptions = {
  /** Where to listen. Default 127.0.0.1: the pocket page reads everybody's mail without a sign-in. */
  host?: string
  /** Default: any free port. */
  port?: number
  /** Origin of the Parley server as a browser reaches it. */
  parleyBaseUrl: string
  /** The window's loader; default `/parley.js` at the Parley server. */
  loaderUrl?: string
  /** Default `/desk/` at the Parley server. */
  deskUrl?: string
  siteKeys: { shop: string; garden: string }
  /** Where people join those who answer. */
  joinUrl: string
  people?: readonly CastMember[]
  mailboxes: Mailboxes
  /** Left out where text messages leave this machine. */
  phones?: Phones
  /** Left out where there are none. */
  messengers?: Phones
  /** Makes a link by which this responder signs in at the desk once. */
  signInLink(person: CastMember): Promise<string>
  /** Names by which browsers call the three hosts. Browsers resolve `*.localhost` to this machine by themselves. */
  hosts?: { stage: string; shop: string; garden: string }
}

export type Demo = {
  urls: { overview: string; pocket: string; shop: string; garden: string }
  /** Origins whose pages hold the window: for `frame-ancestors` and the sites' allowed origins. The stage frames the shops. */
  origins: { stage: string; shop: string; garden: string }
  close(): Promise<void>
}

/** What every page of the demo is drawn from. */
export type Stage = {
  people: readonly CastMember[]
  mailboxes: Mailboxes
  phones: Phones | null
  origins: Demo['origins']
  siteKeys: { shop: string; garden: string }
  joinUrl: string
  parleyOrigin: string
  loaderUrl: string
  deskUrl: string
  signInLink(person: CastMember): Promise<string>
}

/** Serves the two shops, the overview and the pocket devices: one port, told apart by the host name that is asked for. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { host = '127.0.0.1', hosts = { stage: 'localhost', shop: 'shop.localhost', garden: 'garden.localhost' } } =
    options
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 20_000 })
  const listening = once(server, 'listening')
  server.listen(options.port ?? 0, host)
  await listening
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the demo has no port')
  const originOf = (name: string) => `http://${name}:${address.port}`
  const origins = { stage: originOf(hosts.stage), shop: originOf(hosts.shop), garden: originOf(hosts.garden) }
  const stage: Stage = {
    people: options.people ?? cast,
    mailboxes: options.mailboxes,
    phones: joinPhones([options.phones, options.messengers]),
    origins,
    siteKeys: options.siteKeys,
    joinUrl: options.joinUrl,
    parleyOrigin: new URL(options.parleyBaseUrl).origin,
    loaderUrl: options.loaderUrl ?? new URL('/parley.js', options.parleyBaseUrl).href,
    deskUrl: options.deskUrl ?? new URL('/desk/', options.parleyBaseUrl).href,
    signInLink: options.signInLink,
  }
  const events = openEvents(stage)

  server.on('request', (request, response) => {
    const isHead = request.method === 'HEAD'
    const url = URL.canParse(request.url ?? '', 'http://demo') ? new URL(request.url ?? '', 'http://demo') : undefined
    const role = roleOf(request, hosts)
    if (role === 'stage' && url?.pathname === '/pocket/events' && request.method === 'GET')
      return events.follow(response)
    answerTo(stage, role, request, url).then(
      (answer) => send(response, answer, isHead),
      (error: unknown) => {
        // What goes wrong in one request is told there, and to whoever started the demo; the demo goes on.
        if (!response.headersSent)
          send(response, plain('The demo could not do that. The terminal says why.', 500), isHead)
        else response.destroy()
        console.error('demo:', error)
      },
    )
  })

  return {
    urls: {
      overview: `${origins.stage}/`,
      pocket: `${origins.stage}/pocket`,
      shop: `${origins.shop}/`,
      garden: `${origins.garden}/`,
    },
    origins,
    async close() {
      events.close()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

type Role = 'stage' | 'shop' | 'garden'

// A page elsewhere could point its own name at this machine and read the mails: only our names are answered.
function roleOf(request: IncomingMessage, hosts: Record<Role, string>): Role | undefined {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
  if (name === hosts.shop) return 'shop'
  if (name === hosts.garden) return 'garden'
  return name === hosts.stage || name === '127.0.0.1' || name === '[::1]' ? 'stage' : undefined
}

async function answerTo(
  stage: Stage,
  role: Role | undefined,
  request: IncomingMessage,
  url: URL | undefined,
): Promise<Answer> {
  if (!url) return plain('That address cannot be read.', 400)
  if (!role) return plain(`The demo is at ${stage.origins.stage}/ and answers to no other name.`, 421)
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const file = /^\/web\/([a-z-]+\.(?:css|ts))$/.exec(url.pathname)?.[1]
  if (reads && file) return (await webFile(file)) ?? plain('There is no such file.', 404)
  if (role !== 'stage')
    return reads ? shopPage(stage, role, url) : plain('The shop takes no orders: it is a demo.', 405)
  if (url.pathname.startsWith('/pocket/')) return pocketApi(stage, request, url)
  if (!reads) return plain('Nothing is taken here.', 405)
  if (url.pathname === '/') return overviewPage(stage)
  if (url.pathname === '/pocket') return pocketPage(stage)
  return plain('There is no such page.', 404)
}
