import type {
  CriteriaBody,
  CriteriaChoices,
  CriteriaView,
  Problem,
  TriedRequest,
  WhoWouldGetResponse,
  WouldIGetResponse,
} from '@parley/protocol'
import { prepareRequest } from '@parley/rules'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccount } from '../../accounts/index.ts'
import { previewHunt } from '../../hunting/index.ts'
import { type DeskCaller, type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'

let rig: PeopleRig
let admin: DeskCaller
let cleo: DeskCaller
let stranger: DeskCaller
const boId = () => rig.parley.account.responders[0]?.person ?? ''
const cleoId = () => rig.parley.account.responders[1]?.person ?? ''
const own = '/api/desk/me/criteria'
const cleos = () => `/api/desk/admin/responders/${cleoId()}/criteria`

beforeAll(async () => {
  rig = await startPeopleRig()
  admin = await rig.atDesk(rig.parley.account.responders[0], 'bo@people.test')
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

const wishes: CriteriaView = {
  all: [{ about: 'region', oneOf: ['US'] }],
  any: [{ about: 'words', oneOf: ['leak*'] }],
  none: [{ about: 'field:age', to: 17 }],
  hours: { timeZone: 'America/Anchorage', week: [{ day: 1, from: 540, to: 1020 }] },
}
// A Monday, ten in the morning in Alaska.
const alaskan: TriedRequest = { facts: { region: ['US-AK'] }, text: 'My hose is leaking.', at: '2026-01-12T19:00:00Z' }

beforeEach(async () => {
  await admin('PUT', own, { criteria: {} })
  await cleo('PUT', own, { criteria: {} })
})

describe('A5: what a responder wants to be asked', () => {
  test('is saved whole by themselves and by an administrator, and seen by both', async () => {
    expect(await cleo('PUT', own, { criteria: wishes })).toEqual({ status: 200, body: { criteria: wishes } })
    expect((await admin<CriteriaBody>('GET', cleos())).body.criteria).toEqual(wishes)
    const { hours: _, ...anyHour } = wishes
    expect((await admin('PUT', cleos(), { criteria: anyHour })).status).toBe(200)
    expect((await cleo<CriteriaBody>('GET', own)).body.criteria).toEqual(anyHour)
  })

  test('is read and changed by nobody else', async () => {
    const bos = `/api/desk/admin/responders/${boId()}/criteria`
    for (const [method, path, body] of [
      ['GET', bos, undefined],
      ['PUT', bos, { criteria: {} }],
      ['POST', '/api/desk/admin/who-would-get', { request: alaskan }],
    ] as const) {
      expect(await cleo(method, path, body)).toMatchObject({ status: 403, body: { reason: 'not-allowed' } })
      expect(await rig.ask(method, path, body)).toMatchObject({ status: 401 })
    }
    expect(await stranger('GET', bos)).toMatchObject({ status: 404, body: { reason: 'not-there' } })
    expect(await stranger('PUT', bos, { criteria: {} })).toMatchObject({ status: 404, body: { reason: 'not-there' } })
    expect(await cleo('PUT', own, { criteria: {} }, 'https://evil.test')).toMatchObject({ status: 401 })
    expect(await rig.ask('POST', '/api/desk/me/would-i-get', { request: alaskan })).toMatchObject({ status: 401 })
  })

  test('is refused with every place named in their language, and what was saved before stays', async () => {
    await cleo('PUT', own, { criteria: wishes })
    const wrong = {
      any: [
        { about: 'topic', oneOf: ['a'] },
        { about: 'words', oneOf: ['fine', '?!'] },
      ],
      hours: { timeZone: 'Mars/Olympus', week: [] },
    }
    await cleo('PATCH', '/api/desk/me', { language: 'de' })
    const refused = await cleo<Problem>('PUT', own, { criteria: wrong })
    await cleo('PATCH', '/api/desk/me', { language: 'en' })
    expect(refused).toMatchObject({ status: 400, body: { reason: 'criteria-refused' } })
    expect(refused.body.problems).toEqual([
      {
        path: ['hours', 'timeZone'],
        code: 'unknown-time-zone',
        text: 'Zeiten: „Mars/Olympus“ ist keine bekannte Zeitzone.',
      },
      {
        path: ['any', 1, 'oneOf', 1],
        code: 'no-word',
        text: 'Mindestens eins hiervon, Zeile 2, Wert 2: In „?!“ steht kein Wort.',
      },
    ])
    expect((await cleo<CriteriaBody>('GET', own)).body.criteria).toEqual(wishes)
  })

  test('10,000 keywords are refused with their place, not as a body that is too large', async () => {
    const oneOf = Array.from({ length: 10_000 }, (_, index) => `keyword number ${index}`)
    const refused = await cleo<Problem>('PUT', own, { criteria: { all: [{ about: 'words', oneOf }] } })
    expect(refused.body.problems?.map(({ path, code }) => [path, code])).toEqual([
      [['all', 0, 'oneOf'], 'too-many-values'],
    ])
  })
})

describe('A4: who would get this?', () => {
  test('an administrator sees everyone’s verdict with its reasons, those who would be asked first', async () => {
    await cleo('PUT', own, { criteria: { all: [{ about: 'region', oneOf: ['CA'] }] } })
    const { body } = await admin<WhoWouldGetResponse>('POST', '/api/desk/admin/who-would-get', { request: alaskan })
    expect(body).toMatchObject({ isWhole: true, next: null, judged: rig.parley.account.responders.length })
    expect(body.count).toBe(body.judged - 1)
    const last = body.people.at(-1)
    expect(last).toMatchObject({
      person: cleoId(),
      live: 'free',
      verdict: {
        matches: false,
        because: { code: 'other-than-wanted', group: 'all', index: 0, about: 'region' },
        conditions: [{ holding: 'not-met', by: null }],
      },
    })
  })

  test('with wishes that are not saved yet, and nothing is saved by it', async () => {
    const instead = { person: cleoId(), criteria: { none: [{ about: 'words', oneOf: ['hose'] }] } }
    const { body } = await admin<WhoWouldGetResponse>('POST', '/api/desk/admin/who-would-get', {
      request: alaskan,
      instead,
    })
    expect(body.people.find(({ person }) => person === cleoId())).toEqual(body.instead)
    expect(body.instead?.verdict).toMatchObject({
      because: { code: 'not-wanted', group: 'none', index: 0, about: 'words' },
      conditions: [{ holding: 'met', by: 'hose' }],
    })
    expect((await cleo<CriteriaBody>('GET', own)).body.criteria).toEqual({})
  })

  test('who pauses is shown as pausing, though they would want it', async () => {
    await cleo('PATCH', '/api/desk/me', { state: 'paused' })
    const { body } = await admin<WhoWouldGetResponse>('POST', '/api/desk/admin/who-would-get', { request: alaskan })
    await cleo('PATCH', '/api/desk/me', { state: 'active' })
    expect(body.count).toBe(body.judged - 1)
    expect(body.people.at(-1)).toMatchObject({ person: cleoId(), live: 'paused', verdict: { matches: true } })
  })

  test('a question that is for somebody is for nobody else', async () => {
    const request = { ...alaskan, target: { people: [cleoId()] } }
    const { body } = await admin<WhoWouldGetResponse>('POST', '/api/desk/admin/who-would-get', { request })
    expect([body.count, body.people[0]?.person]).toEqual([1, cleoId()])
    expect(body.people.slice(1).map(({ verdict }) => verdict.because?.code)).toEqual(
      body.people.slice(1).map(() => 'not-targeted'),
    )
  })

  test('a responder tries it on their own wishes, saved or not, at any time, and is told when they open', async () => {
    const ask = async (request: TriedRequest, criteria?: CriteriaView) =>
      (
        await cleo<WouldIGetResponse>('POST', '/api/desk/me/would-i-get', {
          request,
          ...(criteria ? { criteria } : {}),
        })
      ).body.verdict
    expect((await ask(alaskan)).matches).toBe(true)
    expect((await ask(alaskan, wishes)).matches).toBe(true)
    expect(await ask({ ...alaskan, at: '2026-01-12T17:00:00Z' }, wishes)).toMatchObject({
      matches: false,
      because: { code: 'out-of-hours' },
      opensAt: '2026-01-12T18:00:00.000Z',
    })
    expect((await ask({ ...alaskan, facts: { ...alaskan.facts, 'field:age': ['15'] } }, wishes)).because).toEqual({
      code: 'not-wanted',
      group: 'none',
      index: 0,
      about: 'field:age',
    })
  })

  test.each<[string, unknown]>([
    ['no request', {}],
    ['a fact about something nobody knows of', { request: { facts: { weather: ['rain'] }, text: null } }],
    ['a fact without a value', { request: { facts: { topic: [] }, text: null } }],
    ['an endless text', { request: { facts: {}, text: 'x'.repeat(9_000) } }],
    ['a time that is none', { request: { facts: {}, text: null, at: 'soon' } }],
    ['a target without anybody', { request: { facts: {}, text: null, target: { people: [] } } }],
  ])('refuses %s', async (_, body) => {
    expect(await cleo('POST', '/api/desk/me/would-i-get', body)).toMatchObject({
      status: 400,
      body: { reason: 'malformed-request' },
    })
  })

  test('pages through many, and says when there are more than it looks at', async () => {
    const { db } = rig.parley.server
    const many = await createAccount(
      db,
      {
        name: 'Many',
        sites: [{ name: 'Many', domains: [], topics: [] }],
        responders: Array.from({ length: 60 }, (_, index) => ({
          name: `Person ${String(index).padStart(2, '0')}`,
          alias: `P${index}`,
          language: 'en',
          emails: [`p${index}@many.test`],
          criteria: index % 2 === 0 ? {} : { all: [{ about: 'region' as const, oneOf: ['CA'] }] },
        })),
      },
      new Date(),
    )
    const asked = { request: prepareRequest({ facts: { region: ['US'] }, text: null }), now: new Date(), instead: null }
    const [first, second, few] = await db.read(many.account, async (reader) => [
      await previewHunt(reader, many.account, { ...asked, from: 0 }),
      await previewHunt(reader, many.account, { ...asked, from: 50 }),
      await previewHunt(reader, many.account, { ...asked, from: 0, most: 20 }),
    ])
    expect([first?.count, first?.judged, first?.people.length, first?.next]).toEqual([30, 60, 50, 50])
    expect([second?.people.length, second?.next]).toEqual([10, null])
    const names = [...(first?.people ?? []), ...(second?.people ?? [])].map(({ name }) => name)
    expect(new Set(names).size).toBe(60)
    expect(names.slice(0, 30)).toEqual(names.slice(0, 30).filter((name) => Number(name.slice(7)) % 2 === 0))
    expect([few?.judged, few?.isWhole]).toEqual([20, false])
  })
})

test('what wishes can be about is told by name, teams only to administrators', async () => {
  await admin('POST', '/api/desk/admin/teams', { kind: 'team', names: { en: 'Workshop' } })
  const seen = (await cleo<CriteriaChoices>('GET', '/api/desk/criteria-choices')).body
  expect(seen.sites.map(({ name }) => name)).not.toEqual([])
  expect(seen.teams).toEqual([])
  expect((await admin<CriteriaChoices>('GET', '/api/desk/criteria-choices')).body.teams).toMatchObject([
    { name: 'Workshop' },
  ])
  expect(await rig.ask('GET', '/api/desk/criteria-choices')).toMatchObject({ status: 401 })
})
