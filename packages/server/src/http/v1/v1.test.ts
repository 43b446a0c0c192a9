import { seeded } from '@parley/dev-env'
import { waitFor } from '@parley/dev-env/wait-for'
import type { ConversationId } from '@parley/model'
import type {
  BegunConversation,
  OfferAnswered,
  ProgramConversation,
  ProgramDelivery,
  ProgramEvent,
  ProgramMessages,
  ProgramOffer,
  ProgramPage,
  ProgramReplied,
  ProgramSaid,
  ProgramSelf,
  ProgramView,
} from '@parley/protocol'
import { programScopes } from '@parley/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount } from '../../accounts/index.ts'
import { recordEvent } from '../../conversations/index.ts'
import { makeKey, makeProgram } from '../../programs/index.ts'
import { calls } from './calls.ts'
import { openApi } from './open-api.ts'
import { type ProgramRig, startEnd, startProgramRig } from './program-rig.fixture.ts'

let rig: ProgramRig
beforeAll(async () => {
  rig = await startProgramRig()
})
afterAll(async () => {
  expect(rig.parley.complaints).toEqual([])
  await rig.parley.stop()
})

const base = '/api/desk/admin/programs'

async function offerOf(call: Awaited<ReturnType<ProgramRig['program']>>['call'], words: string): Promise<ProgramOffer> {
  const { body } = await call<ProgramPage<ProgramOffer>>('GET', '/offers')
  const found = body.items.find(({ text }) => text.includes(words))
  if (!found) throw new Error(`nobody asked "${words}"`)
  return found
}

/** What it is told of, once that is so much: what is written at this moment beside something older comes a little later. */
const eventsOf = (call: Awaited<ReturnType<ProgramRig['program']>>['call'], count: number) =>
  waitFor('what happened', async () => {
    const { body } = await call<ProgramPage<ProgramEvent>>('GET', '/events')
    return body.items.length >= count && body
  })

test('E16 the description of the interface is served, and names every call', async () => {
  const response = await fetch(`${rig.parley.url}/api/v1/openapi.json`)
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApi())))
  expect(openApi().openapi).toBe('3.1.0')
})

test('E16 a key is shown once, opens what its scopes name, and nothing after it was revoked', async () => {
  const { id, secret, call } = await rig.program({ scopes: ['read'] })
  expect(secret).toMatch(/^parley_[\w-]{43}$/)
  const listed = (await rig.administrator<ProgramView[]>('GET', base)).body
  expect(JSON.stringify(listed)).not.toContain(secret)
  const rows = await rig.parley.server.db.workerPool.query('select * from api_key')
  expect(JSON.stringify(rows.rows)).not.toContain(secret.slice(7))
  expect((await call<ProgramSelf>('GET', '/me')).body).toMatchObject({ id, name: 'Weather bot', scopes: ['read'] })
  const refused = await call('PUT', '/criteria', { criteria: {} })
  expect(refused).toMatchObject({ status: 403, body: { code: 'key-not-allowed' } })
  const key = listed.find((program) => program.id === id)?.keys[0]
  expect(key).toMatchObject({ endsWith: secret.slice(-4) })
  await rig.administrator('DELETE', `${base}/${id}/keys/${key?.id}`)
  expect(await call('GET', '/me')).toMatchObject({ status: 401, body: { code: 'unauthorised' } })
})

test('E16 an expired key, a made-up one and none open nothing', async () => {
  const { id } = await rig.program()
  const wanted = { name: 'old', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }
  const made = await rig.administrator<{ secret: string }>('POST', `${base}/${id}/keys`, wanted)
  for (const secret of [made.body.secret, `parley_${'A'.repeat(43)}`, '', 'x'.repeat(5_000)]) {
    expect(await rig.caller(secret)('GET', '/me')).toMatchObject({ status: 401 })
  }
})

test('E16 a removed program is heard no more', async () => {
  const { id, call } = await rig.program()
  await rig.administrator('PATCH', `${base}/${id}`, { state: 'removed' })
  expect(await call('GET', '/me')).toMatchObject({ status: 401 })
})

