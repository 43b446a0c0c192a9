import type {
  ConversationView,
  EnterResponse,
  Script,
  ScriptFunnel,
  ScriptList,
  ScriptRefused,
  ScriptView,
  TriedScript,
} from '@parley/protocol'
import type { Script as CheckedScript } from '@parley/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskCaller, type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'

type Deep<T> = T extends object ? { readonly [K in keyof T]: Deep<T[K]> } : T
/** What the rules take for a script is what is sent for one: the compiler sees to it. */
const onTheWire = (script: CheckedScript): Deep<Script> => script

const pumps = onTheWire({
  format: 1,
  language: 'en',
  begins: 'at-entry',
  start: 'hello',
  steps: {
    hello: { kind: 'say', text: { en: 'Hello!' }, next: 'leaks' },
    leaks: { kind: 'ask', text: { en: 'Does it leak?' }, answer: { kind: 'yes-no', no: 'end' }, next: 'office' },
    office: { kind: 'hand-over', text: { en: 'The office knows.' }, to: {} },
    end: { kind: 'end', text: { en: 'Bye.' } },
  },
})

const path = '/api/desk/admin/scripts'
let rig: PeopleRig
let admin: DeskCaller
let cleo: DeskCaller

beforeAll(async () => {
  rig = await startPeopleRig()
  admin = await rig.atDesk(rig.parley.account.responders[0], 'bo@people.test')
  cleo = await rig.atDesk(rig.parley.account.responders[1], 'cleo@people.test')
})
afterAll(() => rig?.parley.stop())

const anyId = '0190a000-0000-7000-8000-000000000001'
test.each<[string, string, unknown]>([
  ['GET', path, undefined],
  ['POST', path, { name: 'x', script: pumps }],
  ['PUT', `${path}/order`, { ids: [] }],
  ['POST', `${path}/check`, { script: pumps }],
  ['POST', `${path}/try`, { script: pumps, events: [] }],
  ['GET', `${path}/${anyId}`, undefined],
  ['PUT', `${path}/${anyId}`, { name: 'x', script: pumps }],
  ['PATCH', `${path}/${anyId}`, { isOn: true }],
  ['GET', `${path}/${anyId}/funnel`, undefined],
])('%s %s is for administrators only', async (method, route, body) => {
  expect(await cleo(method, route, body)).toMatchObject({ status: 403, body: { reason: 'not-allowed' } })
  expect(await rig.ask(method, route, body)).toMatchObject({ status: 401 })
})

test('B4 a script is saved, read, switched on, saved again as a new version, and put into order', async () => {
  const { status, body: first } = await admin<ScriptView>('POST', path, { name: 'Pumps', script: pumps })
  expect([status, first.version, first.isOn, first.script]).toEqual([201, 1, false, pumps])
  const { body: second } = await admin<ScriptView>('POST', path, {
    name: 'Hoses',
    script: pumps,
    chosenBy: { urls: ['https://shop.test/hoses/*'] },
  })

  expect(
    (await admin<ScriptView>('PATCH', `${path}/${first.id}`, { isOn: true, name: 'All pumps' })).body,
  ).toMatchObject({ isOn: true, name: 'All pumps', version: 1 })
  const changed = { ...pumps, alias: 'Pia' }
  const saved = await admin<ScriptView>('PUT', `${path}/${first.id}`, { name: 'Pumps', script: changed, basedOn: 1 })
  expect(saved.body).toMatchObject({ version: 2, script: changed, name: 'Pumps', isOn: true })
  expect(saved.body.versions.map(({ version, savedBy }) => [version, savedBy])).toEqual([
    [2, rig.parley.account.responders[0]?.name],
    [1, rig.parley.account.responders[0]?.name],
  ])
  expect((await admin<ScriptView>('GET', `${path}/${first.id}?version=1`)).body).toMatchObject({
    shown: 1,
    script: pumps,
  })
  expect((await admin<ScriptView>('GET', `${path}/${first.id}?version=9`)).status).toBe(404)
  // Nothing new is no new version; what somebody else saved meanwhile is not overwritten.
  expect(
    (await admin<ScriptView>('PUT', `${path}/${first.id}`, { name: 'Pumps', script: changed, basedOn: 2 })).body
      .version,
  ).toBe(2)
  expect(await admin('PUT', `${path}/${first.id}`, { name: 'Pumps', script: pumps, basedOn: 1 })).toMatchObject({
    status: 409,
    body: { reason: 'changed-meanwhile' },
  })

  const ordered = await admin<ScriptList>('PUT', `${path}/order`, { ids: [second.id, first.id] })
  expect(ordered.body.scripts.map(({ name }) => name)).toEqual(['Hoses', 'Pumps'])
  expect((await admin('PUT', `${path}/order`, { ids: [second.id] })).status).toBe(409)
})

