import { createServer, type Server, type Socket } from 'node:net'
import { RecordingHost } from '@parley/channel-sdk/conformance'
import { waitFor } from '@parley/dev-env/wait-for'
import { describe, expect, it } from 'vitest'
import { answerTo, commands } from './pdu/codes.ts'
import type { MessageFields } from './pdu/pdu.ts'
import { readPdu } from './pdu/read-pdu.ts'
import { writePdu } from './pdu/write-pdu.ts'
import { createSmppChannel } from './smpp-channel.ts'
import { aDelivery, BO, isUp, OUR_NUMBER } from './smpp-rig.fixture.ts'

const message = (changes: Partial<MessageFields> = {}): MessageFields => ({
  serviceType: '',
  source: { ton: 1, npi: 1, value: BO.slice(1) },
  destination: { ton: 1, npi: 1, value: OUR_NUMBER.slice(1) },
  esmClass: 0,
  registeredDelivery: 0,
  dataCoding: 0,
  shortMessage: Buffer.from('Hello'),
  optional: new Map(),
  ...changes,
})

const deliver = (fields: MessageFields, sequence = 1) =>
  writePdu({ command: commands.deliverSm, status: 0, sequence, body: { kind: 'message', message: fields } })

function withLength(pdu: Buffer, length: number): Buffer {
  const changed = Buffer.from(pdu)
  changed.writeUInt32BE(length, 0)
  return changed
}

describe('what an SMSC may send', () => {
  it.each([
    [
      'text in message_payload',
      message({ shortMessage: Buffer.alloc(0), optional: new Map([[0x0424, Buffer.from('Hello')]]) }),
    ],
    ['an unknown optional parameter', message({ optional: new Map([[0x1400, Buffer.alloc(9)]]) })],
  ])('%s is read', (_, fields) => {
    const reading = readPdu(deliver(fields))
    expect(reading).toMatchObject({ ok: true, pdu: { body: { kind: 'message' } } })
  })

  it.each([
    [
      'a text that is longer than the PDU',
      (pdu: Buffer) => withLength(pdu.subarray(0, pdu.length - 3), pdu.length - 3),
      'short_message is cut off',
    ],
    [
      'a number that does not end',
      () => Buffer.concat([withLength(Buffer.alloc(16), 60), Buffer.from([0, 1, 1]), Buffer.alloc(41, 0x35)]),
      'a',
    ],
    [
      'an optional parameter that is longer than the PDU',
      (pdu: Buffer) => withLength(Buffer.concat([pdu, Buffer.from([4, 0x24, 0xff, 0xff, 1])]), pdu.length + 5),
      'optional parameter is cut off',
    ],
    [
      'an optional parameter without a length',
      (pdu: Buffer) => withLength(Buffer.concat([pdu, Buffer.from([4, 0x24])]), pdu.length + 2),
      'a number is cut off',
    ],
  ])('%s is refused for that', (_, change, because) => {
    const pdu = change(deliver(message()))
    pdu.writeUInt32BE(commands.deliverSm, 4)
    const reading = readPdu(pdu)
    expect(reading.ok).toBe(false)
    if (!reading.ok) expect(reading.because).toContain(because)
  })

  it('whatever bytes come, they are read or refused (100,000 seeded PDUs)', () => {
    const random = seededNumbers(4_711)
    const heads = [...Object.values(commands), ...Object.values(commands).map((one) => answerTo(one) % 2 ** 32)]
    for (let round = 0; round < 100_000; round++) {
      const pdu = mutated(deliver(message({ optional: new Map([[0x0424, Buffer.alloc(20, 65)]]) })), random)
      if (pdu.length >= 8 && random() < 0.5) pdu.writeUInt32BE(heads[Math.trunc(random() * heads.length)] ?? 0, 4)
      const reading = readPdu(pdu)
      expect(typeof reading.ok).toBe('boolean')
    }
  })
})

