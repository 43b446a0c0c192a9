import { connect } from 'node:net'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { closeOf, hello, nextText, startWeb, until } from './writing-host.fixture.ts'

const id = '01900000-0000-7000-8000-000000000001'
const say = (text: string) => ({ t: 'say', id, to: { conversation: id }, text })

async function greeted(socket: WebSocket): Promise<WebSocket> {
  socket.on('open', () => socket.send(JSON.stringify(hello)))
  await nextText(socket)
  return socket
}

test('frames reach the host in order, also those sent before it has answered the hello', async () => {
  await using web = await startWeb()
  let answer = () => {}
  web.host.holdUp = () =>
    new Promise((resolve) => {
      answer = resolve
    })
  const socket = web.socket()
  socket.on('open', () => {
    for (const frame of [hello, say('one'), say('two')]) socket.send(JSON.stringify(frame))
  })
  await until(() => web.host.opened.length === 1)
  answer()
  await until(() => web.host.taken.length === 2)
  expect(web.host.taken.map((frame) => frame.t === 'say' && frame.text)).toEqual(['one', 'two'])
})

const malformed: [string, (socket: WebSocket) => void][] = [
  ['no JSON', (socket) => socket.send('{"t":')],
  ['no frame of ours', (socket) => socket.send('{"t":"drop-tables"}')],
  ['an array', (socket) => socket.send('[]')],
  ['a wrong id', (socket) => socket.send(JSON.stringify({ ...say('x'), id: '7' }))],
  ['a NUL in the text', (socket) => socket.send(JSON.stringify(say('a\0b')))],
  ['half a surrogate pair', (socket) => socket.send(JSON.stringify(say('\ud83d')))],
  ['binary', (socket) => socket.send(Buffer.from('{"t":"ping"}'), { binary: true })],
  ['invalid UTF-8', (socket) => socket.send(Buffer.from([0x22, 0xc3, 0x28, 0x22]), { binary: false })],
  ['a second hello', (socket) => socket.send(JSON.stringify(hello))],
]
test.each(malformed)('%s closes as malformed (4002), and the next visitor is served', async (_, send) => {
  await using web = await startWeb()
  const socket = await greeted(web.socket())
  const closing = closeOf(socket)
  send(socket)
  expect((await closing).code).toBe(4002)
  expect(web.host.taken).toEqual([])
  await until(() => web.host.closed === 1)
  await greeted(web.socket())
})

test('a frame before hello closes as malformed', async () => {
  await using web = await startWeb()
  const socket = web.socket()
  const closing = closeOf(socket)
  socket.on('open', () => socket.send(JSON.stringify(say('me first'))))
  expect((await closing).code).toBe(4002)
  expect(web.host.opened).toEqual([])
})

test('a frame over the limit closes as too large (4003)', async () => {
  await using web = await startWeb()
  const socket = await greeted(web.socket())
  const closing = closeOf(socket)
  socket.send(JSON.stringify(say('x'.repeat(256 * 1024))))
  expect((await closing).code).toBe(4003)
})

test('a connection cut in the middle of a frame is closed for the host and hurts nobody else', async () => {
  await using web = await startWeb()
  const other = await greeted(web.socket())
  const raw = connect(web.port, '127.0.0.1')
  raw.on('error', () => {})
  raw.write(
    'GET /rt HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  await new Promise((resolve) => raw.once('data', resolve))
  raw.write(maskedText(JSON.stringify(hello)))
  await new Promise((resolve) => raw.once('data', resolve))
  const frame = maskedText(JSON.stringify(say('cut off')))
  raw.write(frame.subarray(0, frame.length - 5))
  raw.destroy()
  await until(() => web.host.closed === 1)
  expect(web.host.taken).toEqual([])
  other.send('{"t":"ping"}')
  expect(await nextText(other)).toBe('{"t":"pong"}')
})

test('a page of another origin may not connect; our own and a program without an origin may', async () => {
  await using web = await startWeb()
  const stranger = web.socket({ origin: 'https://evil.example' })
  const refused = await new Promise((resolve) =>
    stranger.on('unexpected-response', (_, answer) => resolve(answer.statusCode)),
  )
  expect(refused).toBe(403)
  await greeted(web.socket({ origin: 'https://chat.example' }))
  await greeted(web.socket())
})

test('a token that the host refuses closes with its code and reason', async () => {
  await using web = await startWeb()
  const socket = web.socket()
  const closing = closeOf(socket)
  socket.on('open', () => socket.send(JSON.stringify({ ...hello, token: 'bad' })))
  expect(await closing).toEqual({ code: 4001, reason: 'Who are you?' })
})

test('who says nothing at all is closed after ten seconds', async () => {
  await using web = await startWeb()
  const socket = web.socket()
  const closing = closeOf(socket)
  await until(() => web.web.connections === 1)
  web.skip(10_100)
  expect((await closing).code).toBe(4001)
})

test('a flood of frames closes as too many (4004)', async () => {
  await using web = await startWeb({ frameBurst: 20 })
  const socket = await greeted(web.socket())
  const closing = closeOf(socket)
  for (let n = 0; n < 40; n += 1) socket.send('{"t":"ping"}')
  expect((await closing).code).toBe(4004)
})

test('more connections from one address than allowed are closed as too many, and leaving makes room', async () => {
  await using web = await startWeb({ maxConnectionsPerIp: 2 })
  const first = await greeted(web.socket())
  await greeted(web.socket())
  expect((await closeOf(web.socket())).code).toBe(4004)
  first.close()
  await until(() => web.web.connections === 1)
  await greeted(web.socket())
})

test('a reader who does not keep up is closed as too slow, and its memory is given back', async () => {
  await using web = await startWeb()
  const socket = await greeted(web.socket())
  socket.pause()
  const text = JSON.stringify({ t: 'pong', filler: 'x'.repeat(64 * 1024) })
  for (let n = 0; n < 400 && web.web.connections > 0; n += 1) {
    web.host.wire.sendText(text)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(web.web.connections).toBe(0)
  expect(web.host.closed).toBe(1)
  const closing = closeOf(socket)
  socket.resume()
  expect((await closing).code).toBe(4005)
})

test('a silent connection is asked, and one that does not answer is let go', async () => {
  await using web = await startWeb({ heartbeatMs: 1000 })
  const alive = await greeted(web.socket())
  const dead = await greeted(web.socket({ autoPong: false }))
  const asked = Promise.all([alive, dead].map((socket) => new Promise((resolve) => socket.once('ping', resolve))))
  web.skip(1200)
  await asked
  alive.send('{"t":"ping"}')
  await nextText(alive)
  web.skip(1400)
  await closeOf(dead)
  expect(web.web.connections).toBe(1)
})

test('stopping says going away to everybody', async () => {
  await using web = await startWeb()
  const closing = closeOf(await greeted(web.socket()))
  await web.web.stop()
  expect((await closing).code).toBe(1001)
  expect(web.host.closed).toBe(1)
})

test('a host that fails closes as going away, so that the client comes back', async () => {
  await using web = await startWeb()
  web.host.holdUp = () => Promise.reject(new Error('no database'))
  const socket = web.socket()
  const closing = closeOf(socket)
  socket.on('open', () => socket.send(JSON.stringify(hello)))
  expect((await closing).code).toBe(1001)
})

/** A text frame as a client sends it (RFC 6455 §5.2), masked with zeros. */
function maskedText(text: string): Buffer {
  const bytes = Buffer.from(text)
  const head = Buffer.from([0x81, 0x80 | 126, bytes.length >> 8, bytes.length & 255, 0, 0, 0, 0])
  return Buffer.concat([head, bytes])
}