test('E16 only administrators make programs and keys', async () => {
  const bo = rig.parley.account.responders[1]
  const desk = await rig.atDesk(bo, 'cleo@people.test')
  expect(await desk('POST', base, { name: 'x', alias: '', language: 'en' })).toMatchObject({ status: 403 })
  expect(await desk('GET', base)).toMatchObject({ status: 403 })
})

test('B5 a program is asked nothing before somebody switches it on', async () => {
  const { call } = await rig.program({ active: false })
  await rig.asks('Who hears the sleeping one?')
  expect((await call<ProgramPage<ProgramOffer>>('GET', '/offers')).body.items).toEqual([])
})

test('B5 A13 a program answers a question by the rules of everyone, and sees its own exchange and nothing else', async () => {
  const { call } = await rig.program()
  const visitor = await rig.asks('Will it rain on the fjord?')
  const offer = await offerOf(call, 'fjord')
  const answered = await call<OfferAnswered>('POST', `/offers/${offer.id}/answer`, { text: 'Only in the evening.' })
  expect(answered.body).toMatchObject({ outcome: 'admitted', conversation: visitor.conversation })
  const { body: seen } = await call<ProgramConversation>('GET', `/conversations/${visitor.conversation}`)
  const exchange = seen.interactions.find(({ kind }) => kind === 'exchange')
  expect(seen.as).toBeNull()
  expect(exchange?.participants.map(({ alias, you }) => [alias, you])).toContainEqual(['Barometer', true])
  await visitor.says('And on Sunday?')
  const path = `/conversations/${visitor.conversation}/messages?interaction=${exchange?.id}`
  const { body: page } = await call<ProgramMessages>('GET', path)
  expect(page.messages.map(({ text }) => text)).toEqual(['Only in the evening.', 'And on Sunday?'])
  const said = await call<ProgramSaid>('POST', `/conversations/${visitor.conversation}/messages`, { text: 'Dry.' })
  expect(said.body.repeated).toBe(false)
  await call<ProgramSaid>('POST', `/conversations/${visitor.conversation}/messages`, { text: 'For you.', sealed: true })
  const more = (await call<ProgramMessages>('GET', `${path}&after=2`)).body
  expect(more.messages.map(({ n, text, sealed }) => [n, text, sealed])).toEqual([
    [3, 'Dry.', false],
    [4, 'For you.', true],
  ])
  const events = await eventsOf(call, 1)
  expect(events.items.map(({ kind }) => kind)).toEqual(['admitted'])
  // Whoever answers does not end what another has begun.
  expect(await call('POST', `/conversations/${visitor.conversation}/close`, {})).toMatchObject({ status: 403 })
})

test('E16 ids prove nothing: what is another program’s, person’s or account’s is not there', async () => {
  const mine = await rig.program()
  const other = await rig.program({ name: 'Other' })
  const visitor = await rig.asks('Whose is this question?')
  const offer = await offerOf(mine.call, 'Whose')
  const answered = await mine.call<OfferAnswered>('POST', `/offers/${offer.id}/answer`, { text: 'Mine.' })
  if (answered.body.outcome !== 'admitted') throw new Error('not admitted')
  const { interaction } = answered.body
  const found = `/conversations/${visitor.conversation}`
  for (const [method, path, body] of [
    ['GET', found],
    ['GET', `${found}/messages?interaction=${interaction}`],
    ['POST', `${found}/messages`, { text: 'hello' }],
    ['POST', `${found}/close`, {}],
    ['POST', `/offers/${offer.id}/answer`, { text: 'hello' }],
    ['POST', `/offers/${offer.id}/decline`],
    ['POST', '/replies', { to: 'a'.repeat(26), text: 'hello' }],
    ['POST', '/conversations', { site: 'nowhere', text: 'hello' }],
    ['GET', `/deliveries/${'0'.repeat(32)}`],
  ] as const) {
    expect({ path, ...(await other.call(method, path, body)) }).toMatchObject({ path, status: 404 })
  }
  expect((await mine.call('GET', `${found}/messages?interaction=${visitor.person}`)).status).toBe(404)
})

