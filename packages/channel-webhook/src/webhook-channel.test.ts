import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { OutboundDelivery } from '@parley/channel-sdk'
import { signWebhook } from '@parley/channel-sdk'
import { type ChannelRig, channelContract, RecordingHost } from '@parley/channel-sdk/conformance'
import { afterEach, describe, expect, test } from 'vitest'
import { createWebhookChannel } from './webhook-channel.ts'

const program = '0197d3a0-0000-7000-8000-000000000001'
const token = 'abcdefghijklmnopqrstuvwx23'
const secretOf = (_: string, number: number) =>
  `whsec_${Buffer.from(`the ${number}. secret of the program`).toString('base64')}`

interface Taken {
  headers: Record<string, string>
  body: string
}

/** A program's endpoint: checks signatures by itself and answers as it is told. */
class ProgramEnd {
  readonly taken: Taken[] = []
  answer: () => { status: number; headers?: Record<string, string>; body?: string } = () => ({ status: 200 })
  port = 0
  #server: Server | null = null

  async listen(): Promise<this> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        )
        const body = Buffer.concat(parts).toString()
        if (!isSigned({ headers, body })) return response.writeHead(401).end()
        const { status, headers: more = {}, body: said } = this.answer()
        if (status === 200) this.taken.push({ headers, body })
        response.writeHead(status, more).end(said)
      })
    })
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    const address = server.address()
    this.port = typeof address === 'object' && address ? address.port : 0
    this.#server = server
    return this
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/hook#program=${program}&secret=1`
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(null))
  }
}

/** Written from the specification, not from our own signing. */
function isSigned({ headers, body }: Taken, number = 1): boolean {
  const key = Buffer.from(secretOf(program, number).slice('whsec_'.length), 'base64')
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const right = createHmac('sha256', key).update(content).digest()
  return (headers['webhook-signature'] ?? '').split(' ').some((each) => {
    const given = Buffer.from(each.replace('v1,', ''), 'base64')
    return given.byteLength === right.byteLength && timingSafeEqual(given, right)
  })
}

function aDelivery(to: string, reference: string, text: string): OutboundDelivery {
  return {
    reference,
    to,
    relay: { token, alias: 'Visitor' },
    kind: 'message',
    language: 'en',
    content: { blocks: [{ kind: 'said', by: null, text, at: new Date('2026-03-01T09:00:00Z') }] },
    attachments: [],
    thread: { subject: 'A question', references: [] },
    maybeTwice: false,
  }
}

const ends: ProgramEnd[] = []
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end.close()))
})

async function makeRig() {
  const end = await new ProgramEnd().listen()
  ends.push(end)
  const host = new RecordingHost().uses(token)
  const channel = createWebhookChannel({ secretOf, allow: [`127.0.0.1:${end.port}`], timeoutMs: 5_000 })
  const post = async (
    to: string,
    text: string,
    id: string,
    change: { secret?: number; at?: Date; headers?: Record<string, string> } = {},
  ) => {
    const body = JSON.stringify({ to, text })
    const headers = {
      ...signWebhook([secretOf(program, change.secret ?? 1)], { id, at: change.at ?? new Date(), body }),
      ...change.headers,
    }
    const path = `/${program}.1`
    const request = { method: 'POST', url: host.httpUrl + path, path, headers, body: Buffer.from(body) } as const
    return channel.takeHttp?.(request).catch(() => ({ status: 503 }))
  }
  const rig: ChannelRig = {
    channel,
    host,
    ourAddress: token,
    unknownAddress: '77777777777777777777777777',
    delivery: (reference, text) => aDelivery(end.address, reference, text),
    async says(to, text, id) {
      const status = (await post(to, text, id))?.status ?? 0
      if (status < 300) return 'taken'
      return status === 503 ? 'try-again' : 'refused'
    },
    arrived: async () => end.taken.map(({ headers, body }) => JSON.stringify(headers) + body),
    refusesAddress: async () => {
      end.answer = () => ({ status: 410 })
    },
    goesAway: () => end.close(),
    comesBack: async () => {
      await end.listen()
    },
    dispose: () => end.close(),
  }
  return { ...rig, end, post }
}

describe('E16 webhooks keep what every channel promises', () => {
  for (const { title, run } of channelContract(makeRig)) test(title, run)
})

async function started() {
  const rig = await makeRig()
  await rig.channel.start(rig.host)
  return rig
}

test('E16 a webhook is signed, its id is the delivery’s, and it says all there is to say', async () => {
  const { channel, delivery, end } = await started()
  const files = [{ name: 'a.png', type: 'image/png', size: 3, url: 'https://parley.example/file', async *open() {} }]
  const to = `${end.address}&for=customer%2017`
  expect(await channel.send({ ...delivery('f00', 'Open on Sunday?'), to, attachments: files })).toEqual({
    status: 'sent',
  })
  const [taken] = end.taken
  expect(taken?.headers).toMatchObject({ 'webhook-id': 'f00', 'content-type': 'application/json' })
  expect(JSON.parse(taken?.body ?? '')).toEqual({
    type: 'message',
    timestamp: expect.any(String),
    data: {
      to: token,
      alias: 'Visitor',
      as: 'customer 17',
      language: 'en',
      subject: 'A question',
      text: 'Open on Sunday?\na.png: https://parley.example/file',
      blocks: [{ kind: 'said', by: null, text: 'Open on Sunday?', at: '2026-03-01T09:00:00.000Z' }],
      attachments: [{ name: 'a.png', type: 'image/png', size: 3, url: 'https://parley.example/file' }],
      maybeTwice: false,
    },
  })
})

