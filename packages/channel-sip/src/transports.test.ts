import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { RecordingHost } from '@parley/channel-sdk/conformance'
import { certificate } from '@parley/dev-env'
import { afterEach, describe, expect, test } from 'vitest'
import { createSipChannel, type SipChannel, type SipChannelOptions } from './sip-channel.ts'
import { aDelivery, aMessage, DOMAIN, OUR_ADDRESS, overTcp, responseTo } from './sip-rig.fixture.ts'

const started: SipChannel[] = []
afterEach(async () => {
  for (const channel of started.splice(0)) await channel.stop()
})

const identity = certificate()

async function starts(host: RecordingHost, options: Partial<SipChannelOptions> = {}): Promise<SipChannel> {
  const channel = createSipChannel({
    domain: DOMAIN,
    listen: { host: '127.0.0.1', udp: 0, tcp: 0, tls: 0, ws: 0, wss: 0, identity },
    proxy: null,
    reachesPrivate: true,
    ca: identity.cert,
    timers: { t1: 50, t2: 200, t4: 200 },
    ...options,
  })
  await channel.start(host)
  started.push(channel)
  return channel
}

/** A phone that speaks by datagram. */
async function datagrams(port: number) {
  const socket = createSocket('udp4')
  const answers: string[] = []
  socket.on('message', (bytes) => answers.push(bytes.toString()))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    answers,
    says: (message: string) => socket.send(message, port, '127.0.0.1'),
    async hears(count: number) {
      while (answers.length < count) await new Promise((resolve) => setTimeout(resolve, 10))
      return answers
    },
    close: () => socket.close(),
  }
}

describe.each(['udp', 'tcp', 'tls', 'ws', 'wss'] as const)('over %s', (transport) => {
  test('two agents find each other, and what one says the other hears, with the alias and from the address of the place', async () => {
    const there = new RecordingHost().uses('bo@people.example')
    const far = await starts(there, { domain: 'people.example' })
    const port = far.ports[transport.toUpperCase() as 'UDP']
    const here = await starts(new RecordingHost(), { proxy: `sip:localhost:${port};transport=${transport}` })
    const text = `Größe ${'x'.repeat(transport === 'udp' ? 10 : 5_000)} ⛺`
    const delivery = aDelivery({ content: { blocks: [{ kind: 'said', by: null, text, at: null }] } })
    expect(await here.send(delivery)).toEqual({ status: 'sent' })
    expect(there.received).toMatchObject([
      { to: 'bo@people.example', from: { address: `sip:${OUR_ADDRESS}`, name: 'Juniper' }, said: { full: text } },
    ])
  })
})

