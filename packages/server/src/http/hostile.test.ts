import { randomUUID } from 'node:crypto'
import { type Parley, startParley } from '@parley/dev-env/parley'
import type { EnterResponse, Problem } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Postbox } from './link/link-rig.fixture.ts'

let parley: Parley
let own: { token: string }
let other: { token: string }

const site = (key: string) => ({ key, name: key, domains: ['shop.test'], topics: [] })
const bo = { name: 'Bo', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] }

beforeAll(async () => {
  parley = await startParley({
    channels: [new Postbox()],
    account: { name: 'One', sites: [site('one')], responders: [bo] },
    settings: {
      limits: { bodyBytes: 20_000, attachmentBytes: 100_000 },
      quotas: { ...allowed, codes: { visitor: 3 }, programs: {} },
    },
  })
  own = await enter('one')
  other = await enter('one')
})

afterAll(() => parley.stop())

const plenty = { visitor: 1_000_000, address: 1_000_000, network: 1_000_000, site: 1_000_000 }
const allowed = { messages: plenty, conversations: plenty, uploads: plenty, codes: plenty, links: plenty }

interface Answer<T = Problem> {
  status: number
  headers: Headers
  body: T
}

async function call<T = Problem>(
  method: string,
  path: string,
  options: {
    token?: string
    body?: unknown
    raw?: string | Uint8Array<ArrayBuffer>
    headers?: Record<string, string>
  } = {},
): Promise<Answer<T>> {
  const response = await fetch(`${parley.url}${path}`, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.raw === undefined ? {} : { body: options.raw }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as T }
}

async function enter(key: string): Promise<{ token: string }> {
  const { body } = await call<EnterResponse>('POST', '/api/visitor/enter', { body: { site: key } })
  return { token: body.token }
}

test.each([
  ['no token', undefined],
  ['half a token', 'abc'],
  ['a token signed by somebody else', 'WyJhIl0.AAAA'],
])('what a visitor may do needs a token that is ours: %s', async (_, token) => {
  for (const path of [
    '/api/visitor/conversation',
    '/api/visitor/recovery',
    '/api/visitor/addresses',
    '/api/uploads?name=a.txt',
  ]) {
    const answer = await call('POST', path, { body: {}, ...(token ? { token } : {}) })
    expect([path, answer.status, answer.body.reason]).toEqual([path, 401, 'unauthorised'])
  }
})

test('the desk is closed to a visitor’s token, to no session, and to another page’s request', async () => {
  for (const [method, path] of [
    ['GET', '/api/desk/me'],
    ['GET', '/api/desk/offers'],
    ['GET', '/api/desk/held'],
    ['POST', '/api/desk/token'],
    ['POST', `/api/desk/offers/${randomUUID()}/answer`],
  ] as const) {
    expect((await call(method, path, { token: own.token })).status).toBe(401)
    expect((await call(method, path, { headers: { origin: 'https://evil.test' } })).status).toBe(401)
  }
})

