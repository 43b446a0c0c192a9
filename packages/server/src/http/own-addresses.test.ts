import { renderLines } from '@parley/channel-sdk'
import type { AddressView, EnterResponse, MediaView, Problem } from '@parley/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Postbox } from './link/link-rig.fixture.ts'
import { type DeskCaller, type PeopleRig, startPeopleRig } from './people-rig.fixture.ts'

const mail = new Postbox()
const phones = new Postbox('sms')
const messenger = new Postbox('xmpp')
let rig: PeopleRig
let bo: DeskCaller
let count = 0

beforeAll(async () => {
  rig = await startPeopleRig({
    channels: [mail, phones, messenger],
    account: {
      name: 'Fjord & Field',
      sites: [{ key: 'shop', name: 'Fjord & Field', domains: [], topics: [], policy: { countries: ['NO'] } }],
      responders: [{ name: 'Bo', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] }],
    },
  })
  bo = await rig.atDesk(rig.parley.account.responders[0], 'bo@people.test')
})
afterAll(() => rig?.parley.stop())
beforeEach(() => {
  count += 1
})

type Caller = <T>(method: string, path: string, body?: object) => Promise<{ status: number; body: T & Problem }>

async function aVisitor(): Promise<Caller> {
  const entered = await rig.call<EnterResponse>('/api/visitor/enter', { site: 'shop' })
  return async <T>(method: string, path: string, body?: object) => {
    const response = await fetch(`${rig.parley.url}/api/visitor${path}`, {
      method,
      headers: {
        authorization: `Bearer ${entered.body.token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, body: (await response.json()) as T & Problem }
  }
}

async function codeAt(post: Postbox, address: string, notBefore = 0): Promise<string> {
  const sent = await post.receives(address, '"kind":"code"', notBefore)
  return sent.content.blocks.find((block) => block.kind === 'code')?.code ?? ''
}

const aNumber = () => `+47406${String(10_000 + count)}`

test('A12 only media that are spoken here are offered, to visitors and to responders alike', async () => {
  const visitor = await aVisitor()
  const media = ['email', 'sms', 'xmpp']
  expect((await visitor<MediaView>('GET', '/media')).body).toEqual({ media })
  expect((await bo<MediaView>('GET', '/api/desk/media')).body).toEqual({ media })
  expect((await visitor('POST', '/addresses', { medium: 'sip', value: 'bo@phones.test' })).body.reason).toBe(
    'no-such-medium',
  )
})

test.each([
  ['sms', phones, '40 61 23 45', '+4740612345'],
  ['xmpp', messenger, 'Cy@Jabber.test/phone', 'cy@jabber.test'],
  ['email', mail, ' Cy@letters.test ', 'Cy@letters.test'],
] as const)(
  'A12 over %s an address is theirs once the code that went there has come back',
  async (medium, post, typed, value) => {
    const visitor = await aVisitor()
    const added = await visitor<AddressView>('POST', '/addresses', { medium, value: typed })
    expect(added.body).toMatchObject({ medium, value, state: 'unproven' })
    const code = await codeAt(post, value)
    const { text } = renderLines(await post.receives(value, '"kind":"code"'))
    // One segment, where it goes by text message.
    const short = `Fjord & Field: your code, good for 15 minutes\n\n${code}\n\nNot you? Ignore this.`
    if (medium !== 'email') expect(text).toBe(short)
    const wrong = code === '000000' ? '000001' : '000000'
    const confirm = (given: string) =>
      visitor<AddressView>('POST', '/addresses/confirm', { address: added.body.id, code: given })
    expect((await confirm(wrong)).body.reason).toBe('wrong-code')
    expect((await confirm(` ${code.slice(0, 3)} ${code.slice(3)} `)).body).toMatchObject({ state: 'proven' })
    expect((await confirm(code)).body.reason).toBe('not-there')
  },
)

test('A12 a code is good for six tries, and then for none', async () => {
  const visitor = await aVisitor()
  const added = await visitor<AddressView>('POST', '/addresses', { medium: 'sms', value: aNumber() })
  const code = await codeAt(phones, aNumber())
  const wrong = code === '111111' ? '222222' : '111111'
  const reasons: (string | undefined)[] = []
  for (const given of [wrong, wrong, wrong, wrong, wrong, wrong, code]) {
    const { body } = await visitor('POST', '/addresses/confirm', { address: added.body.id, code: given })
    reasons.push(body.reason)
  }
  expect(reasons).toEqual([...Array(6).fill('wrong-code'), 'too-many'])
})

test('A12 a number is sent three codes in an hour, whoever asks, and a visitor can have five sent', async () => {
  const reasons: (string | undefined)[] = []
  for (let times = 0; times < 4; times += 1) {
    const visitor = await aVisitor()
    reasons.push((await visitor('POST', '/addresses', { medium: 'sms', value: aNumber() })).body.reason)
  }
  expect(reasons).toEqual([undefined, undefined, undefined, 'too-many'])
  const other = await aVisitor()
  const answers: number[] = []
  for (let number = 0; number < 6; number += 1) {
    // From elsewhere, so that it is their own bound that is met and not the network's.
    await rig.parley.server.db.workerPool.query('update parley.code_sent set network_hash = null')
    answers.push((await other('POST', '/addresses', { medium: 'sms', value: `+4790${600_000 + number}` })).status)
  }
  expect(answers).toEqual([200, 200, 200, 200, 200, 429])
})

test('A12 one network can have ten paid codes sent in an hour', async () => {
  await rig.parley.server.db.workerPool.query('delete from parley.code_sent')
  const answers: number[] = []
  for (let number = 0; number < 11; number += 1) {
    const visitor = await aVisitor()
    answers.push((await visitor('POST', '/addresses', { medium: 'sms', value: `+4791${700_000 + number}` })).status)
  }
  expect(answers).toEqual([...Array(10).fill(200), 429])
  await rig.parley.server.db.workerPool.query('delete from parley.code_sent')
})

test.each([
  ['email', 'x@relay.test', 'own-domain'],
  ['xmpp', 'x@relay.test', 'own-domain'],
  ['sms', '12', 'malformed'],
  ['sms', '+47 829 00 000', 'not-reachable'],
  ['xmpp', 'jabber.test', 'malformed'],
])('A12 over %s the address %s is refused, and nothing is sent', async (medium, value, reason) => {
  const visitor = await aVisitor()
  expect((await visitor('POST', '/addresses', { medium, value })).body.reason).toBe(reason)
  const { rows } = await rig.parley.server.db.workerPool.query(
    'select 1 from parley.address where value = $1 or value_key = $1',
    [value],
  )
  expect(rows).toEqual([])
})

test('A12 a number or an address of ours is nobody’s to give', async () => {
  await rig.parley.server.db.workerPool.query(
    `insert into parley.own_address (account_id, own_address_id, medium, value, value_key, purpose, created_at)
     values (gen_random_uuid(), gen_random_uuid(), 'sms', '+4722334455', '+4722334455', 'pool', now()),
       ($1, gen_random_uuid(), 'email', 'help@fjord.test', 'help@fjord.test', 'public', now())`,
    [rig.parley.account.account],
  )
  const visitor = await aVisitor()
  for (const [medium, value] of [
    ['sms', '22 33 44 55'],
    ['email', 'Help@Fjord.test'],
  ]) {
    expect((await visitor('POST', '/addresses', { medium, value })).body.reason).toBe('own-domain')
  }
})

test('A12 the address that a visitor proved last comes first; a responder keeps their own order', async () => {
  const visitor = await aVisitor()
  const prove = async (caller: Caller, prefix: string, post: Postbox, medium: string, value: string) => {
    const added = await caller<AddressView>('POST', `${prefix}/addresses`, { medium, value })
    const code = await codeAt(post, value)
    await caller('POST', `${prefix}/addresses/confirm`, { address: added.body.id, code })
  }
  await prove(visitor, '', mail, 'email', 'dee@letters.test')
  await prove(visitor, '', phones, 'sms', aNumber())
  const list = (await visitor<AddressView[]>('GET', '/addresses')).body
  expect(list.map(({ medium, position }) => [medium, position])).toEqual([
    ['sms', 0],
    ['email', 1],
  ])
  await prove(bo as Caller, '/api/desk', phones, 'sms', '+4740699999')
  const me = (await bo<{ addresses: AddressView[] }>('GET', '/api/desk/me')).body.addresses
  expect(me.map(({ medium }) => medium)).toEqual(['email', 'sms'])
  const [, phone] = me
  const change = (patch: object) => bo<AddressView[]>('PATCH', `/api/desk/addresses/${phone?.id}`, patch)
  expect((await change({ position: 0 })).body.map(({ medium }) => medium)).toEqual(['sms', 'email'])
  const hours = { timeZone: 'Europe/Oslo', week: [{ day: 1, from: 480, to: 960 }] }
  expect((await change({ hours, offers: false })).body[0]).toMatchObject({ hours, offers: false })
  expect((await change({ hours: null })).body[0]).not.toHaveProperty('hours')
  expect((await change({ hours: { timeZone: 'Mars', week: [] } })).body.reason).toBe('criteria-refused')
  expect((await visitor('PATCH', `/addresses/${phone?.id}`, { position: 0 })).status).toBe(404)
  expect((await visitor('DELETE', `/addresses/${phone?.id}`)).status).toBe(404)
})