describe('datagrams', () => {
  test('a request that comes again before it is stored is absorbed, and afterwards gets the same answer', async () => {
    const host = new RecordingHost().uses(OUR_ADDRESS)
    const channel = await starts(host)
    let store: () => void = () => undefined
    const stored = new Promise<void>((resolve) => {
      store = resolve
    })
    host.answer = async () => {
      await stored
      return { outcome: 'accepted', messageId: 'message-1' }
    }
    const phone = await datagrams(channel.ports.UDP ?? 0)
    const message = aMessage({ transport: 'UDP' })
    for (let time = 0; time < 3; time++) phone.says(message)
    while (host.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    store()
    await phone.hears(1)
    phone.says(message)
    const [first, second] = await phone.hears(2)
    expect(first).toMatch(/^SIP\/2\.0 200 OK\r\n/)
    expect(second).toBe(first)
    expect(host.received).toHaveLength(1)
    phone.close()
  }, 60_000)

  test('the answer goes to where the request was seen to come from, and says so (RFC 3581)', async () => {
    const host = new RecordingHost().uses(OUR_ADDRESS)
    const channel = await starts(host)
    const phone = await datagrams(channel.ports.UDP ?? 0)
    phone.says(aMessage({ transport: 'UDP' }))
    const [answer] = await phone.hears(1)
    phone.close()
    expect(answer).toMatch(
      /^Via: SIP\/2\.0\/UDP 127\.0\.0\.1:5999;branch=z9hG4bK-far-\d+;rport=\d+;received=127\.0\.0\.1\r$/m,
    )
  })

  test('the same request by another way is a merged one, and stored once', async () => {
    const host = new RecordingHost().uses(OUR_ADDRESS)
    const channel = await starts(host)
    const phone = await datagrams(channel.ports.UDP ?? 0)
    phone.says(aMessage({ transport: 'UDP' }))
    phone.says(aMessage({ transport: 'UDP' }))
    const answers = await phone.hears(2)
    phone.close()
    expect(answers.map((answer) => answer.slice(0, 11)).sort()).toEqual(['SIP/2.0 200', 'SIP/2.0 482'])
    expect(host.received).toHaveLength(1)
  })

  test('what is too long for a datagram goes over TCP', async () => {
    const there = new RecordingHost().uses('bo@people.example')
    const far = await starts(there, { domain: 'people.example' })
    const here = await starts(new RecordingHost(), { proxy: `sip:127.0.0.1:${far.ports.UDP}` })
    const text = 'long '.repeat(500)
    expect(
      (await here.send(aDelivery({ content: { blocks: [{ kind: 'said', by: null, text, at: null }] } }))).status,
    ).toBe('sent')
    expect(Buffer.from(there.received[0]?.raw ?? []).toString()).toMatch(/^Via: SIP\/2\.0\/TCP/m)
  })

  test('a lost datagram is sent again until it is answered; without any answer its outcome is unknown', async () => {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const seen: string[] = []
    socket.on('message', (bytes, { port }) => {
      const raw = bytes.toString()
      if (!raw.startsWith('MESSAGE')) return
      seen.push(raw)
      if (seen.length === 3) socket.send(responseTo(raw, '200 OK'), port, '127.0.0.1')
    })
    const channel = await starts(new RecordingHost(), { proxy: `sip:127.0.0.1:${socket.address().port}` })
    expect((await channel.send(aDelivery())).status).toBe('sent')
    expect(new Set(seen).size).toBe(1)
    expect(seen).toHaveLength(3)
    // From the fourth on it never answers.
    expect((await channel.send(aDelivery({ reference: 'ref-2' }))).status).toBe('unknown')
    expect(channel.health()).toMatchObject({ state: 'down' })
    socket.close()
  }, 60_000)
})

describe('what an agent refuses', () => {
  test.each([
    ['another method', 'INVITE', [], 405, /^Allow: MESSAGE, OPTIONS\r$/m],
    ['a method that nobody has', 'SHOUT', [], 501, /^Allow: /m],
    ['what it must understand and does not', 'MESSAGE', ['Require: teleport'], 420, /^Unsupported: teleport\r$/m],
    ['content packed as nobody can unpack', 'MESSAGE', ['Content-Encoding: brotli'], 415, /^Accept-Encoding: /m],
  ] as const)('%s', async (_, method, headers, status, header) => {
    const host = new RecordingHost().uses(OUR_ADDRESS)
    const channel = await starts(host)
    const raw = aMessage({ headers: [...headers] }).replace(/\bMESSAGE\b/g, method)
    const answer = await overTcp(channel.ports.TCP ?? 0, raw)
    expect(answer).toMatch(new RegExp(`^SIP/2\\.0 ${status} `))
    expect(answer).toMatch(header)
    expect(host.received).toEqual([])
  })

  test('content of a type that is no text', async () => {
    const host = new RecordingHost().uses(OUR_ADDRESS)
    const channel = await starts(host)
    const answer = await overTcp(channel.ports.TCP ?? 0, aMessage({ type: 'application/vnd.something' }))
    expect(answer).toMatch(/^SIP\/2\.0 415 [\s\S]*^Accept: text\/plain, /m)
  })

  test('a message of ours that comes back to us', async () => {
    const host = new RecordingHost().uses(OUR_ADDRESS)
    // Its own proxy: whatever it sends arrives at itself.
    const first = await starts(host)
    const port = first.ports.TCP ?? 0
    await first.stop()
    const channel = await starts(host, {
      listen: { host: '127.0.0.1', udp: null, tcp: port, tls: null, ws: null, wss: null },
      proxy: `sip:127.0.0.1:${port};transport=tcp`,
    })
    const outcome = await channel.send(aDelivery({ to: `sip:${OUR_ADDRESS}` }))
    expect(outcome).toMatchObject({ status: 'rejected', scope: 'address' })
    expect(host.received).toEqual([])
  })

  test('what cannot be read is answered with its reason, and the connection goes on', async () => {
    const host = new RecordingHost().uses(OUR_ADDRESS)
    const channel = await starts(host)
    const socket = connect(channel.ports.TCP ?? 0, '127.0.0.1')
    let answers = ''
    socket.on('data', (chunk) => {
      answers += chunk.toString()
    })
    socket.write(aMessage({ from: 'Castellanos, Ana <sip:ana@shop.example>' }) + aMessage({ id: 'good' }))
    while (!answers.includes('200 OK')) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(answers).toMatch(/^SIP\/2\.0 400 Malformed From/)
    socket.destroy()
  })

  test('an empty line over a connection is answered with one', async () => {
    const channel = await starts(new RecordingHost())
    const socket = connect(channel.ports.TCP ?? 0, '127.0.0.1')
    socket.write('\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toBe('\r\n')
    socket.destroy()
  })
})