test('A15 a program begins a conversation for somebody outside, a person answers by mail, and the program ends it', async () => {
  const { call } = await rig.program({ active: false })
  const asked = { site: 'shop', as: 'customer-17', text: 'My order has not come.' }
  const { body: begun, status } = await call<BegunConversation>('POST', '/conversations', asked)
  expect(status).toBe(200)
  expect(begun.conversation).toMatchObject({ as: 'customer-17', state: 'open' })
  const question = await rig.post.receives('bo@people.test', 'My order has not come.')
  await rig.post.replies(question, 'It leaves today.', 'bo@people.test')
  const { id } = begun.conversation
  const { body: now } = await call<ProgramConversation>('GET', `/conversations/${id}`)
  const exchange = now.interactions.find(({ kind }) => kind === 'exchange')
  const { body: page } = await call<ProgramMessages>('GET', `/conversations/${id}/messages?interaction=${exchange?.id}`)
  expect(page.messages.map(({ text }) => text)).toEqual(['It leaves today.'])
  // The same again goes on; somebody else is somebody else.
  const again = (await call<BegunConversation>('POST', '/conversations', { ...asked, text: 'Thank you.' })).body
  expect(again.conversation.id).toBe(id)
  const other = (await call<BegunConversation>('POST', '/conversations', { ...asked, as: 'customer-18' })).body
  expect(other.conversation.id).not.toBe(id)
  await rig.post.receives('bo@people.test', 'Thank you.')
  const closed = await call<ProgramConversation>('POST', `/conversations/${id}/close`, {})
  expect(closed.body.state).toBe('closed')
  const late = await call('POST', `/conversations/${id}/messages`, { text: 'One more' })
  expect(late).toMatchObject({ status: 409, body: { code: 'conversation-closed' } })
  const events = await eventsOf(call, 4)
  const own = events.items.filter(({ conversation }) => conversation === id)
  expect(own.map(({ kind }) => kind)).toEqual(['conversation-opened', 'admitted', 'conversation-closed'])
  const go = `/events?after=${events.next}`
  expect((await call<ProgramPage<ProgramEvent>>('GET', go)).body).toEqual({ items: [], next: events.next })

  // What began before is committed after it: it comes first, or the other would have passed it.
  const { db } = rig.parley.server
  const { account } = rig.parley.account
  const ended = { account, conversation: id as ConversationId, kind: 'conversation-closed' }
  await db.write(account, async (older) => {
    await recordEvent(older, ended, new Date())
    await db.write(account, (tx) => recordEvent(tx, ended, new Date()))
    expect((await call<ProgramPage<ProgramEvent>>('GET', go)).body.items).toEqual([])
  })
  const both = await waitFor('both', async () => {
    const { body } = await call<ProgramPage<ProgramEvent>>('GET', go)
    return body.items.length === 2 && body.items
  })
  expect(both.map(({ id }) => id)).toEqual(both.map(({ id }) => id).toSorted())

  // What began later, but happened first, is still being written when the other is committed.
  const last = `/events?after=${Buffer.from(both[1]?.id ?? '').toString('base64url')}`
  const [recorded, may] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const younger = await db.write(account, async (older) => {
    await sql`select pg_current_xact_id()`.execute(older)
    const writing = db.write(account, async (tx) => {
      await recordEvent(tx, ended, new Date())
      recorded.resolve()
      await may.promise
    })
    await recorded.promise
    await recordEvent(older, ended, new Date())
    return { writing }
  })
  expect((await call<ProgramPage<ProgramEvent>>('GET', last)).body.items).toEqual([])
  may.resolve()
  await younger.writing
  await waitFor('these, too', async () => {
    const { body } = await call<ProgramPage<ProgramEvent>>('GET', last)
    return body.items.length === 2
  })
})

test('A15 B5 a program is not asked what it has asked itself, and another one is', async () => {
  const asking = await rig.program({ name: 'Asking' })
  const other = await rig.program({ name: 'Listening' })
  for (const [as, text] of [
    [undefined, 'For myself: is anybody there?'],
    ['somebody', 'For somebody: is anybody there?'],
  ] as const) {
    const begun = await asking.call('POST', '/conversations', { site: 'shop', text, ...(as ? { as } : {}) })
    expect(begun.status).toBe(200)
    await offerOf(other.call, text)
    await expect(offerOf(asking.call, text)).rejects.toThrow('nobody asked')
  }
})

