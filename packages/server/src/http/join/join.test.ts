import type {
  AdminPerson,
  InvitationResponse,
  JoinConfirmResponse,
  JoiningView,
  JoinPageView,
  JoinResponse,
  Me,
  MembershipView,
} from '@parley/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { linkIn } from '../link/link-rig.fixture.ts'
import { type DeskCaller, type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'

let rig: PeopleRig
let admin: DeskCaller
let page: string
let count = 0

beforeAll(async () => {
  rig = await startPeopleRig()
  admin = await rig.atDesk(rig.parley.account.responders[0], 'bo@people.test')
  const { body } = await admin<JoiningView>('GET', '/api/desk/admin/joining')
  page = `/api/join/${body.url.split('/').at(-1)}`
})
afterAll(() => rig?.parley.stop())
beforeEach(() => {
  count += 1
})

const opens = (mode: string) => admin('PATCH', '/api/desk/admin/joining', { mode })
const fresh = () => `someone${count}@people.test`

async function invites(options: object = {}): Promise<string> {
  const { body } = await admin<InvitationResponse>('POST', '/api/desk/admin/invitations', { name: 'x', ...options })
  return body.url.split('#i=')[1] ?? ''
}

const asks = (email: string, more: object = {}) =>
  rig.ask<JoinResponse>('POST', page, {
    name: 'Gus P',
    alias: 'Thistle',
    language: 'en',
    medium: 'email',
    value: email,
    ...more,
  })

async function codeAt(email: string, notBefore = 0): Promise<string> {
  const mail = await rig.post.receives(email, '"kind":"code"', notBefore)
  const block = mail.content.blocks.find((one) => one.kind === 'code')
  return block?.code ?? ''
}

async function joins(email: string, more: object = {}) {
  const notBefore = rig.post.sent.length
  const begun = await asks(email, more)
  if (begun.status !== 200) return begun
  const code = await codeAt(email, notBefore)
  return rig.ask<JoinConfirmResponse>('POST', `${page}/confirm`, { key: begun.body.key, code })
}

const stateOf = async (email: string) =>
  (await admin<AdminPerson[]>('GET', '/api/desk/admin/people')).body.find(({ addresses }) =>
    addresses.some(({ value }) => value === email),
  )?.state

test('A5 the joining page says whose it is and what may be chosen, and is nobody’s for a wrong key', async () => {
  await opens('open')
  const { body } = await rig.ask<JoinPageView>('GET', `${page}?language=de`)
  expect(body).toMatchObject({ account: 'Fjord & Field', mode: 'open' })
  expect((await rig.ask('GET', '/api/join/0000000000000000')).status).toBe(404)
  const open = await fetch(`${rig.parley.url}${page.replace('/api', '')}`, { redirect: 'manual' })
  expect(open.headers.get('location')).toMatch(/^\/desk\/join\/[0-9a-f]{16}$/)
})

test('A5 in an open account anyone joins once their address is proven, is asked, and comes to the desk', async () => {
  await opens('open')
  const done = await joins(fresh(), { keywords: ['windmill'] })
  expect(done.body).toMatchObject({ state: 'active', known: false })
  const desk = await rig.byLink('signIn' in done.body ? (done.body.signIn ?? '') : '')
  expect((await desk<Me>('GET', '/api/desk/me')).body).toMatchObject({ alias: 'Thistle', role: 'responder' })
  await rig.post.receives(fresh(), 'You have joined Fjord & Field')
  await rig.asks(`A windmill for number ${count}?`)
  await rig.post.receives(fresh(), `A windmill for number ${count}?`)
})

test('A5 who has not proven an address gets nothing: no question, no sign-in, no place in any list', async () => {
  await opens('open')
  const { body } = await asks(fresh())
  await codeAt(fresh())
  await rig.asks(`Who is there, ${count}?`)
  await rig.post.receives('bo@people.test', `Who is there, ${count}?`)
  expect(rig.post.sent.filter(({ to }) => to === fresh()).map(({ kind }) => kind)).toEqual(['notice'])
  expect(await stateOf(fresh())).toBeUndefined()
  for (const code of ['000000', '', 'abcdef']) {
    const wrong = await rig.ask('POST', `${page}/confirm`, { key: body.key, code })
    expect([wrong.status, wrong.body.reason]).toEqual([400, 'wrong-code'])
  }
  expect((await rig.ask('POST', `${page}/confirm`, { key: 'somebody', code: '1' })).status).toBe(404)
})

test('A5 an invitation is good for as many as it says, and not when it is over or made up', async () => {
  await opens('invited')
  expect((await joins(fresh())).body).toMatchObject({ reason: 'invitation-needed' })
  const invitation = await invites({ uses: 1 })
  const both = await Promise.all(['a', 'b'].map((who) => joins(`${who}-${fresh()}`, { invitation })))
  expect(both.map(({ body }) => body.reason ?? 'in').sort()).toEqual(['in', 'invitation-ended'])
  expect((await asks(fresh(), { invitation })).body.reason).toBe('invitation-ended')
  expect((await asks(fresh(), { invitation: 'made-up' })).body.reason).toBe('invitation-ended')
  const other = await invites()
  const { body } = await admin<JoiningView>('GET', '/api/desk/admin/joining')
  await admin('POST', `/api/desk/admin/invitations/${body.invitations[0]?.id}/end`, {})
  expect((await asks(fresh(), { invitation: other })).body.reason).toBe('invitation-ended')
  const looked = await rig.ask<{ standing: string }>('POST', `${page}/invitation`, { invitation: other })
  expect(looked.body.standing).toBe('ended')
})

test('A5 an invitation is mailed, leads to the page, and puts who comes by it into its team', async () => {
  await opens('invited')
  const team = await admin<{ id: string }>('POST', '/api/desk/admin/teams', { kind: 'team', names: { en: 'Mill' } })
  await admin('POST', '/api/desk/admin/invitations', { name: 'x', team: team.body.id, email: fresh() })
  const link = linkIn(await rig.post.receives(fresh(), 'lädt Sie ein'))
  expect(link.pathname).toBe(page.replace('/api', ''))
  const done = await joins(fresh(), { invitation: link.hash.slice('#i='.length) })
  expect(done.body).toMatchObject({ state: 'active' })
  const { body } = await admin<{ members: string[] }[]>('GET', '/api/desk/admin/teams')
  expect(body[0]?.members).toHaveLength(1)
})

test('A5 where a yes is needed they wait, the administrator is told, and either answer reaches them kindly', async () => {
  await opens('approved')
  const before = rig.post.sent.length
  expect((await joins(fresh())).body).toEqual({ state: 'waiting', known: false, signIn: null })
  await rig.post.receives(fresh(), 'Somebody there will look at it')
  await rig.post.receives('bo@people.test', 'wartet auf Ihr Ja oder Nein', before)
  await rig.asks(`Is anybody waiting, ${count}?`)
  await rig.post.receives('bo@people.test', `Is anybody waiting, ${count}?`)
  expect(rig.post.sent.some(({ to, kind }) => to === fresh() && kind === 'offer')).toBe(false)
  const waiting = (await admin<AdminPerson[]>('GET', '/api/desk/admin/people')).body[0]
  expect(waiting?.state).toBe('waiting')
  await admin('PATCH', `/api/desk/admin/people/${waiting?.id}`, { state: 'active' })
  await rig.post.receives(fresh(), 'you are now part of Fjord & Field')
  const second = `second-${fresh()}`
  await joins(second)
  const next = (await admin<AdminPerson[]>('GET', '/api/desk/admin/people')).body[0]
  await admin('PATCH', `/api/desk/admin/people/${next?.id}`, { state: 'removed' })
  await rig.post.receives(second, 'decided not to add anyone')
  expect((await joins(second)).body.reason).toBe('removed')
})

test('A5 they pause, leave and come back by the link in every question, which does nothing until they click', async () => {
  await opens('open')
  await joins(fresh())
  const words = `Where does the ferry number ${count} land?`
  await rig.asks(words)
  const link = linkIn(await rig.post.receives(fresh(), words))
  const key = link.hash.slice('#m='.length)
  const membership = (state?: string) =>
    rig.ask<MembershipView>('POST', '/api/join/membership', { key, ...(state ? { state } : {}) })
  expect((await membership()).body.state).toBe('active')
  expect((await membership('paused')).body.state).toBe('paused')
  expect(await stateOf(fresh())).toBe('paused')
  expect((await membership('left')).body.state).toBe('left')
  const before = rig.post.sent.length
  await rig.asks(`And the boat, ${count}?`)
  await rig.post.receives('bo@people.test', `And the boat, ${count}?`)
  expect(rig.post.sent.slice(before).some(({ to }) => to === fresh())).toBe(false)
  const { rows } = await rig.parley.server.db.workerPool.query(
    `select o.state from parley.offer o join parley.address a on a.person_id = o.person_id where a.value = $1`,
    [fresh()],
  )
  expect(rows.map(({ state }) => state)).not.toContain('open')
  await opens('closed')
  expect((await membership('active')).body.state).toBe('active')
  const forged = `${key.slice(0, -4)}AAAA`
  expect((await rig.ask('POST', '/api/join/membership', { key: forged, state: 'left' })).status).toBe(404)
})

test('A5 whoever was here before is known by the address, and only to who can read its mail', async () => {
  await opens('open')
  await joins(fresh())
  const before = rig.post.sent.length
  const begun = await asks(fresh(), { alias: 'Somebody Else' })
  await codeAt(fresh(), before)
  expect(begun.status).toBe(200)
  const again = await joins(fresh(), { alias: 'Somebody Else' })
  expect(again.body).toMatchObject({ state: 'active', known: true })
  const { body } = await admin<AdminPerson[]>('GET', '/api/desk/admin/people')
  expect(body.filter(({ addresses }) => addresses.some(({ value }) => value === fresh()))).toMatchObject([
    { alias: 'Thistle' },
  ])
})

test.each([
  ['an address that is none', { value: 'nobody' }, 'malformed'],
  ['one of our own addresses', { value: 'x@relay.test' }, 'own-domain'],
  ['an address on a medium that nobody here speaks', { medium: 'sms', value: '+4740612345' }, 'no-such-medium'],
  ['an alias that gives them away', { alias: 'gus@people.test' }, 'alias-reveals'],
  ['a topic that is not there', { topics: ['0190a000-0000-7000-8000-000000000001'] }, 'unknown-choice'],
  [
    'an unknown time zone',
    { hours: { timeZone: 'Mars/Phobos', week: [{ day: 1, from: 0, to: 60 }] } },
    'unknown-choice',
  ],
  ['a day that is none', { hours: { timeZone: 'UTC', week: [{ day: 9, from: 0, to: 60 }] } }, 'unknown-choice'],
  ['an empty name', { name: ' ' }, 'malformed-request'],
  ['more than was asked', { role: 'administrator' }, 'malformed-request'],
])('A5 joining with %s is refused, and leaves nothing', async (_, more, reason) => {
  await opens('open')
  const people = async () =>
    (await rig.parley.server.db.workerPool.query('select count(*)::int as n from parley.person')).rows[0]?.n
  const before = await people()
  expect((await asks('gus@people.test', more)).body.reason).toBe(reason)
  expect(await people()).toBe(before)
})

test('A5 in a closed account nobody new joins, and a page of somebody else’s cannot ask for it', async () => {
  await opens('closed')
  expect((await asks(fresh())).body.reason).toBe('joining-closed')
  const elsewhere = await rig.call(page, {}, { origin: 'https://evil.test' })
  expect(elsewhere.status).toBe(400)
  const whole = { name: 'Gus', alias: 'Thistle', language: 'en', medium: 'email', value: fresh() }
  expect((await rig.call(page, whole, { origin: 'https://evil.test' })).status).toBe(403)
})
