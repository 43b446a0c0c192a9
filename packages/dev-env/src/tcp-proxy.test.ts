import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { seeded } from './seeded.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'
import { waitFor } from './wait-for.ts'
import { readFrames } from './ws-frames.ts'

describe('A bad network between a client and a server', () => {
  const http = createServer((_, response) => response.end('hello'))
  const sockets = new WebSocketServer({ server: http })
  const heard: string[] = []
  let proxy: TcpProxy

  beforeAll(async () => {
    sockets.on('connection', (socket) => {
      socket.on('error', () => {})
      socket.on('message', (data) => {
        heard.push(String(data))
        socket.send(`echo ${data}`)
      })
    })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()))
    const address = http.address()
    if (!address || typeof address === 'string') throw new Error('no port')
    proxy = await startTcpProxy({ target: { host: '127.0.0.1', port: address.port }, seed: 5 })
  })
  afterAll(async () => {
    await proxy.stop()
    for (const client of sockets.clients) client.terminate()
    http.closeAllConnections()
    http.close()
  })

  async function open() {
    const socket = new WebSocket(proxy.url('/').replace('http', 'ws'))
    const got: string[] = []
    socket.on('message', (data) => got.push(String(data)))
    const errors: Error[] = []
    socket.on('error', (error) => errors.push(error))
    const closed = once(socket, 'close')
    await once(socket, 'open')
    return { socket, got, errors, closed }
  }

  test('left alone, lets everything through in order', async () => {
    const { socket, got, closed } = await open()
    for (let n = 0; n < 50; n++) socket.send(`${n}`)
    await waitFor('all echoes', () => got.length === 50)
    expect(got).toEqual(Array.from({ length: 50 }, (_, n) => `echo ${n}`))
    socket.close()
    await closed
    await waitFor('the connection to be gone', () => proxy.connections() === 0)
  })

  test('with delay and jitter, keeps the order', async () => {
    proxy.delay(5, 20)
    const { socket, got } = await open()
    for (let n = 0; n < 20; n++) {
      socket.send(`late ${n}`)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await waitFor('all echoes', () => got.length === 20)
    expect(got).toEqual(Array.from({ length: 20 }, (_, n) => `echo late ${n}`))
    proxy.delay(0)
    socket.terminate()
  })

  test.each([1, 2, 5])('cut after %i frames to the client, gives it exactly those', async (frames) => {
    proxy.cutNext({ direction: 'to-client', afterFrames: frames, how: 'close' })
    const { socket, got, closed } = await open()
    for (let n = 0; n < 10; n++) socket.send(`cut ${n} ${'x'.repeat(n * 40)}`)
    await closed
    expect(got).toHaveLength(frames)
  })

  test('cut after so many bytes to the server, keeps what comes behind from it', async () => {
    const before = heard.length
    proxy.cutNext({ direction: 'to-server', afterBytes: 600 })
    const { socket, closed } = await open()
    for (let n = 0; n < 10; n++) socket.send('y'.repeat(200))
    await closed
    expect(heard.length - before).toBeLessThan(3)
  })

  test('cut in silence, tells nobody, and nothing more arrives', async () => {
    const { socket, got } = await open()
    socket.send('before')
    await waitFor('the first echo', () => got.length === 1)
    proxy.cutAll('silence')
    const before = heard.length
    socket.send('after')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(socket.readyState).toBe(WebSocket.OPEN)
    expect(heard.length).toBe(before)
    socket.terminate()
  })

  test('held back, loses nothing once it is let go', async () => {
    const { socket, got } = await open()
    proxy.pause()
    socket.send('held')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(got).toEqual([])
    proxy.resume()
    await waitFor('the echo', () => got.length === 1)
    socket.terminate()
  })

  test('refusing, lets nobody in and those who are in stay; accepting again, takes the same port', async () => {
    const { socket, got } = await open()
    await proxy.refuse()
    const refused = connect(proxy.port, proxy.host)
    expect(await once(refused, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }])
    socket.send('still in')
    await waitFor('the echo', () => got.length === 1)
    await proxy.accept()
    expect(await (await fetch(proxy.url())).text()).toBe('hello')
    socket.terminate()
  })

  test('the ends of frames are found however the bytes are cut up', () => {
    const random = seeded(11)
    const upgrade = Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n')
    const frames = [0, 1, 125, 126, 65_535, 65_536].map((length, index) => frame(length, index % 2 === 0))
    const ends = frames.map((_, index) => Buffer.concat([upgrade, ...frames.slice(0, index + 1)]).length)
    const stream = Buffer.concat([upgrade, ...frames])
    for (let round = 0; round < 20; round++) {
      const reader = readFrames()
      const found: number[] = []
      for (let at = 0; at < stream.length; ) {
        const piece = stream.subarray(at, at + random.int(1, random.pick([3, 50, 40_000])))
        found.push(...reader.endsIn(piece).map((end) => at + end))
        at += piece.length
      }
      expect(found).toEqual(ends)
    }
  })

  function frame(length: number, isMasked: boolean): Buffer {
    const mark = isMasked ? 0x80 : 0
    const size = Buffer.alloc(length > 65_535 ? 10 : length > 125 ? 4 : 2)
    size[0] = 0x82
    size[1] = mark | (length > 65_535 ? 127 : length > 125 ? 126 : length)
    if (length > 65_535) size.writeBigUInt64BE(BigInt(length), 2)
    else if (length > 125) size.writeUInt16BE(length, 2)
    return Buffer.concat([size, Buffer.alloc(isMasked ? 4 : 0), Buffer.alloc(length)])
  }
})
