import { createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import type { Channel, ChannelHost, ChannelRequest, ChannelResponse } from '@parley/channel-sdk'
import { freshDatabase, type Parley, startParley } from '@parley/dev-env'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

/** A channel whose peer calls it, and signs the address that it was told. */
class CalledChannel implements Channel {
  readonly name = 'phones'
  readonly medium = 'sms'
  readonly abilities = {
    addresses: 'pooled',
    style: 'lines',
    attachments: 'links',
    typing: false,
    receipts: 'delivered',
  } as const
  readonly repeatsUnknown = false
  readonly requests: ChannelRequest[] = []
  host: ChannelHost | null = null
  answer: (request: ChannelRequest) => Promise<ChannelResponse> = async () => ({ status: 204 })

  async start(host: ChannelHost): Promise<void> {
    this.host = host
  }
  async stop(): Promise<void> {}
  health() {
    return { state: 'up' } as const
  }
  async send() {
    return { status: 'sent' } as const
  }
  takeHttp(request: ChannelRequest): Promise<ChannelResponse> {
    this.requests.push(request)
    return this.answer(request)
  }
}

const phones = new CalledChannel()
const account = { name: 'Shop', sites: [{ key: 'shop', name: 'Shop', domains: [], topics: [] }], responders: [] }
const publicUrl = 'https://chat.example.test'
let parley: Parley

beforeAll(async () => {
  const database = await freshDatabase()
  parley = await startParley({
    account,
    database,
    channels: [phones],
    settings: { publicUrl, trustProxy: ['127.0.0.1'] },
  })
})
afterAll(async () => {
  await parley.stop()
  await parley.database.drop()
})
beforeEach(() => {
  phones.requests.length = 0
  phones.answer = async () => ({ status: 204 })
})

const at = (path: string) => `http://127.0.0.1:${parley.server.port}${path}`

test('C7 a peer of a channel reaches it as it called it: the public address, the path, the very bytes', async () => {
  const body = 'From=%2B47+406&Body=%E2%82%AC'
  const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: 'a=b', 'x-signature': 'one' }
  phones.answer = async (request) => ({
    status: 200,
    type: 'text/xml',
    body: '<Response/>',
    headers: { 'set-cookie': 'no=1', 'x-own': createHmac('sha1', 'k').update(request.url).digest('hex') },
  })
  const answer = await fetch(at('/channels/phones/in/sms?x=1&y=%20'), { method: 'POST', headers, body })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe('<Response/>')
  expect(answer.headers.get('content-type')).toContain('text/xml')
  expect(answer.headers.get('set-cookie')).toBeNull()
  const [request] = phones.requests
  expect(request).toMatchObject({
    method: 'POST',
    url: `${publicUrl}/channels/phones/in/sms?x=1&y=%20`,
    path: '/in/sms',
  })
  expect(request?.url.startsWith(phones.host?.httpUrl ?? '-')).toBe(true)
  expect(Buffer.from(request?.body ?? []).toString()).toBe(body)
  expect(request?.headers['x-signature']).toBe('one')
  expect(request?.headers.cookie).toBeUndefined()
})

test('C7 a GET reaches it too, without a body, at its address itself', async () => {
  expect((await fetch(at('/channels/phones?status=DELIVRD'))).status).toBe(204)
  expect(phones.requests[0]).toMatchObject({ method: 'GET', path: '', body: new Uint8Array() })
})

test('C7 what a channel could not take is to come again', async () => {
  phones.answer = async () => {
    throw new Error('the database is down')
  }
  const answer = await fetch(at('/channels/phones'), { method: 'POST', body: 'x' })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('10')
  expect(await answer.text()).toBe('')
})

test.each([
  ['a channel that is not there', '/channels/other', 'POST', 404],
  ['no channel', '/channels/', 'POST', 404],
  ['another method', '/channels/phones', 'PUT', 404],
  ['HEAD', '/channels/phones', 'HEAD', 404],
])('C7 %s takes nothing', async (_, path, method, status) => {
  expect((await fetch(at(path), { method })).status).toBe(status)
  expect(phones.requests).toEqual([])
})

test('C7 more than a megabyte is refused before the channel sees any of it', async () => {
  const answer = await fetch(at('/channels/phones'), { method: 'POST', body: new Uint8Array(1_000_001) })
  expect(answer.status).toBe(413)
  expect(phones.requests).toEqual([])
  expect((await fetch(at('/channels/phones'), { method: 'POST', body: new Uint8Array(1_000_000) })).status).toBe(204)
})

test('C7 a body of any type or none is bytes, and bytes that are no text pass whole', async () => {
  const body = new Uint8Array([0, 255, 254, 0, 13, 10])
  for (const type of ['application/json', 'text/plain', 'application/x-odd', undefined]) {
    const answer = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(
        at('/channels/phones'),
        {
          method: 'POST',
          headers: { 'content-length': String(body.length), ...(type ? { 'content-type': type } : {}) },
        },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      request.on('error', reject)
      request.end(body)
    })
    expect([type, answer]).toEqual([type, 204])
  }
  for (const request of phones.requests) expect([...request.body]).toEqual([...body])
  expect(phones.requests).toHaveLength(4)
})

test('C7 requests that are not answered do not pile up', async () => {
  const waiting: (() => void)[] = []
  phones.answer = () => new Promise((resolve) => waiting.push(() => resolve({ status: 204 })))
  const calls = Array.from({ length: 80 }, () => fetch(at('/channels/phones'), { method: 'POST', body: 'x' }))
  const refused: number[] = []
  for (const call of calls) void call.then(({ status }) => status === 503 && refused.push(status))
  await expect.poll(() => refused.length, { timeout: 30_000 }).toBe(16)
  for (const answer of waiting) answer()
  const statuses = (await Promise.all(calls)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 204)).toHaveLength(64)
})