test('E16 a key of one account opens nothing of another', async () => {
  const { call } = await rig.program()
  const visitor = await rig.asks('Which account am I in?')
  const offer = await offerOf(call, 'Which account')
  const there = await createAccount(
    rig.parley.server.db,
    {
      name: 'Other house',
      sites: [{ key: 'elsewhere', name: 'Elsewhere', domains: [], topics: [] }],
      responders: [{ name: 'Eli', alias: 'Fern', language: 'en', emails: ['eli@people.test'] }],
    },
    new Date(),
  )
  const { account, responders } = there
  const by = responders[0]?.person
  if (!by) throw new Error('nobody is there')
  const key = await rig.parley.server.db.write(account, async (tx) => {
    const program = await makeProgram(tx, { account, name: 'x', alias: '', language: 'en', by }, new Date())
    const wanted = { account, program, name: 'x', scopes: programScopes, by, expiresAt: null }
    return makeKey(tx, wanted, new Date())
  })
  const stranger = rig.caller(key.secret)
  expect((await stranger('GET', '/me')).status).toBe(200)
  for (const [method, path, body] of [
    ['GET', `/conversations/${visitor.conversation}`],
    ['POST', `/conversations/${visitor.conversation}/messages`, { text: 'hello' }],
    ['POST', `/offers/${offer.id}/answer`, { text: 'hello' }],
    ['POST', '/conversations', { site: 'shop', text: 'hello' }],
  ] as const) {
    expect({ path, ...(await stranger(method, path, body)) }).toMatchObject({ path, status: 404 })
  }
  expect((await stranger('GET', '/conversations')).body).toEqual({ items: [], next: null })
  expect((await stranger('GET', '/offers?state=all')).body).toEqual({ items: [], next: null })
  expect((await stranger('GET', '/events')).body).toEqual({ items: [], next: null })
})

test('E16 the same request with the same key is done once and answered alike, at the same moment too', async () => {
  const { call } = await rig.program({ active: false })
  const wanted = { site: 'shop', as: 'repeating', text: 'Once, please.' }
  const headers = { 'idempotency-key': 'order-17' }
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => call<BegunConversation>('POST', '/conversations', wanted, headers)),
  )
  expect([...new Set(answers.map(({ status }) => status))].sort()).not.toContain(500)
  const { body: first } = await call<BegunConversation>('POST', '/conversations', wanted, headers)
  const again = await call<BegunConversation>('POST', '/conversations', wanted, headers)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(again.body).toEqual(first)
  const { rows } = await rig.parley.server.db.workerPool.query(`select 1 from message where body = 'Once, please.'`)
  expect(rows).toHaveLength(1)
  const other = await call('POST', '/conversations', { ...wanted, text: 'Another' }, headers)
  expect(other).toMatchObject({ status: 422, body: { code: 'same-key-other-request' } })
  expect(await call('POST', '/conversations', wanted, { 'idempotency-key': 'ü' })).toMatchObject({ status: 400 })
})

test('E16 pages follow each other without a gap or a repetition', async () => {
  const { call } = await rig.program({ active: false })
  for (const n of [1, 2, 3, 4, 5])
    await call('POST', '/conversations', { site: 'shop', as: `person-${n}`, text: `No ${n}` })
  const seen: (string | null)[] = []
  let after = ''
  for (let pages = 0; pages < 10; pages += 1) {
    const { body } = await call<ProgramPage<ProgramConversation>>('GET', `/conversations?limit=2${after}`)
    seen.push(...body.items.map(({ as }) => as))
    if (body.next === null) break
    after = `&after=${body.next}`
  }
  expect(seen).toEqual(['person-5', 'person-4', 'person-3', 'person-2', 'person-1'])
  expect(await call('GET', '/conversations?after=%27;drop')).toMatchObject({
    status: 400,
    body: { code: 'bad-cursor' },
  })
})