test('B4 a script that leads nowhere is refused with the places named, and nothing is stored', async () => {
  const before = (await admin<ScriptList>('GET', path)).body.scripts.length
  const broken = { ...pumps, steps: { hello: { kind: 'say', text: { en: 'Hello {name}' }, next: 'nowhere' } } }
  const { status, body } = await admin<ScriptRefused>('POST', path, { name: 'Broken', script: broken })
  expect([status, body.reason]).toEqual([422, 'script-refused'])
  expect(body.text.length).toBeGreaterThan(10)
  expect(body.problems).toEqual([
    { level: 'refused', because: 'unknown-step', step: 'hello', path: 'next', what: 'nowhere' },
    { level: 'refused', because: 'unknown-variable', step: 'hello', path: 'text.en', what: 'name' },
  ])
  expect((await admin<ScriptList>('GET', path)).body.scripts).toHaveLength(before)
  expect((await admin('POST', `${path}/check`, { script: broken })).body).toEqual({ problems: body.problems })
  for (const script of [undefined, null, 5, 'x', [], { steps: [] }]) {
    expect((await admin('POST', path, { name: 'x', script })).status).toBe(422)
  }
})

test('B4 a preview plays the script and stores nothing', async () => {
  const events = [
    { kind: 'said', text: 'hm' },
    { kind: 'said', text: 'yes' },
  ]
  const tried = await admin<TriedScript>('POST', `${path}/try`, { script: pumps, events })
  expect(tried.body.lines).toEqual([
    { from: 'concierge', text: 'Hello!', step: 'hello' },
    { from: 'concierge', text: 'Does it leak?', step: 'leaks', choices: ['Yes', 'No'] },
    { from: 'visitor', text: 'hm', step: 'leaks' },
    {
      from: 'concierge',
      text: 'Sorry, I did not quite get that. Is it yes or no?\nDoes it leak?',
      step: 'leaks',
      choices: ['Yes', 'No'],
      why: 'not-understood',
    },
    { from: 'visitor', text: 'yes', step: 'leaks' },
    { from: 'concierge', text: 'The office knows.', step: 'office', why: 'step' },
  ])
  expect(tried.body).toMatchObject({
    step: null,
    to: {},
    variables: { leaks: 'yes' },
    facts: { 'answer:leaks': ['yes'] },
  })
  expect(tried.body.then).toBe('handed-over')
  expect((await admin('POST', `${path}/try`, { script: {}, events: [] })).status).toBe(422)
  expect(
    (
      await admin('POST', `${path}/try`, {
        script: pumps,
        events: Array.from({ length: 201 }, () => ({ kind: 'said', text: 'x' })),
      })
    ).status,
  ).toBe(400)
  const { rows } = await rig.parley.server.db.workerPool.query('select 1 from parley.concierge_run')
  expect(rows).toEqual([])
})

test('B1 it speaks first, before the visitor has written a word, and leaves the window alone where no script does', async () => {
  const { body: script } = await admin<ScriptView>('POST', path, {
    name: 'First',
    script: pumps,
    chosenBy: { urls: ['https://shop.test/pumps/*'] },
  })
  await admin('PATCH', `${path}/${script.id}`, { isOn: true })
  for (const { id, name } of (await admin<ScriptList>('GET', path)).body.scripts) {
    if (name !== 'First') await admin('PATCH', `${path}/${id}`, { isOn: false })
  }
  const { key } = rig.parley.account.sites[0] ?? { key: '' }
  const enter = async (url: string) =>
    (await rig.ask<EnterResponse>('POST', '/api/visitor/enter', { site: key, page: { url } })).body
      .conversation as ConversationView | null
  const greeted = await enter('https://shop.test/pumps/3')
  const [intake] = greeted?.interactions ?? []
  expect(intake?.participants.map(({ role, alias, you }) => [role, alias, you])).toEqual([
    ['initiator', 'Visitor', true],
    ['virtual', 'Assistant', false],
  ])
  expect(intake?.length).toBe(2)
  expect(await enter('https://shop.test/hoses')).toBeNull()

  const funnel = await admin<ScriptFunnel>('GET', `${path}/${script.id}/funnel`)
  expect(funnel.body).toMatchObject({ version: 1, runs: 1, ended: { running: 1 } })
  expect(funnel.body.steps[0]).toEqual({ step: 'hello', reached: 1, answered: 0, left: 0, handedOver: 0, silenced: 0 })
  expect((await admin<ScriptList>('GET', path)).body.scripts.find(({ id }) => id === script.id)?.runs).toBe(1)
})

test('an id that is none, or an injection, is answered like a script that is not there', async () => {
  const unknown = await admin('GET', `${path}/${anyId}`)
  expect(unknown.status).toBe(404)
  for (const id of ['null', "1' or '1'='1", '0'.repeat(300)]) {
    expect((await admin('GET', `${path}/${encodeURIComponent(id)}`)).status).toBe(404)
  }
})
