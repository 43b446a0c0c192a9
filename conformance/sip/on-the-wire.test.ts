import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { RecordingHost } from '@parley/channel-sdk/conformance'
import { createSipChannel, type SipChannel } from '@parley/channel-sip'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tortures } from './torture.ts'

let channel: SipChannel
const host = new RecordingHost().uses('bo@house.example')

beforeAll(async () => {
  channel = createSipChannel({
    domain: 'house.example',
    listen: { host: '127.0.0.1', udp: 0, tcp: 0, tls: null, ws: null, wss: null },
    proxy: null,
  })
  await channel.start(host)
})
afterAll(() => channel.stop())

let count = 0

/** A question that every agent answers. */
function usual(): Buffer {
  count += 1
  return Buffer.from(
    `OPTIONS sip:bo@house.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKusual${count};rport\r\nFrom: <sip:ana@shop.example>;tag=1\r\nTo: <sip:bo@house.example>\r\nCall-ID: usual-${count}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`,
  )
}

/** The status of the first answer; a usual question behind it shows that the agent is still there, and what is never answered. */
async function told(raw: Uint8Array): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  try {
    const answered = once(socket, 'message')
    socket.send(raw, channel.ports.UDP ?? 0, '127.0.0.1')
    const again = setInterval(() => socket.send(usual(), channel.ports.UDP ?? 0, '127.0.0.1'), 100)
    const [bytes] = await answered
    clearInterval(again)
    return Number(String(bytes).slice(8, 11))
  } finally {
    socket.close()
  }
}

// `;rport` brings the answer to where the question came from; two of them torture Via itself.
const withRport = (raw: Buffer) =>
  Buffer.from(raw.toString('latin1').replace(/(branch=z9hG4bK(?:torture\d+)?)/, '$1;rport'), 'latin1')

test.each(tortures.filter(({ refused }) => refused?.status !== undefined && refused.status !== null))(
  '§$section $name is answered by the running agent',
  async ({ raw, refused }) => {
    // Before the content of an INVITE comes that there are no calls here.
    const isCall = raw.toString('latin1').startsWith('INVITE') && [406, 415].includes(refused?.status ?? 0)
    expect(await told(withRport(raw))).toBe(isCall ? 405 : refused?.status)
  },
)

test.each(tortures.filter(({ refused }) => refused?.status === null))(
  '§$section $name is dropped without a word',
  async ({ raw }) => {
    expect(await told(raw)).toBe(200)
  },
)

test('nothing of all that reached the server', () => {
  expect(host.received).toEqual([])
  expect(host.logged).toEqual([])
})