test('E16 what is not understood is refused with its place named', async () => {
  const { call } = await rig.program()
  const site = 'shop'
  for (const [method, path, body, says] of [
    ['POST', '/conversations', { site }, 'text'],
    ['POST', '/conversations', { site, text: 'x', more: 1 }, 'more'],
    ['POST', '/conversations', { site, text: 'x'.repeat(16_001) }, 'text'],
    ['POST', '/conversations', { site, text: 'x', as: 'a b' }, 'as'],
    ['POST', '/conversations', [], 'the request'],
    ['GET', '/conversations?limit=0', undefined, 'limit'],
    ['GET', '/conversations/not-an-id', undefined, 'id'],
    ['POST', '/replies', { to: 'bo@people.test', text: 'x' }, 'to'],
    ['PUT', '/criteria', { criteria: { all: [{ about: 'moon', oneOf: ['full'] }] } }, 'all.0'],
  ] as const) {
    const refused = await call(method, path, body)
    expect({ path, status: refused.status }).toEqual({ path, status: 400 })
    expect(refused.body.detail).toContain(says)
  }
  expect(await call('GET', '/nothing' as string)).toMatchObject({ status: 404, body: { code: 'no-such-call' } })
  const raw = await fetch(`${rig.parley.url}/api/v1/replies`, {
    method: 'POST',
    headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    body: '{"to": "\\u0000"',
  })
  expect(raw.headers.get('content-type')).toContain('application/problem+json')
})

test('E16 whatever is sent to whichever call, it is answered or refused, and nothing breaks', async () => {
  const { secret } = await rig.program()
  const random = seeded(17)
  const { account } = rig.parley.account
  const odd: unknown[] = [
    account,
    null,
    [],
    0,
    -1,
    1e308,
    '',
    ' ',
    '\u0000',
    '\ud800',
    'a'.repeat(20_000),
    {},
    { a: { b: [] } },
  ]
  const names = ['text', 'to', 'as', 'site', 'url', 'criteria', 'interaction', 'topic', 'fields', '__proto__', 'x']
  const any = () => random.pick(odd)
  for (const { method, path } of calls) {
    for (let round = 0; round < 6; round += 1) {
      const at = path.replace('{id}', encodeURIComponent(String(any()).toWellFormed().slice(0, 300)))
      const query = `?${random.pick(names)}=${encodeURIComponent((JSON.stringify(any()) ?? '').toWellFormed().slice(0, 300))}`
      const body = Object.fromEntries(names.filter(() => random.chance(1 / 3)).map((name) => [name, any()]))
      const response = await fetch(`${rig.parley.url}/api/v1${at}${method === 'GET' ? query : ''}`, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          'content-type': 'application/json',
          ...(round % 2 === 0 ? { 'idempotency-key': `fuzz-${path}-${round}` } : {}),
        },
        ...(method === 'GET' ? {} : { body: round === 5 ? '{"text":' : JSON.stringify(body) }),
      })
      expect({ at, status: response.status < 500 }).toEqual({ at, status: true })
      await response.text()
    }
  }
})

test('E16 a program says what it wants to be asked', async () => {
  const { call } = await rig.program()
  const criteria = { all: [{ about: 'region', oneOf: ['NO'] }] }
  expect((await call('PUT', '/criteria', { criteria })).body).toEqual({ criteria })
  expect((await call('GET', '/criteria')).body).toEqual({ criteria })
})

