import type {
  AdminCategory,
  AdminSite,
  CategoriesView,
  ConversationView,
  EnterResponse,
  FieldsView,
  Problem,
} from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskCaller, type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'

let rig: PeopleRig
let admin: DeskCaller
let operator: DeskCaller

beforeAll(async () => {
  rig = await startPeopleRig()
  const { responders } = rig.parley.account
  admin = await rig.atDesk(responders[0], 'bo@people.test')
  operator = await rig.atDesk(responders[1], 'cleo@people.test')
})
afterAll(() => rig?.parley.stop())

test('C1 administrators keep the list of categories; everybody at the desk reads it in their language', async () => {
  const add = async (names: Record<string, string>, colour?: number) =>
    (await admin<AdminCategory>('POST', '/api/desk/admin/categories', { names, ...(colour ? { colour } : {}) })).body
  const boots = await add({ en: 'Boots', de: 'Stiefel' }, 3)
  const tents = await add({ fr: 'Tentes' })
  const change = (id: string, patch: object) => admin<AdminCategory>('PUT', `/api/desk/admin/categories/${id}`, patch)
  expect((await change(tents.id, { position: 0, isRetired: true })).body).toMatchObject({ isRetired: true })
  const read = await operator<CategoriesView>('GET', '/api/desk/categories')
  expect(read.body.categories).toEqual([
    { id: tents.id, name: 'Tentes', colour: 0, isRetired: true },
    { id: boots.id, name: 'Boots', colour: 3, isRetired: false },
  ])
  expect((await change(boots.id, { isRetired: false, names: { en: 'Shoes' } })).body.names).toEqual({ en: 'Shoes' })
})

test('C1 nobody else keeps it, and what is no name, no colour and no category of this account is refused', async () => {
  const path = '/api/desk/admin/categories'
  expect((await operator('POST', path, { names: { en: 'x' } })).body.reason).toBe('not-allowed')
  expect((await operator('GET', path)).body.reason).toBe('not-allowed')
  expect((await rig.ask('GET', '/api/desk/categories')).body.reason).toBe('unauthorised')
  for (const body of [{}, { names: {} }, { names: { en: ' ' } }, { names: { en: 'x' }, colour: 8 }, { names: 'x' }]) {
    expect((await admin('POST', path, body)).body.reason).toBe('malformed-request')
  }
  const nowhere = `${path}/01890000-0000-7000-8000-000000000000`
  expect((await admin('PUT', nowhere, { isRetired: true })).body.reason).toBe('not-there')
  expect((await admin('PUT', `${path}/x`, { isRetired: true })).body.reason).toBe('not-there')
})

test('C1 what stands beside a conversation is read by those who may set it, and not there for anybody else', async () => {
  const entered = await rig.call<EnterResponse & Problem>('/api/visitor/enter', { site: 'shop' })
  const begun = await rig.call<ConversationView & Problem>(
    '/api/visitor/conversation',
    {},
    { authorization: `Bearer ${entered.body.token}` },
  )
  const path = `/api/desk/fields?conversation=${begun.body.id}`
  expect((await operator('GET', path)).body.reason).toBe('not-there')
  // Whoever watches over the account may: the first of it administers it.
  expect((await admin<FieldsView>('GET', path)).body).toMatchObject({ name: null, tags: [], categories: null })
  expect((await admin('GET', '/api/desk/fields')).body.reason).toBe('malformed-request')
  expect((await admin('GET', `${path}&ticket=${begun.body.id}`)).body.reason).toBe('malformed-request')
})

test('C7 in a window words go on in the closed conversation where the site opens it again, and opening the window alone does not', async () => {
  const [site] = (await admin<AdminSite[]>('GET', '/api/desk/admin/sites')).body
  if (!site) throw new Error('there is no site')
  const setDays = (withinDays: number) =>
    admin('PATCH', `/api/desk/admin/sites/${site.id}`, { policy: { ...site.policy, reopen: { withinDays } } })
  await setDays(3)
  const entered = await rig.call<EnterResponse & Problem>('/api/visitor/enter', { site: 'shop' })
  const { secret } = entered.body
  const asVisitor = { authorization: `Bearer ${entered.body.token}` }
  const begin = async () =>
    (await rig.call<ConversationView & Problem>('/api/visitor/conversation', {}, asVisitor)).body
  const first = await begin()
  const end = async () => {
    const input = { what: { conversation: first.id } }
    expect((await admin('POST', '/api/desk/operations/close', { operation: crypto.randomUUID(), input })).status).toBe(
      200,
    )
  }
  await end()
  const again = await rig.call<EnterResponse & Problem>('/api/visitor/enter', { site: 'shop', secret })
  expect(again.body.conversation).toBeNull()
  expect(await begin()).toMatchObject({ id: first.id, state: 'open' })
  await setDays(0)
  await end()
  expect((await begin()).id).not.toBe(first.id)
})
