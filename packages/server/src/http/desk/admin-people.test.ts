import type { AdminPerson, AdminSite, JoiningView, LinkView, Me, TeamView } from '@parley/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccount } from '../../accounts/index.ts'
import { type DeskCaller, type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'

let rig: PeopleRig
let admin: DeskCaller
let cleo: DeskCaller
let stranger: DeskCaller
const bo = () => rig.parley.account.responders[0]
const cleoId = () => rig.parley.account.responders[1]?.person ?? ''

beforeAll(async () => {
  rig = await startPeopleRig()
  admin = await rig.atDesk(bo(), 'bo@people.test')
  cleo = await rig.atDesk(rig.parley.account.responders[1], 'cleo@people.test')
  const other = await createAccount(
    rig.parley.server.db,
    {
      name: 'Other',
      sites: [{ name: 'Other', domains: [], topics: [] }],
      responders: [{ name: 'Eve', alias: 'Ivy', language: 'en', emails: ['eve@other.test'] }],
    },
    new Date(),
  )
  const eve = other.responders[0]?.person
  if (!eve) throw new Error('nobody there')
  const { signIn } = rig.parley.server
  await signIn.createSignInFor(other.account, eve, 'eve@other.test')
  stranger = await rig.byLink((await signIn.oneTimeLink({ account: other.account, person: eve })) ?? '')
})
afterAll(() => rig?.parley.stop())

const everything: [string, string, unknown][] = [
  ['GET', '/api/desk/admin/people', undefined],
  ['PATCH', '/api/desk/admin/people/0190a000-0000-7000-8000-000000000001', { role: 'operator' }],
  ['GET', '/api/desk/admin/teams', undefined],
  ['POST', '/api/desk/admin/teams', { kind: 'team', names: { en: 'A' } }],
  ['PATCH', '/api/desk/admin/teams/0190a000-0000-7000-8000-000000000001', { names: { en: 'A' } }],
  ['DELETE', '/api/desk/admin/teams/0190a000-0000-7000-8000-000000000001', undefined],
  ['GET', '/api/desk/admin/joining', undefined],
  ['PATCH', '/api/desk/admin/joining', { mode: 'open' }],
  ['POST', '/api/desk/admin/invitations', { name: 'x' }],
  ['POST', '/api/desk/admin/invitations/0190a000-0000-7000-8000-000000000001/end', {}],
  ['GET', '/api/desk/admin/links', undefined],
  ['POST', '/api/desk/admin/links', { site: '0190a000-0000-7000-8000-000000000001', name: 'x' }],
  ['POST', '/api/desk/admin/links/0190a000-0000-7000-8000-000000000001/end', {}],
  ['GET', '/api/desk/admin/sites', undefined],
  ['POST', '/api/desk/admin/sites', { name: 'x', domains: [] }],
  ['POST', '/api/desk/admin/sites/check', { policy: {} }],
  ['PATCH', '/api/desk/admin/sites/0190a000-0000-7000-8000-000000000001', { name: 'x' }],
  ['POST', '/api/desk/admin/sites/0190a000-0000-7000-8000-000000000001/topics', { names: { en: 'x' } }],
  ['PATCH', '/api/desk/admin/topics/0190a000-0000-7000-8000-000000000001', { names: { en: 'x' } }],
  ['DELETE', '/api/desk/admin/topics/0190a000-0000-7000-8000-000000000001', undefined],
]

test.each(everything)('%s %s is for administrators only', async (method, path, body) => {
  expect(await cleo(method, path, body)).toMatchObject({ status: 403, body: { reason: 'not-allowed' } })
  expect(await rig.ask(method, path, body)).toMatchObject({ status: 401 })
  if (method === 'GET') return
  expect(await admin(method, path, body, 'https://evil.test')).toMatchObject({ status: 401 })
})

describe('roles', () => {
  test('who made the account administers it, and everyone knows their own role', async () => {
    expect((await admin<Me>('GET', '/api/desk/me')).body.role).toBe('administrator')
    expect((await cleo<Me>('GET', '/api/desk/me')).body.role).toBe('responder')
  })

  test('a role is given and taken, and holds at once', async () => {
    const path = `/api/desk/admin/people/${cleoId()}`
    expect((await admin<AdminPerson>('PATCH', path, { role: 'administrator' })).body.role).toBe('administrator')
    expect((await cleo('GET', '/api/desk/admin/people')).status).toBe(200)
    await admin('PATCH', path, { role: 'supervisor' })
    expect((await cleo('GET', '/api/desk/admin/people')).status).toBe(403)
    await admin('PATCH', path, { role: 'responder' })
  })

  test('the last administrator cannot step down, leave, or be removed; of two who step down at once one stays', async () => {
    const path = `/api/desk/admin/people/${bo()?.person}`
    const refused = { body: { reason: 'last-administrator' } }
    expect(await admin('PATCH', path, { role: 'responder' })).toMatchObject(refused)
    expect(await admin('PATCH', path, { state: 'removed' })).toMatchObject(refused)
    expect(await admin('PATCH', '/api/desk/me', { state: 'left' })).toMatchObject(refused)
    await admin('PATCH', `/api/desk/admin/people/${cleoId()}`, { role: 'administrator' })
    const both = await Promise.all([
      admin('PATCH', path, { role: 'responder' }),
      cleo('PATCH', `/api/desk/admin/people/${cleoId()}`, { role: 'responder' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
    const { rows } = await rig.parley.server.db.workerPool.query(
      `select person_id from parley.responder where account_id = $1 and role = 'administrator'`,
      [rig.parley.account.account],
    )
    expect(rows).toHaveLength(1)
    // As it was, for those who come after.
    await rig.parley.server.db.workerPool.query(
      `update parley.responder set role = case when person_id = $1 then 'administrator' else 'responder' end where account_id = $2`,
      [bo()?.person, rig.parley.account.account],
    )
  })

  test('an administrator of another account reaches nobody here', async () => {
    const path = `/api/desk/admin/people/${cleoId()}`
    expect(await stranger('PATCH', path, { role: 'administrator' })).toMatchObject({ status: 404 })
    expect(await stranger('PATCH', path, { state: 'removed' })).toMatchObject({ status: 404 })
    const { body } = await stranger<AdminPerson[]>('GET', '/api/desk/admin/people')
    expect(body.map(({ name }) => name)).toEqual(['Eve'])
  })

  test('who is removed is signed out, is not asked, and does not come back by an old mail', async () => {
    const asked = await rig.asks('Is the old mill open?')
    const offer = await rig.post.receives('cleo@people.test', 'Is the old mill open?')
    expect(await admin('PATCH', `/api/desk/admin/people/${cleoId()}`, { state: 'removed' })).toMatchObject({
      body: { state: 'removed', role: 'responder' },
    })
    expect((await cleo('GET', '/api/desk/me')).status).toBe(401)
    const before = rig.post.sent.length
    await rig.post.replies(offer, 'resume', 'cleo@people.test')
    await rig.asks('Is the new mill open?')
    await rig.post.receives('bo@people.test', 'Is the new mill open?', before)
    expect(rig.post.sent.filter(({ to, kind }) => to === 'cleo@people.test' && kind === 'offer')).toHaveLength(1)
    expect(asked.conversation).toBeTruthy()
    await admin('PATCH', `/api/desk/admin/people/${cleoId()}`, { state: 'active' })
  })
})

describe('teams', () => {
  test('a team has people of this account, and only those', async () => {
    const made = await admin<TeamView>('POST', '/api/desk/admin/teams', {
      kind: 'department',
      names: { en: 'Mill' },
      members: [cleoId()],
    })
    expect(made.body).toMatchObject({ kind: 'department', members: [cleoId()] })
    const path = `/api/desk/admin/teams/${made.body.id}`
    expect((await admin<TeamView>('PATCH', path, { members: [cleoId(), bo()?.person] })).body.members).toHaveLength(2)
    const foreign = (await stranger<AdminPerson[]>('GET', '/api/desk/admin/people')).body[0]?.id
    expect(await admin('PATCH', path, { members: [foreign] })).toMatchObject({ body: { reason: 'unknown-choice' } })
    expect((await admin<TeamView[]>('GET', '/api/desk/admin/teams')).body[0]?.members).toHaveLength(2)
    expect((await stranger('PATCH', path, { names: { en: 'Ours' } })).status).toBe(404)
    expect((await stranger('DELETE', path)).status).toBe(404)
    expect((await admin('DELETE', path)).status).toBe(200)
    expect((await admin<TeamView[]>('GET', '/api/desk/admin/teams')).body).toEqual([])
  })

  test('a team that is refused half way is not there', async () => {
    const refused = await admin('POST', '/api/desk/admin/teams', {
      kind: 'team',
      names: { en: 'Half' },
      members: ['0190a000-0000-7000-8000-000000000001'],
    })
    expect(refused.body.reason).toBe('unknown-choice')
    expect((await admin<TeamView[]>('GET', '/api/desk/admin/teams')).body).toEqual([])
  })
})

describe('sites and topics', () => {
  const sites = async () => (await admin<AdminSite[]>('GET', '/api/desk/admin/sites')).body

  test('a policy is checked while it is written, with the place named, and saved only when it is whole', async () => {
    const [site] = await sites()
    const policy = { ...site?.policy, circle: 'everyone', hunt: { most: 0 } }
    const { body } = await admin<{ problems: { path: string }[] }>('POST', '/api/desk/admin/sites/check', { policy })
    expect(body.problems.map(({ path }) => path).sort()).toEqual(['circle', 'hunt.most'])
    expect((await admin('PATCH', `/api/desk/admin/sites/${site?.id}`, { policy })).status).toBe(400)
    expect((await sites())[0]).toEqual(site)
  })

  test('a site changes its name, hosts and behaviour; another account’s does not', async () => {
    const [site] = await sites()
    const path = `/api/desk/admin/sites/${site?.id}`
    const change = { name: 'Fjord', domains: ['fjord.test'], policy: { circle: 'shared' } }
    expect((await stranger('PATCH', path, change)).status).toBe(404)
    expect((await admin<AdminSite>('PATCH', path, change)).body).toMatchObject({
      name: 'Fjord',
      domains: ['fjord.test'],
      policy: { circle: 'shared', history: 'all' },
    })
    expect((await admin('PATCH', path, { domains: ['https://fjord.test/'] })).status).toBe(400)
  })

  test('topics are added, named, moved and removed', async () => {
    const [site] = await sites()
    for (const en of ['Boats', 'Nets', 'Bait']) {
      await admin('POST', `/api/desk/admin/sites/${site?.id}/topics`, { names: { en } })
    }
    const names = async () => (await sites())[0]?.topics.map(({ names }) => names.en)
    expect(await names()).toEqual(['Boats', 'Nets', 'Bait'])
    const bait = (await sites())[0]?.topics[2]?.id
    await admin('PATCH', `/api/desk/admin/topics/${bait}`, { position: 0, names: { en: 'Lures' } })
    expect(await names()).toEqual(['Lures', 'Boats', 'Nets'])
    expect((await stranger('DELETE', `/api/desk/admin/topics/${bait}`)).status).toBe(404)
    await admin('DELETE', `/api/desk/admin/topics/${bait}`)
    expect(await names()).toEqual(['Boats', 'Nets'])
  })
})

describe('direct links', () => {
  const make = (more: object) => async () => {
    const [site] = (await admin<AdminSite[]>('GET', '/api/desk/admin/sites')).body
    return admin<LinkView>('POST', '/api/desk/admin/links', { site: site?.id, name: 'Flat 7', ...more })
  }

  test('A15 a link has a short address of its own, by chance or by a word that nobody else has', async () => {
    const { body: random } = await make({})()
    expect(random.url).toMatch(/\/l\/[a-z0-9]{10}$/)
    expect((await make({ code: 'Flat-7' })()).body.code).toBe('flat-7')
    expect((await make({ code: 'flat-7' })()).body.reason).toBe('link-code-taken')
    expect((await make({ code: '-7 äpfel' })()).body.reason).toBe('link-code-malformed')
  })

  test.each([
    ['a person', { people: ['0190a000-0000-7000-8000-000000000001'] }],
    ['a team', { teams: ['0190a000-0000-7000-8000-000000000001'] }],
    ['a topic', { topic: '0190a000-0000-7000-8000-000000000001' }],
    ['a site', { site: '0190a000-0000-7000-8000-000000000001' }],
  ])('A15 a link names nothing that is not there: %s', async (_, more) => {
    expect((await make(more)()).body.reason).toBe('unknown-choice')
  })
})

test('A5 who may join is closed until an administrator opens it', async () => {
  const { body } = await admin<JoiningView>('GET', '/api/desk/admin/joining')
  expect(body).toMatchObject({ mode: 'closed', invitations: [] })
  expect(body.url).toMatch(/\/join\/[0-9a-f]{16}$/)
  expect((await admin('PATCH', '/api/desk/admin/joining', { mode: 'anarchy' })).status).toBe(400)
})