test('E16 an endpoint gets nothing before it answered a signed ping; then offers go there, and are answered by token', async () => {
  const { id, call } = await rig.program({ name: 'With an end' })
  const end = await startEnd(false)
  try {
    const unproven = await call('PUT', '/endpoint', { url: end.url })
    expect(unproven.body).toMatchObject({ url: end.url, state: 'unproven', failing: 'no-challenge' })
    const before = rig.hooks.sent.length
    await rig.asks('Too early for the end?')
    end.echo(true)
    expect((await call('POST', '/endpoint/test')).body).toMatchObject({ state: 'proven', failing: null })
    const visitor = await rig.asks('Which boots for snow?')
    const hook = await rig.hooks.receives(`${end.url}#program=${id}&secret=1`, 'Which boots for snow?')
    expect(JSON.stringify(rig.hooks.sent.slice(before))).not.toContain('Too early')
    const replied = await call<ProgramReplied>('POST', '/replies', { to: hook.relay?.token, text: 'High ones.' })
    expect(replied.body).toEqual({ outcome: 'accepted', because: null })
    await visitor.says('How high?')
    await rig.hooks.receives(`${end.url}#program=${id}&secret=1`, 'How high?')
    // By another's token nobody speaks.
    const stranger = await rig.program({ name: 'Stranger' })
    const stolen = await stranger.call('POST', '/replies', { to: hook.relay?.token, text: 'Low ones.' })
    expect(stolen.status).toBe(404)

    // That it was taken is written down a moment after it was.
    const newest = await waitFor('the outcome', async () => {
      const { body } = await call<ProgramPage<ProgramDelivery>>('GET', '/deliveries?limit=20')
      expect(JSON.stringify(body)).not.toContain('How high')
      return body.items.find((one) => one.kind === 'message' && one.state === 'sent')
    })
    expect(newest).toMatchObject({ conversation: visitor.conversation, reason: null, attempts: [{ outcome: 'sent' }] })
    const sent = rig.hooks.sent.length
    const again = await call<ProgramDelivery>('POST', `/deliveries/${newest.id}/resend`)
    expect(again.status).toBe(200)
    await rig.hooks.receives(`${end.url}#program=${id}&secret=1`, 'How high?', sent)
    const repeated = rig.hooks.sent.slice(sent).filter(({ reference }) => reference === newest.id)
    expect(repeated.map(({ maybeTwice }) => maybeTwice)).toEqual([true])
  } finally {
    end.close()
  }
})

test.each([
  ['http', 'http://hooks.example/'],
  ['a user', 'https://bo:secret@hooks.example/'],
  ['a fragment', 'https://hooks.example/#x'],
  ['no URL', 'hooks.example'],
  ['another protocol', 'file:///etc/passwd'],
])('E16 no endpoint: %s', async (_, url) => {
  const { call } = await rig.program()
  expect(await call('PUT', '/endpoint', { url })).toMatchObject({ status: 400, body: { code: 'bad-endpoint' } })
})

test.each([
  'https://10.0.0.1/hook',
  'https://localhost/hook',
  'https://[::ffff:127.0.0.1]/hook',
  'https://169.254.169.254/',
])('E16 an endpoint inside is never called: %s', async (url) => {
  const { call } = await rig.program()
  const kept = await call('PUT', '/endpoint', { url })
  expect(kept.body).toMatchObject({ state: 'unproven', failing: 'not-public' })
})

