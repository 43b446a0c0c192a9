import type { AdminSite, OwnAddressesView, OwnAddressView } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount } from '../../accounts/index.ts'
import { type DeskCaller, type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'

const path = '/api/desk/admin/own-addresses'

let rig: PeopleRig
let admin: DeskCaller
let cleo: DeskCaller
let stranger: DeskCaller
let site: AdminSite

beforeAll(async () => {
  rig = await startPeopleRig()
  const { responders } = rig.parley.account
  admin = await rig.atDesk(responders[0], 'bo@people.test')
  cleo = await rig.atDesk(responders[1], 'cleo@people.test')
  const { db, signIn } = rig.parley.server
  const eve = { name: 'Eve', alias: 'Ivy', language: 'en', emails: ['eve@other.test'] }
  const other = await createAccount(db, { name: 'Other', sites: [], responders: [eve] }, new Date())
  const person = other.responders[0]?.person
  if (!person) throw new Error('nobody there')
  await signIn.createSignInFor(other.account, person, 'eve@other.test')
  stranger = await rig.byLink((await signIn.oneTimeLink({ account: other.account, person })) ?? '')
  const [first] = (await admin<AdminSite[]>('GET', '/api/desk/admin/sites')).body
  if (!first) throw new Error('there is no site')
  site = first
})
afterAll(() => rig?.parley.stop())

const help = () => ({ medium: 'email', value: ' Help@Fjord.test ', purpose: 'public', site: site.id })

test('A15 an administrator keeps the addresses that anyone may write to, with keywords for topics, and gives them up', async () => {
  const added = await admin<OwnAddressView>('POST', path, { ...help(), language: 'de' })
  expect(added).toMatchObject({
    status: 200,
    body: { value: 'Help@Fjord.test', purpose: 'public', language: 'de', keywords: [], places: 0, isRetired: false },
  })
  expect(await admin('POST', path, { ...help(), value: 'help@fjord.test' })).toMatchObject({
    status: 400,
    body: { reason: 'address-taken' },
  })
  const topic = (
    await admin<{ topics: { id: string }[] }>('POST', `/api/desk/admin/sites/${site.id}/topics`, {
      names: { en: 'Boats' },
    })
  ).body.topics.at(-1)?.id
  const keywords = [
    { keyword: 'kayak*', topic },
    { keyword: 'Kayak*', topic },
  ]
  const changed = await admin<OwnAddressView>('PATCH', `${path}/${added.body.id}`, { keywords, language: null })
  expect(changed.body).toMatchObject({ keywords: [{ keyword: 'Kayak*', topic }], language: null })
  const retired = await admin<OwnAddressView>('POST', `${path}/${added.body.id}/retire`, {})
  expect(retired.body).toMatchObject({ isRetired: true })
  // What was given up is free again.
  expect(await admin('POST', path, help())).toMatchObject({ status: 200 })
  const { body } = await admin<OwnAddressesView>('GET', path)
  expect(body.media).toEqual([{ medium: 'email', isShared: false }])
  expect(body.addresses.map(({ isRetired }) => isRetired)).toEqual([false, true])
})

test.each([
  ['what is no address', { value: 'help' }, 'malformed'],
  ['a medium that nobody speaks here', { medium: 'xmpp', value: 'help@chat.test' }, 'no-such-medium'],
  ['no site', { value: 'a@fjord.test', site: null }, 'site-needed'],
  ['a site of nobody', { value: 'b@fjord.test', site: '0190a000-0000-7000-8000-000000000001' }, 'unknown-choice'],
])('A15 %s is refused with its reason', async (_, part, reason) => {
  expect(await admin('POST', path, { ...help(), ...part })).toMatchObject({ status: 400, body: { reason } })
})

test('A15 keywords without a word, and topics of nobody, are refused, and nothing else is touched', async () => {
  const { id } = (await admin<OwnAddressView>('POST', path, { ...help(), value: 'more@fjord.test' })).body
  const topic = '0190a000-0000-7000-8000-000000000001'
  for (const [keyword, reason] of [
    ['!!!', 'keyword-empty'],
    ['boat', 'unknown-choice'],
  ] as const) {
    const change = { language: 'fr', keywords: [{ keyword, topic }] }
    expect(await admin('PATCH', `${path}/${id}`, change)).toMatchObject({ status: 400, body: { reason } })
  }
  const all = (await admin<OwnAddressesView>('GET', path)).body.addresses
  expect(all.find((one) => one.id === id)).toMatchObject({ language: null, keywords: [] })
})

test('A15 nobody but an administrator of the account sees or changes them', async () => {
  const { id } = (await admin<OwnAddressView>('POST', path, { ...help(), value: 'own@fjord.test' })).body
  const calls: [string, string, unknown][] = [
    ['GET', path, undefined],
    ['POST', path, help()],
    ['PATCH', `${path}/${id}`, { language: 'fr' }],
    ['POST', `${path}/${id}/retire`, {}],
  ]
  for (const [method, at, body] of calls) {
    expect(await cleo(method, at, body)).toMatchObject({ status: 403 })
    expect(await rig.ask(method, at, body)).toMatchObject({ status: 401 })
  }
  expect((await stranger<OwnAddressesView>('GET', path)).body.addresses).toEqual([])
  for (const [method, at, body] of calls.slice(2))
    expect(await stranger(method, at, body)).toMatchObject({ status: 404 })
  const all = (await admin<OwnAddressesView>('GET', path)).body.addresses
  expect(all.find((one) => one.id === id)).toMatchObject({ language: null, isRetired: false })
})