describe('a hostile SMSC', () => {
  it.each([
    ['a length that is shorter than a head', Buffer.from([0, 0, 0, 3, 0, 0, 0, 5])],
    ['a length of four gigabytes', Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 5])],
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('%s ends the connection, and nothing else', async (_, bytes) => {
    const far = await rawSmsc()
    const { channel, host, stop } = await channelTo(far)
    far.sockets.at(-1)?.write(bytes)
    await waitFor('the second connection', () => far.sockets.length === 2, { timeoutMs: 30_000 })
    await isUp(channel)
    far.sockets.at(-1)?.write(deliver(message()))
    await waitFor('the message', () => host.received.length === 1, { timeoutMs: 30_000 })
    await stop()
  })

  it('a stream of broken PDUs harms nobody: what is whole between them arrives, and we still send (seeded)', async () => {
    const far = await rawSmsc()
    const { channel, host, stop } = await channelTo(far)
    const random = seededNumbers(815)
    let whole = 0
    for (let round = 0; round < 600; round++) {
      const socket = far.sockets.at(-1)
      const pdu = mutated(deliver(message({ esmClass: random() < 0.3 ? 0x40 : random() < 0.3 ? 0x04 : 0 })), random)
      // The stream stays in step: what is broken is inside.
      if (pdu.length >= 16) socket?.write(withLength(pdu, pdu.length))
      if (round % 50 === 0) {
        whole += 1
        socket?.write(deliver(message({ shortMessage: Buffer.from(`whole ${whole}.`) })))
      }
    }
    const texts = () => host.received.filter(({ said }) => /^whole \d+\.$/.test(said.visible)).length
    await waitFor('what is whole', () => texts() >= whole, { timeoutMs: 30_000, instead: texts })
    await isUp(channel)
    expect(await channel.send(aDelivery())).toMatchObject({ status: 'sent' })
    await stop()
  })

  it('an answer that cannot be read is one that did not come', async () => {
    const far = await rawSmsc()
    far.onSubmit = (sequence) => {
      const answer = writePdu({
        command: answerTo(commands.submitSm),
        status: 0,
        sequence,
        body: { kind: 'answer', id: 'x'.repeat(80), optional: new Map() },
      })
      return answer
    }
    const { channel, stop } = await channelTo(far)
    expect(await channel.send(aDelivery())).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('message_id'),
    })
    await stop()
  })
})

interface RawSmsc {
  server: Server
  port: number
  sockets: Socket[]
  onSubmit: (sequence: number) => Buffer
}

/** Binds whoever comes, takes what is submitted, and is otherwise ours to play. */
async function rawSmsc(): Promise<RawSmsc> {
  const far: RawSmsc = {
    server: createServer(),
    port: 0,
    sockets: [],
    onSubmit: (sequence) =>
      writePdu({
        command: answerTo(commands.submitSm),
        status: 0,
        sequence,
        body: { kind: 'answer', id: 'one', optional: new Map() },
      }),
  }
  far.server.on('connection', (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      for (let at = 0; at + 16 <= chunk.length; at += chunk.readUInt32BE(at)) {
        const [command, sequence] = [chunk.readUInt32BE(at + 4), chunk.readUInt32BE(at + 12)]
        if (command === commands.bindTransceiver) {
          socket.write(
            writePdu({
              command: answerTo(command),
              status: 0,
              sequence,
              body: { kind: 'answer', id: 'raw', optional: new Map() },
            }),
          )
          far.sockets.push(socket)
        } else if (command === commands.submitSm) socket.write(far.onSubmit(sequence))
        else if (command === commands.unbind) socket.end()
      }
    })
  })
  await new Promise<void>((resolve) => far.server.listen(0, '127.0.0.1', resolve))
  const address = far.server.address()
  far.port = typeof address === 'object' && address ? address.port : 0
  return far
}

async function channelTo(far: RawSmsc) {
  const host = new RecordingHost().uses(OUR_NUMBER)
  const channel = createSmppChannel({
    smsc: {
      host: '127.0.0.1',
      port: far.port,
      tls: null,
      systemId: 'us',
      password: 'x',
      systemType: '',
      isSingle: false,
    },
    reconnecting: { firstMs: 20, longestMs: 50 },
  })
  await channel.start(host)
  await isUp(channel)
  await waitFor('the connection', () => far.sockets.length === 1)
  const stop = async () => {
    await channel.stop()
    for (const socket of far.sockets) socket.destroy()
    far.server.close()
  }
  return { channel, host, stop }
}

function seededNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function mutated(pdu: Buffer, random: () => number): Buffer {
  let changed = Buffer.from(pdu)
  const changes = 1 + Math.trunc(random() * 6)
  for (let change = 0; change < changes; change++) {
    const at = Math.trunc(random() * changed.length)
    const kind = random()
    if (kind < 0.5 && at > 7) changed[at] = Math.trunc(random() * 256)
    else if (kind < 0.7) changed = changed.subarray(0, Math.max(16, at))
    else if (kind < 0.85)
      changed = Buffer.concat([
        changed.subarray(0, at),
        Buffer.alloc(Math.trunc(random() * 20), 0xff),
        changed.subarray(at),
      ])
    else if (at > 7) changed[at] = random() < 0.5 ? 0 : 255
  }
  if (changed.length >= 8) changed.writeUInt32BE(commands.deliverSm, 4)
  return changed
}