test('E16 while a secret is replaced both sign, and afterwards only the new one', async () => {
  const { channel, delivery, end, host } = await started()
  const to = (until: number) => end.address.replace('secret=1', `secret=2&until=${until}`)
  const now = Math.floor(host.clock.now().getTime() / 1000)
  await channel.send({ ...delivery('f01', 'Hello'), to: to(now + 60) })
  expect(end.taken.map((taken) => [isSigned(taken, 1), isSigned(taken, 2)])).toEqual([[true, true]])
  // This end knows the first secret only.
  expect(await channel.send({ ...delivery('f02', 'Hello'), to: to(now - 60) })).toEqual({
    status: 'retry',
    reason: 'status-401',
  })
})

test.each([
  [200, {}, { status: 'sent' }],
  [204, {}, { status: 'sent' }],
  [302, { location: 'http://127.0.0.1:1/' }, { status: 'retry', reason: 'status-302' }],
  [400, {}, { status: 'retry', reason: 'status-400' }],
  [410, {}, { status: 'rejected', scope: 'address', reason: 'status-410' }],
  [413, {}, { status: 'rejected', scope: 'message', reason: 'status-413' }],
  [429, { 'retry-after': '120' }, { status: 'retry', reason: 'status-429', afterMs: 120_000 }],
  [503, { 'retry-after': 'soon' }, { status: 'retry', reason: 'status-503' }],
  [500, {}, { status: 'retry', reason: 'status-500' }],
])('E16 A18 an answer of %i means what the specification says', async (status, headers, outcome) => {
  const { channel, delivery, end } = await started()
  end.answer = () => ({ status, headers })
  expect(await channel.send(delivery('f03', 'Hello'))).toEqual(outcome)
})

test.each([
  ['http outside', 'http://hooks.example/hook'],
  ['inside', 'https://10.0.0.1/hook'],
  ['this machine by name', 'https://localhost/hook'],
  ['metadata', 'https://169.254.169.254/latest/meta-data'],
  ['a port beside the allowed one', 'http://127.0.0.1:1/hook'],
  ['a user', 'https://bo@hooks.example/hook'],
])('E16 nothing is sent to an endpoint that is not public and https: %s', async (_, url) => {
  const { channel, delivery } = await started()
  const outcome = await channel.send({ ...delivery('f04', 'Hello'), to: `${url}#program=${program}&secret=1` })
  expect(outcome).toMatchObject({ status: 'rejected', scope: 'address' })
})

test('B5 A8 a program answers in its answer to the webhook, and the same answer twice is one', async () => {
  const { channel, delivery, end, host } = await started()
  end.answer = () => ({ status: 200, body: JSON.stringify({ reply: { text: 'Yes, 10 to 16.' } }) })
  await channel.send(delivery('f05', 'Open on Sunday?'))
  await channel.send(delivery('f05', 'Open on Sunday?'))
  const [first, again] = host.received
  expect(first).toMatchObject({ to: token, from: { address: `${program}.1` }, said: { visible: 'Yes, 10 to 16.' } })
  expect(again?.externalId).toBe(first?.externalId)
})

test('E16 what answers everything is not heard where we only tell something', async () => {
  const { channel, delivery, end, host } = await started()
  end.answer = () => ({ status: 200, body: JSON.stringify({ reply: { text: 'Yes' } }) })
  expect(await channel.send({ ...delivery('f08', 'This conversation is closed.'), kind: 'notice' })).toEqual({
    status: 'sent',
  })
  expect(host.received).toEqual([])
})

test('E16 an answer that could not be stored is asked for again', async () => {
  const { channel, delivery, end, host } = await started()
  end.answer = () => ({ status: 200, body: JSON.stringify({ reply: { text: 'Yes' } }) })
  host.answer = () => Promise.reject(new Error('the database is down'))
  expect(await channel.send(delivery('f06', 'Open?'))).toMatchObject({ status: 'unknown' })
})

test.each([
  ['nothing', ''],
  ['no JSON', '<html>'],
  ['a list', '[1]'],
  ['an empty reply', '{"reply":{"text":"  "}}'],
  ['half a character', '{"reply":{"text":"\\ud800"}}'],
  ['a reply that is no text', '{"reply":{"text":{"a":1}}}'],
  ['too long a reply', JSON.stringify({ reply: { text: 'x'.repeat(16_001) } })],
])('E16 an answer with %s in it is a plain receipt', async (_, body) => {
  const { channel, delivery, end, host } = await started()
  end.answer = () => ({ status: 200, body })
  expect(await channel.send(delivery('f07', 'Open?'))).toEqual({ status: 'sent' })
  expect(host.received).toEqual([])
})

test('E16 a forged or repeated reply has no effect', async () => {
  const { post, host } = await started()
  const old = new Date(host.clock.now().getTime() - 600_000)
  expect(await post(token, 'Hello', 'one', { secret: 2 })).toEqual({ status: 401, body: 'wrong-signature' })
  expect(await post(token, 'Hello', 'one', { at: old })).toEqual({ status: 401, body: 'too-old' })
  expect(await post(token, 'Hello', 'one', { headers: { 'webhook-signature': '' } })).toEqual({
    status: 401,
    body: 'headers-missing',
  })
  expect(host.received).toEqual([])
})

test('E16 requests of any shape leave the process unharmed', async () => {
  const { channel, host } = await started()
  for (let round = 0; round < 300; round += 1) {
    const body = randomBytes(round)
    const path = round % 3 === 0 ? `/${program}.1` : `/${randomBytes(12).toString('base64url')}`
    const headers = {
      'webhook-id': randomBytes(4).toString('latin1'),
      'webhook-timestamp': '1',
      'webhook-signature': 'v1,',
    }
    const answer = await channel.takeHttp?.({ method: 'POST', url: host.httpUrl + path, path, headers, body })
    expect(answer?.status).toBeGreaterThanOrEqual(400)
  }
  expect(host.received).toEqual([])
})