test('E16 a proven endpoint is replaced by one that answers, and by no other; a new secret takes over at once', async () => {
  const { id, call } = await rig.program()
  const [first, second] = [await startEnd(), await startEnd(false)]
  try {
    await call('PUT', '/endpoint', { url: first.url })
    await call('POST', '/conversations', { site: 'shop', as: 'a&b=c#d'.replaceAll(/[&=#]/g, '.'), text: 'Hello' })
    const refused = await call('PUT', '/endpoint', { url: second.url })
    expect(refused).toMatchObject({ status: 400, body: { code: 'endpoint-not-proven' } })
    expect((await call('GET', '/endpoint')).body).toMatchObject({ url: first.url, state: 'proven' })
    second.echo(true)
    expect((await call('PUT', '/endpoint', { url: second.url })).body).toMatchObject({ url: second.url })
    const shown = await rig.administrator<{ secret: string }>('POST', `${base}/${id}/secret`)
    const fresh = await call<{ secret: string }>('POST', '/endpoint/secret')
    expect(fresh.body.secret).toMatch(/^whsec_/)
    expect(fresh.body.secret).not.toBe(shown.body.secret)
    const { rows } = await rig.parley.server.db.workerPool.query<{ value: string }>(
      `select value from address where value like '%' || $1 || '%' order by value`,
      [id],
    )
    const until = /until=\d+/.exec(rows[0]?.value ?? '')?.[0]
    expect(rows.map(({ value }) => value)).toEqual([
      `${second.url}#program=${id}&secret=2&${until}`,
      `${second.url}#program=${id}&secret=2&${until}&for=a.b.c.d`,
    ])
  } finally {
    first.close()
    second.close()
  }
})

test('E16 a program that asks too much is told when to come again', async () => {
  const generous = { visitor: 1_000_000 }
  const quotas = { messages: generous, conversations: generous, uploads: generous, codes: generous, links: generous }
  const small = await startProgramRig({ settings: { quotas: { ...quotas, programs: { visitor: 2 } } } })
  try {
    const { call } = await small.program()
    expect((await call('GET', '/me')).status).toBe(200)
    expect((await call('GET', '/me')).status).toBe(200)
    const refused = await call('GET', '/me')
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  } finally {
    await small.parley.stop()
  }
})

test('E16 two programs that answer each other without end are slowed in that conversation, and in no other', async () => {
  const generous = { visitor: 1_000_000 }
  const quotas = { conversations: generous, uploads: generous, codes: generous, links: generous, programs: generous }
  const small = await startProgramRig({ settings: { quotas: { ...quotas, messages: { visitor: 3 } } } })
  try {
    const { call } = await small.program({ active: false })
    const begins = (as: string) => call<BegunConversation>('POST', '/conversations', { site: 'shop', as, text: 'One' })
    const { id } = (await begins('chatty')).body.conversation
    const says = () => call('POST', `/conversations/${id}/messages`, { text: 'And on' })
    expect([(await says()).status, (await says()).status, (await says()).status]).toEqual([200, 200, 429])
    expect((await begins('quiet')).status).toBe(200)
  } finally {
    await small.parley.stop()
  }
})

test('E16 an administrator sets and tries an endpoint, sees the log, and sends again', async () => {
  const { id, call } = await rig.program({ name: 'By hand' })
  const end = await startEnd(false)
  const own = `${base}/${id}`
  try {
    expect(await rig.administrator('PUT', `${own}/endpoint`, { url: 'http://hooks.example/' })).toMatchObject({
      status: 400,
      body: { reason: 'bad-endpoint' },
    })
    const kept = await rig.administrator<ProgramView>('PUT', `${own}/endpoint`, { url: end.url })
    expect(kept.body.endpoint).toMatchObject({ state: 'unproven', failing: 'no-challenge' })
    end.echo(true)
    const tried = await rig.administrator<ProgramView>('POST', `${own}/endpoint/test`)
    expect(tried.body.endpoint).toMatchObject({ state: 'proven' })
    end.echo(false)
    const refused = await rig.administrator<{ text: string }>('POST', `${own}/endpoint/test`)
    expect(refused.body).toMatchObject({ reason: 'endpoint-not-proven', text: expect.stringContaining('no-challenge') })

    await rig.asks('Is this seen in the log?')
    await rig.hooks.receives(`${end.url}#program=${id}&secret=1`, 'seen in the log')
    const newest = await waitFor('the outcome', async () => {
      const { body } = await rig.administrator<ProgramPage<ProgramDelivery>>('GET', `${own}/deliveries`)
      expect(JSON.stringify(body)).not.toContain('seen in the log')
      return body.items.find(({ state }) => state === 'sent')
    })
    const again = await rig.administrator('POST', `${own}/deliveries/${newest.id}/resend`)
    expect(again).toMatchObject({ status: 200, body: { id: newest.id } })
    expect((await rig.administrator('POST', `${own}/deliveries/${'0'.repeat(32)}/resend`)).status).toBe(404)
    // One program's log is not another's.
    const other = await rig.program()
    expect((await rig.administrator('POST', `${base}/${other.id}/deliveries/${newest.id}/resend`)).status).toBe(404)
    expect((await other.call('GET', `/deliveries/${newest.id}`)).status).toBe(404)
    expect((await call('GET', `/deliveries/${newest.id}`)).status).toBe(200)
  } finally {
    end.close()
  }
})
