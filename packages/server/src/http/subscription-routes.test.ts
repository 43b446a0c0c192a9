import type { Channel } from '@parley/channel-sdk'
import type { EnterResponse, Me, Problem, SubscriptionView } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Postbox } from './link/link-rig.fixture.ts'
import { type DeskCaller, type PeopleRig, startPeopleRig } from './people-rig.fixture.ts'

/** Takes endpoints of one push service, and sends nothing. */
const push: Channel = {
  name: 'push',
  medium: 'push',
  abilities: { addresses: 'none', style: 'lines', attachments: 'links', typing: false, receipts: 'none' },
  repeatsUnknown: true,
  subscriptions: {
    publicKey: 'our-public-key',
    read(given) {
      const { endpoint } = (given ?? {}) as { endpoint?: unknown }
      const isKnown = typeof endpoint === 'string' && endpoint.startsWith('https://push.test/')
      return isKnown ? { to: JSON.stringify(given), key: endpoint } : null
    },
  },
  start: async () => undefined,
  stop: async () => undefined,
  send: async () => ({ status: 'sent' }),
  health: () => ({ state: 'up' }),
}
const subscription = (name: string) => ({
  endpoint: `https://push.test/${name}`,
  keys: { p256dh: 'secret-key', auth: 'secret-auth' },
})

let rig: PeopleRig
let bo: DeskCaller
let cleo: DeskCaller

beforeAll(async () => {
  rig = await startPeopleRig({ channels: [new Postbox(), push] })
  const [first, second] = rig.parley.account.responders
  bo = await rig.atDesk(first, 'bo@people.test')
  cleo = await rig.atDesk(second, 'cleo@people.test')
})
afterAll(() => rig?.parley.stop())

const keep = (desk: DeskCaller, name: string, showsWords = false) =>
  desk<SubscriptionView & Problem>('POST', '/api/desk/push', { subscription: subscription(name), showsWords })
const look = async (desk: DeskCaller, name: string) =>
  (await desk<SubscriptionView>('POST', '/api/desk/push/look', { endpoint: subscription(name).endpoint })).body

test('E14 a browser subscribes, changes what it may show, asks after itself, and stops', async () => {
  expect((await rig.ask('GET', '/api/push/key')).body).toEqual({ key: 'our-public-key' })
  expect(await look(bo, 'one')).toEqual({ on: false, showsWords: false })
  expect((await keep(bo, 'one')).body).toEqual({ on: true, showsWords: false })
  expect((await keep(bo, 'one', true)).body).toEqual({ on: true, showsWords: true })
  expect(await look(bo, 'one')).toEqual({ on: true, showsWords: true })
  await bo('POST', '/api/desk/push/drop', { endpoint: subscription('one').endpoint })
  expect(await look(bo, 'one')).toEqual({ on: false, showsWords: false })
})

test('E14 no answer holds where it leads or with what it is encrypted', async () => {
  await keep(bo, 'two')
  const { body } = await bo<Me>('GET', '/api/desk/me')
  expect(body.addresses.filter(({ medium }) => medium === 'push')).toHaveLength(1)
  const people = await bo<unknown>('GET', '/api/desk/admin/people')
  expect(JSON.stringify([body, people.body])).not.toMatch(/push\.test|secret-key|secret-auth/)
})

test('E14 who signs in there after somebody else is told from then on, and the one before is not', async () => {
  await keep(bo, 'shared')
  await keep(cleo, 'shared')
  expect(await look(bo, 'shared')).toMatchObject({ on: false })
  expect(await look(cleo, 'shared')).toMatchObject({ on: true })
  await bo('POST', '/api/desk/push/drop', { endpoint: subscription('shared').endpoint })
  expect(await look(cleo, 'shared')).toMatchObject({ on: true })
})

test('E14 an endpoint that no push service has is refused, and so is whoever is not signed in', async () => {
  const inside = { endpoint: 'https://127.0.0.1/', keys: {} }
  const refused = await bo<Problem>('POST', '/api/desk/push', { subscription: inside, showsWords: false })
  expect([refused.status, refused.body.reason]).toEqual([400, 'malformed-request'])
  for (const path of ['/api/desk/push', '/api/desk/push/look', '/api/visitor/push', '/api/visitor/push/drop']) {
    expect((await rig.ask('POST', path, {})).status).toBe(401)
  }
  const elsewhere = await bo(
    'POST',
    '/api/desk/push',
    { subscription: subscription('x'), showsWords: true },
    'https://evil.test',
  )
  expect(elsewhere.status).toBe(401)
})

test('E14 a visitor subscribes with the page that they are on, which is one of ours', async () => {
  const entered = await rig.call<EnterResponse>('/api/visitor/enter', { site: 'shop' })
  const headers = { authorization: `Bearer ${entered.body.token}` }
  const subscribe = (page: string) =>
    rig.call<SubscriptionView>(
      '/api/visitor/push',
      { subscription: subscription('ana'), showsWords: false, page },
      headers,
    )
  expect((await subscribe('/w/shop')).body).toEqual({ on: true, showsWords: false })
  for (const page of ['https://evil.test/', '//evil.test', '/desk/', '/w/../desk', '/w/shop?x', '']) {
    expect((await subscribe(page)).status, page).toBe(400)
  }
})

test('E14 a service worker moves a subscription with the old endpoint as proof, and nobody without it', async () => {
  await keep(bo, 'old')
  const renew = (endpoint: string) =>
    rig.ask('POST', '/api/push/renew', { endpoint, subscription: subscription('new') })
  expect((await renew('https://push.test/guessed')).status).toBe(404)
  expect((await renew(subscription('old').endpoint)).status).toBe(200)
  expect(await look(bo, 'old')).toMatchObject({ on: false })
  expect(await look(bo, 'new')).toMatchObject({ on: true })
})