test.each([
  ['not JSON', '{"site":', 400],
  ['an unknown field', '{"site":"one","admin":true}', 400],
  ['a number for a text', '{"site":5}', 400],
  ['deep nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 400],
  ['more than is taken', JSON.stringify({ site: 'x'.repeat(30_000) }), 413],
])('a body that is %s is refused in words, and the server goes on', async (_, raw, status) => {
  const answer = await call('POST', '/api/visitor/enter', { raw, headers: { 'content-type': 'application/json' } })
  expect(answer.status).toBe(status)
  expect(answer.body.text.length).toBeGreaterThan(5)
  expect((await call('GET', '/healthz')).status).toBe(200)
})

test('what is stored can hold no NUL and no half character', async () => {
  const begun = await call('POST', '/api/visitor/conversation', {
    token: own.token,
    body: { page: { url: 'https://shop.test/\u0000', title: '\ud800' } },
  })
  expect([begun.status, begun.body.reason]).toEqual([400, 'malformed-request'])
  expect((await call('GET', '/healthz')).status).toBe(200)
})

test('an id that is none, somebody else’s, or an injection, is answered like one that is not there', async () => {
  const unknown = await call('GET', `/api/messages/${randomUUID()}/full`, { token: own.token })
  expect([unknown.status, unknown.body.reason]).toEqual([404, 'not-there'])
  for (const id of ["1' or '1'='1", '../../etc/passwd', '%00', 'null', '0'.repeat(300)]) {
    const answer = await call('GET', `/api/messages/${encodeURIComponent(id)}/full`, { token: own.token })
    expect([id, answer.status, answer.body]).toEqual([id, 404, unknown.body])
  }
})

test('a file is had only by its signed address, is never run by a browser, and tells no more than its name', async () => {
  const upload = await call<{ url: string; id: string; name: string }>(
    'POST',
    '/api/uploads?name=..%2F..%2F%3Cb%3Enote.txt',
    {
      token: own.token,
      raw: 'hello',
      headers: { 'content-type': 'text/plain' },
    },
  )
  expect(upload.body.name).not.toMatch(/[/<>]/)
  const good = await fetch(`${parley.url}${upload.body.url}`)
  expect(good.status).toBe(200)
  expect(good.headers.get('content-disposition')).toMatch(/^attachment;/)
  expect(good.headers.get('content-security-policy')).toContain('sandbox')
  expect(good.headers.get('x-content-type-options')).toBe('nosniff')
  const parts = upload.body.url.split('/')
  const forged = [...parts.slice(0, -1), 'A'.repeat(32)].join('/')
  const extended = [...parts.slice(0, -2), String(Number(parts.at(-2)) + 86_400_000), parts.at(-1)].join('/')
  const elses = [...parts.slice(0, 4), randomUUID(), ...parts.slice(5)].join('/')
  for (const path of [forged, extended, elses]) expect((await call('GET', path)).status).toBe(404)
})

test.each([
  ['a page', 'page.html', '<script>alert(1)</script>', 'text/html'],
  [
    'a picture that can run',
    'a.svg',
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    'image/svg+xml',
  ],
  ['a program under another name', 'notes.txt', 'MZ\u0090\u0000\u0003\u0000\u0000\u0000', 'text/plain'],
  ['a program by its name', 'run.exe', 'hello', 'text/plain'],
])('%s is not taken as a file', async (_, name, content, type) => {
  const answer = await call('POST', `/api/uploads?name=${name}`, {
    token: own.token,
    raw: Buffer.from(content, 'latin1'),
    headers: { 'content-type': type },
  })
  expect([answer.status, answer.body.reason]).toEqual([415, 'attachment-refused'])
})

test('a file larger than the site takes is refused in words', async () => {
  const answer = await call('POST', '/api/uploads?name=a.txt', {
    token: own.token,
    raw: 'x'.repeat(200_000),
    headers: { 'content-type': 'text/plain' },
  })
  expect([answer.status, answer.body.text]).toEqual([413, 'This is too large.'])
})

test('a visitor’s conversation is nobody else’s: another visitor begins one of their own', async () => {
  const mine = await call<{ id: string }>('POST', '/api/visitor/conversation', { token: own.token, body: {} })
  const theirs = await call<{ id: string }>('POST', '/api/visitor/conversation', { token: other.token, body: {} })
  expect(mine.body.id).not.toBe(theirs.body.id)
})

test('a hand-over leads only where it was made for, and a claim that nobody signed identifies nobody', async () => {
  const away = await call('POST', '/api/visitor/hand-over', {
    token: own.token,
    body: { source: 'shop.test', target: 'evil.test' },
  })
  expect(away.status).toBe(403)
  const claimed = await call('POST', '/api/visitor/enter', {
    body: { site: 'one', identify: 'eyJhbGciOiJub25lIn0.e30.' },
  })
  expect([claimed.status, claimed.body.reason]).toEqual([403, 'not-allowed'])
})

test('who asks for code after code is told to wait', async () => {
  const { token } = await enter('one')
  const ask = (n: number) =>
    call('POST', '/api/visitor/addresses', { token, body: { medium: 'email', value: `a${n}@letters.test` } })
  for (let n = 0; n < 3; n++) expect((await ask(n)).status).toBe(200)
  const refused = await ask(4)
  expect([refused.status, refused.body.reason]).toEqual([429, 'too-many'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a code cannot be guessed: after six wrong ones it is worth nothing', async () => {
  const { token } = await enter('one')
  const added = await call<{ id: string }>('POST', '/api/visitor/addresses', {
    token,
    body: { medium: 'email', value: 'b@letters.test' },
  })
  const notice = await parley.server.db.workers
    .selectFrom('delivery')
    .select('notice')
    .where('kind', '=', 'notice')
    .orderBy('sequence', 'desc')
    .executeTakeFirstOrThrow()
  const right = notice.notice?.params.code ?? ''
  const wrong = right === '000000' ? '111111' : '000000'
  const confirm = (code: string) =>
    call('POST', '/api/visitor/addresses/confirm', { token, body: { address: added.body.id, code } })
  for (let n = 0; n < 6; n++) expect((await confirm(wrong)).body.reason).toBe('wrong-code')
  expect((await confirm(right)).body.reason).toBe('too-many')
})

test('every answer forbids what it does not need, and no other page may read one', async () => {
  for (const path of ['/healthz', '/api/widget/one', '/desk/', '/w/one', '/nothing-here']) {
    const response = await fetch(`${parley.url}${path}`, { headers: { origin: 'https://evil.test' } })
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy, path).toContain("default-src 'none'")
    expect(policy, path).not.toContain('unsafe')
    expect(policy, path).toContain('frame-ancestors')
    expect(response.headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(response.headers.get('access-control-allow-origin'), path).toBeNull()
  }
  const window = await fetch(`${parley.url}/w/one`)
  expect(window.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self' https:\/\/shop\.test/)
})
