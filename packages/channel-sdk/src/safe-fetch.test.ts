import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { type SafeFetchOptions, safeFetch } from './safe-fetch.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

/** A server of the neighbourhood, and what was asked of it. */
async function neighbour(answer: RequestListener = (_, response) => response.end('the secret')) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('not listening')
  return { port: address.port, host: `127.0.0.1:${address.port}`, url: `http://127.0.0.1:${address.port}`, asked }
}

const usual = { maxBytes: 1000, timeoutMs: 30_000, redirects: 0 } satisfies SafeFetchOptions
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString()

test('C8 a host of the operator’s own is reached where they allow it, and only there', async () => {
  const { url, host, asked } = await neighbour()
  expect(await safeFetch(url, usual)).toEqual({ ok: false, because: 'not-public' })
  expect(await safeFetch(url, { ...usual, allow: ['127.0.0.1:1', 'example.com'] })).toMatchObject({ ok: false })
  expect(asked).toEqual([])
  const answer = await safeFetch(url, { ...usual, allow: [host] })
  expect(answer).toMatchObject({ ok: true, status: 200 })
  expect(answer.ok && textOf(answer.bytes)).toBe('the secret')
  expect(await safeFetch(url, { ...usual, allow: ['127.0.0.1'] })).toMatchObject({ ok: true })
})

test.each([
  ['decimal', (port: number) => `http://2130706433:${port}/`],
  ['hex', (port: number) => `http://0x7f.1:${port}/`],
  ['octal', (port: number) => `http://0177.0.0.1:${port}/`],
  ['mapped', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
  ['any address', (port: number) => `http://0.0.0.0:${port}/`],
  ['full width', (port: number) => `http://１２７.0.0.1:${port}/`],
  ['a name of this machine', (port: number) => `http://localhost:${port}/`],
  ['the same with a dot', (port: number) => `http://localhost.:${port}/`],
])('C8 an internal host is not reached by another spelling: %s', async (_, spell) => {
  const { port, asked } = await neighbour()
  const answer = await safeFetch(spell(port), usual)
  expect(answer.ok).toBe(false)
  expect(asked).toEqual([])
})

test.each([
  'ftp://example.com/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'javascript:0',
  '//example.com',
  'http://',
  'http://user@example.com/',
  'http://user:word@example.com/',
  `http://example.com/${'x'.repeat(3000)}`,
  'not a url',
])('C8 no address to call: %s', async (url) => {
  expect(await safeFetch(url, usual)).toMatchObject({ ok: false, because: 'bad-url' })
})

test('C8 a name is looked up once, and what was checked is what is connected to', async () => {
  const { port, asked } = await neighbour()
  let times = 0
  // Nobody else knows this name: a second look-up, by whomever, would end elsewhere.
  const lookUp = async () => (times++ === 0 ? ['127.0.0.1'] : [])
  const name = `rebinding.example:${port}`
  expect(await safeFetch(`http://${name}/`, { ...usual, lookUp, allow: [name] })).toMatchObject({ ok: true })
  expect(times).toBe(1)
  expect(asked[0]?.headers.host).toBe(name)
})

test('C8 of a name with public and internal addresses only the public ones are tried', async () => {
  const { port, asked } = await neighbour()
  const lookUp = async () => ['127.0.0.1', '::1']
  const url = `http://both.example:${port}/`
  expect(await safeFetch(url, { ...usual, lookUp })).toEqual({ ok: false, because: 'not-public' })
  expect(asked).toEqual([])
  expect(await safeFetch(url, { ...usual, lookUp, allow: [`both.example:${port}`] })).toMatchObject({ ok: true })
})

test('C8 a redirect to an internal host is not followed', async () => {
  const inside = await neighbour()
  const outside = await neighbour((_, response) => response.writeHead(302, { location: inside.url }).end())
  const allow = [outside.host]
  expect(await safeFetch(outside.url, { ...usual, redirects: 3, allow })).toEqual({ ok: false, because: 'not-public' })
  expect(inside.asked).toEqual([])
  const both = [outside.host, inside.host]
  expect(await safeFetch(outside.url, { ...usual, redirects: 3, allow: both })).toMatchObject({ ok: true, status: 200 })
})

test('C8 without redirects the redirect is the answer, and with too many there is none', async () => {
  const { url, host, asked } = await neighbour((_, response) => response.writeHead(302, { location: '/again' }).end())
  expect(await safeFetch(url, { ...usual, allow: [host] })).toMatchObject({ ok: true, status: 302 })
  expect(asked).toHaveLength(1)
  const answer = await safeFetch(url, { ...usual, redirects: 2, allow: [host] })
  expect(answer).toEqual({ ok: false, because: 'too-many-redirects' })
  expect(asked).toHaveLength(4)
})

test('C8 credentials and bodies stay with the host they were meant for', async () => {
  const other = await neighbour()
  let status = 302
  const first = await neighbour((_, response) => response.writeHead(status, { location: other.url }).end())
  const call = () =>
    safeFetch(first.url, {
      ...usual,
      method: 'POST',
      body: '{}',
      headers: { authorization: 'Bearer secret', cookie: 'a=b', 'x-key': 'k', accept: 'image/png' },
      redirects: 3,
      allow: [first.host, other.host],
    })
  expect(await call()).toMatchObject({ ok: true })
  expect(first.asked[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'x-key': 'k' })
  expect(other.asked[0]?.method).toBe('GET')
  expect(other.asked[0]?.headers.accept).toBe('image/png')
  for (const name of ['authorization', 'cookie', 'x-key']) expect(other.asked[0]?.headers).not.toHaveProperty(name)
  status = 307
  expect(await call()).toEqual({ ok: false, because: 'bad-redirect' })
  expect(other.asked).toHaveLength(1)
})

test('C8 an answer is read to its bound and no further', async () => {
  const { url, host } = await neighbour((request, response) => response.end('x'.repeat(Number(request.url?.slice(1)))))
  expect(await safeFetch(`${url}/1000`, { ...usual, allow: [host] })).toMatchObject({ ok: true })
  expect(await safeFetch(`${url}/1001`, { ...usual, allow: [host] })).toEqual({ ok: false, because: 'too-large' })
})

test('C8 headers without end are refused', async () => {
  const { url, host } = await neighbour((_, response) => response.setHeader('x-long', 'x'.repeat(20_000)).end())
  expect(await safeFetch(url, { ...usual, allow: [host] })).toMatchObject({ ok: false, because: 'too-large' })
})

test('C8 a peer that drips is left at the deadline', async () => {
  const { url, host } = await neighbour((_, response) => void response.writeHead(200).write('.'))
  const answer = await safeFetch(url, { ...usual, timeoutMs: 300, allow: [host] })
  expect(answer).toMatchObject({ ok: false, because: 'too-slow' })
})

test('C8 a name that nobody answers for, and a closed port, are told apart from a broken answer', async () => {
  const dead = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
  const unknown = await safeFetch('http://nobody.example/', { ...usual, lookUp: dead })
  expect(unknown).toEqual({ ok: false, because: 'no-such-host', detail: 'ENOTFOUND' })
  expect(await safeFetch('http://127.0.0.1:1/', { ...usual, allow: ['127.0.0.1'] })).toMatchObject({
    because: 'cannot-connect',
  })
  const { url, host } = await neighbour((request) => request.socket.destroy())
  expect(await safeFetch(url, { ...usual, allow: [host] })).toMatchObject({ because: 'broken' })
  const rude = await neighbour((request) => {
    request.socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')
  })
  expect(await safeFetch(rude.url, { ...usual, allow: [rude.host] })).toMatchObject({ because: 'broken' })
})
