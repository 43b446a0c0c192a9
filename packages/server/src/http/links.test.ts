import type { AdminSite, ConversationView, EnterResponse, LinkView, Problem, WidgetConfig } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskCaller, type PeopleRig, startPeopleRig } from './people-rig.fixture.ts'

let rig: PeopleRig
let admin: DeskCaller
let site: AdminSite

beforeAll(async () => {
  rig = await startPeopleRig()
  admin = await rig.atDesk(rig.parley.account.responders[0], 'bo@people.test')
  const [first] = (await admin<AdminSite[]>('GET', '/api/desk/admin/sites')).body
  if (!first) throw new Error('there is no site')
  await admin('POST', `/api/desk/admin/sites/${first.id}/topics`, { names: { en: 'Houses' } })
  site = (await admin<AdminSite[]>('GET', '/api/desk/admin/sites')).body[0] ?? first
})
afterAll(() => rig?.parley.stop())

const makes = async (more: object) =>
  (await admin<LinkView>('POST', '/api/desk/admin/links', { site: site.id, name: 'Mill House', ...more })).body

const enters = (key: string, secret?: string, page?: string) =>
  rig.call<EnterResponse & Problem>('/api/visitor/enter', {
    site: key,
    ...(secret ? { secret } : {}),
    ...(page ? { page: { url: page } } : {}),
  })

const ticketOf = async (conversation: string | undefined) => {
  const { rows } = await rig.parley.server.db.workerPool.query(
    'select facts, target, topic_id from parley.ticket where conversation_id = $1',
    [conversation],
  )
  return rows[0]
}

test('A4 what the link says stands on the ticket as implied, and whom it is for', async () => {
  const person = rig.parley.account.responders[1]?.person
  const topic = site.topics[0]?.id
  const link = await makes({ people: [person], topic, facts: { product: ['H-7'], region: ['IS'] } })
  const entered = await enters(link.code)
  const ticket = await ticketOf(entered.body.conversation?.id)
  expect(ticket.target).toEqual({ people: [person] })
  expect(ticket.topic_id).toBe(topic)
  expect(ticket.facts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ about: 'product', value: 'H-7', source: 'implied' }),
      expect.objectContaining({ about: 'region', value: 'IS', source: 'implied' }),
      expect.objectContaining({ about: 'page:link', value: 'Mill House', source: 'implied' }),
    ]),
  )
})

test('A4 the window of a link that names a topic does not ask for it', async () => {
  const link = await makes({ topic: site.topics[0]?.id })
  const config = await rig.ask<WidgetConfig>('GET', `/api/widget/${link.code}`)
  expect(config.body).toMatchObject({ topics: [], ask: { topic: 'no' } })
  expect((await rig.ask<WidgetConfig>('GET', '/api/widget/shop')).body.topics).toHaveLength(1)
})

test('A15 each link has a conversation of its own, and coming back finds it', async () => {
  const topic = site.topics[0]?.id
  const [one, two] = [await makes({ topic }), await makes({ topic })]
  const first = await enters(one.code)
  const { secret } = first.body
  const second = await enters(two.code, secret)
  const again = await enters(one.code, secret)
  expect(second.body.conversation?.id).not.toBe(first.body.conversation?.id)
  expect(again.body.conversation?.id).toBe(first.body.conversation?.id)
})

test('A15 a link that may be used once begins one conversation, however many come at once; who came finds back', async () => {
  const link = await makes({ uses: 1, topic: site.topics[0]?.id })
  const all = await Promise.all(Array.from({ length: 5 }, () => enters(link.code)))
  const inside = all.filter(({ body }) => body.conversation)
  expect(inside).toHaveLength(1)
  expect((await enters(link.code)).body.reason).toBe('link-used-up')
  expect((await enters(link.code, inside[0]?.body.secret)).body.conversation?.id).toBe(inside[0]?.body.conversation?.id)
  const links = (await admin<LinkView[]>('GET', '/api/desk/admin/links')).body
  expect(links.find(({ id }) => id === link.id)?.used).toBe(1)
})

test('A15 two windows of one visitor that come at the same moment are in one conversation, which counts once', async () => {
  const link = await makes({ uses: 1, topic: site.topics[0]?.id })
  const { secret } = (await enters('shop')).body
  const both = await Promise.all([enters(link.code, secret), enters(link.code, secret)])
  const [one, two] = both.map(({ body }) => body.conversation?.id)
  expect(one).toBeTruthy()
  expect(two).toBe(one)
  const links = (await admin<LinkView[]>('GET', '/api/desk/admin/links')).body
  expect(links.find(({ id }) => id === link.id)?.used).toBe(1)
})

test('A15 an ended link lets nobody new in and says so; a token from before begins nothing more by it', async () => {
  const link = await makes({})
  // The site asks for a topic, so that nothing has begun yet.
  const early = await enters(link.code)
  expect(early.body.conversation).toBeNull()
  await admin('POST', `/api/desk/admin/links/${link.id}/end`, {})
  expect((await enters(link.code)).body).toMatchObject({ reason: 'link-expired' })
  const begun = await rig.call<ConversationView & Problem>(
    '/api/visitor/conversation',
    {},
    { authorization: `Bearer ${early.body.token}` },
  )
  expect(begun.body.reason).toBe('link-expired')
})

test('A15 on a page of the account’s own the link may stand in the address; elsewhere’s, ended and made-up ones are as if they were not there', async () => {
  const link = await makes({ topic: site.topics[0]?.id })
  const byPage = await enters('shop', undefined, `https://shop.test/flat?parley-link=${link.code}`)
  expect((await ticketOf(byPage.body.conversation?.id)).facts).toContainEqual(
    expect.objectContaining({ about: 'page:link', value: 'Mill House' }),
  )
  for (const code of ['made-up', '', 'DROP TABLE', link.code.slice(1)]) {
    const entered = await enters('shop', undefined, `https://shop.test/?parley-link=${encodeURIComponent(code)}`)
    expect([entered.status, entered.body.conversation]).toEqual([200, null])
  }
})

test('A15 the page of a link is the window, in no frame; one that is not there has a page that says what to do', async () => {
  const link = await makes({})
  const page = await fetch(`${rig.parley.url}/l/${link.code}`)
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  const unknown = await fetch(`${rig.parley.url}/l/nowhere`, { headers: { 'accept-language': 'de' } })
  expect(unknown.status).toBe(404)
  expect(await unknown.text()).toContain('Dieser Link führt nirgendwohin')
  expect((await enters('nowhere')).status).toBe(404)
})
