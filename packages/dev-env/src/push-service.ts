import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { decrypt } from 'http_ece'
import { certificate } from './certificate.ts'

/** What a service worker would be given, and how it was sent. */
export interface ReceivedPush {
  /** Of which subscription. */
  readonly browser: string
  readonly text: string
  readonly ttl: number
  readonly urgency: string | undefined
  readonly topic: string | undefined
}

export interface PushedBrowser {
  readonly name: string
  /** As `PushSubscription.toJSON()` gives it. */
  readonly subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
}

export interface PushService {
  readonly host: string
  readonly port: number
  /** To be trusted by whoever calls it. */
  readonly ca: string
  readonly received: readonly ReceivedPush[]
  /** Called with each of them as it comes. */
  onPush: (push: ReceivedPush) => void
  /** Why requests were refused that a push service has to refuse. */
  readonly refused: readonly string[]
  /** A browser that subscribed with this public key. */
  subscribe(name: string, applicationServerKey: string): PushedBrowser
  /** From now on it is answered so; null: as it should be. */
  answers(browser: PushedBrowser, answer: { status: number; headers?: Record<string, string> } | null): void
  stop(): Promise<void>
}

interface Known {
  readonly name: string
  readonly applicationServerKey: string
  readonly curve: ReturnType<typeof createECDH>
  readonly auth: string
  answer: { status: number; headers?: Record<string, string> } | null
}

/** A push service on loopback (RFC 8030): checks the sender's token with node:crypto (RFC 8292), and decrypts as a browser does (RFC 8291). */
export async function startPushService({ port = 0 } = {}): Promise<PushService> {
  const { key, cert } = certificate()
  const known = new Map<string, Known>()
  const received: ReceivedPush[] = []
  const refused: string[] = []

  const server = createServer({ key, cert }, (request, response) => {
    take(request, response).catch((error: unknown) => {
      refused.push(String(error))
      response.writeHead(400).end()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: actual } = server.address() as AddressInfo
  const origin = `https://localhost:${actual}`

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const browser = known.get(request.url ?? '')
    const refuse = (status: number, why: string) => {
      refused.push(why)
      response.writeHead(status).end()
    }
    if (request.method !== 'POST') return refuse(405, 'not a POST')
    if (!browser) return refuse(404, 'no such subscription')
    if (browser.answer) {
      response.writeHead(browser.answer.status, browser.answer.headers).end()
      return
    }
    const wrong = wrongWithToken(request.headers.authorization, origin, browser.applicationServerKey)
    if (wrong) return refuse(403, wrong)
    const ttl = Number(request.headers.ttl ?? Number.NaN)
    if (!Number.isInteger(ttl)) return refuse(400, 'no TTL')
    if (body.byteLength > 4_096) return refuse(413, 'more than 4,096 bytes')
    if (request.headers['content-encoding'] !== 'aes128gcm') return refuse(415, 'not aes128gcm')
    const topic = request.headers.topic as string | undefined
    if (topic !== undefined && !/^[A-Za-z0-9_-]{1,32}$/.test(topic)) return refuse(400, 'no topic')
    const text = decrypt(body, { version: 'aes128gcm', privateKey: browser.curve, authSecret: browser.auth })
    const urgency = request.headers.urgency as string | undefined
    const push = { browser: browser.name, text: text.toString('utf8'), ttl, urgency, topic }
    received.push(push)
    service.onPush(push)
    response.writeHead(201, { location: `${origin}/message/${received.length}` }).end()
  }

  const service: PushService = {
    host: `localhost:${actual}`,
    port: actual,
    ca: cert,
    received,
    onPush: () => undefined,
    refused,
    subscribe(name, applicationServerKey) {
      const curve = createECDH('prime256v1')
      curve.generateKeys()
      const auth = randomBytes(16).toString('base64url')
      const path = `/push/${randomBytes(16).toString('base64url')}`
      known.set(path, { name, applicationServerKey, curve, auth, answer: null })
      const keys = { p256dh: curve.getPublicKey('base64url'), auth }
      return { name, subscription: { endpoint: origin + path, keys } }
    },
    answers({ subscription }, answer) {
      const browser = known.get(new URL(subscription.endpoint).pathname)
      if (!browser) throw new Error('no such subscription')
      browser.answer = answer
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return service
}

/** RFC 8292 §2–4: a JWT signed by the key that the browser subscribed with, for this origin, for a day at most, that names whom to write to. */
function wrongWithToken(authorization: string | undefined, origin: string, subscribedWith: string): string | null {
  const [, token = '', key = ''] = /^vapid t=([\w-]+\.[\w-]+\.[\w-]+), ?k=([\w-]+)$/.exec(authorization ?? '') ?? []
  if (!token) return 'no token'
  if (key !== subscribedWith) return 'another key than the browser subscribed with'
  const [header = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  const signed = Buffer.from(`${header}.${claims}`)
  const isSigned = verify(
    'sha256',
    signed,
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isSigned) return 'a signature that is not right'
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>
  if (aud !== origin) return 'a token for another origin'
  const now = Date.now() / 1_000
  if (typeof exp !== 'number' || exp < now || exp > now + 86_400) return 'a token that has ended, or lasts too long'
  return typeof sub === 'string' && /^(mailto:|https:)/.test(sub) ? null : 'nobody to write to'
}
