import { randomUUID } from 'node:crypto'
import type { ColleaguesView, ConversationView, InvitationsView, OperationResult, WatchPage } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskCaller, type PeopleRig, startPeopleRig } from '../people-rig.fixture.ts'

let rig: PeopleRig
let bo: DeskCaller
let cleo: DeskCaller
const ids = () => rig.parley.account.responders.map(({ person }) => person as string)

beforeAll(async () => {
  rig = await startPeopleRig()
  const [first, second] = rig.parley.account.responders
  bo = await rig.atDesk(first, 'bo@people.test')
  cleo = await rig.atDesk(second, 'cleo@people.test')
}, 60_000)
afterAll(() => rig?.parley.stop())

const roleOfCleo = (role: string) => bo('PATCH', `/api/desk/admin/people/${ids()[1]}`, { role })
const does = (who: DeskCaller, name: string, input: object) =>
  who<OperationResult>('POST', `/api/desk/operations/${name}`, { operation: randomUUID(), input })

/** A visitor has asked, and Bo answers at the desk. */
async function exchangeOfBo(): Promise<string> {
  await rig.asks('Do you open on Sunday?')
  const [offer] = (await bo<{ id: string }[]>('GET', '/api/desk/offers')).body
  const answered = await bo<{ interaction: string }>('POST', `/api/desk/offers/${offer?.id}/answer`, {
    id: randomUUID(),
    text: 'From ten.',
  })
  expect(answered.status).toBe(200)
  return answered.body.interaction
}

test('who works at the desk sees colleagues with their load and teams, and finds them by name; who only answers sees those of their teams, by alias and state (E6)', async () => {
  await roleOfCleo('responder')
  const seen = async (query = '') => (await cleo<ColleaguesView>('GET', `/api/desk/colleagues${query}`)).body.colleagues
  expect(await seen()).toEqual([])
  const kitchen = { names: { en: 'Kitchen' }, kind: 'team', members: ids().slice(0, 2) }
  const { body: team } = await bo<{ id: string }>('POST', '/api/desk/admin/teams', kitchen)
  await bo('POST', '/api/desk/admin/teams', { names: { en: 'Bar' }, kind: 'team', members: ids().slice(0, 1) })
  const plain = { id: ids()[0], alias: expect.any(String), name: null, state: 'away', teams: [team.id] }
  expect(await seen()).toEqual([plain])
  const name = (await bo<{ name: string }>('GET', '/api/desk/me')).body.name
  expect(await seen(`?q=${encodeURIComponent(name)}`)).toEqual([])
  for (const { id } of (await bo<{ id: string }[]>('GET', '/api/desk/admin/teams')).body) {
    await bo('DELETE', `/api/desk/admin/teams/${id}`)
  }
  expect((await rig.ask('GET', '/api/desk/colleagues')).status).toBe(401)
  await roleOfCleo('operator')
  const all = await cleo<ColleaguesView>('GET', '/api/desk/colleagues')
  expect(all.body.colleagues.map(({ id }) => id)).toEqual([ids()[0]])
  expect(all.body.colleagues[0]).toMatchObject({ role: 'administrator', open: 0, teams: [], state: 'away' })
  const [only] = all.body.colleagues
  const found = (q: string) => cleo<ColleaguesView>('GET', `/api/desk/colleagues?q=${encodeURIComponent(q)}`)
  expect((await found(only?.alias.slice(1, 4) ?? '')).body.colleagues).toHaveLength(1)
  expect((await found('%')).body.colleagues).toEqual([])
  expect((await cleo('GET', '/api/desk/colleagues?q=a&wrong=1')).status).toBe(400)
})

test('an invitation stands at the desk with what its inviter wrote, and is accepted there; who asked sees what became of it (C3)', async () => {
  await roleOfCleo('operator')
  const from = await exchangeOfBo()
  const opened = await does(bo, 'open-backchannel', { from, people: [ids()[1]], note: 'Do you know?' })
  expect(opened.status).toBe(200)
  const mine = async (who: DeskCaller) => (await who<InvitationsView>('GET', '/api/desk/invitations')).body
  const [asked] = (await mine(cleo)).open
  expect(asked).toMatchObject({ note: 'Do you know?', kind: 'backchannel' })
  expect(JSON.stringify(asked)).not.toContain(opened.body.interaction)
  expect((await mine(bo)).sent).toMatchObject([{ id: asked?.id, state: 'open' }])
  expect((await does(cleo, 'answer-invitation', { invitation: asked?.id, accept: true })).status).toBe(200)
  expect((await mine(cleo)).open).toEqual([])
  expect((await mine(bo)).sent).toMatchObject([{ id: asked?.id, state: 'accepted' }])
})

test('what goes on is shown to who watches over the account, whether they are in it or not, and to nobody else (E6)', async () => {
  await roleOfCleo('operator')
  expect((await cleo('GET', '/api/desk/watch')).status).toBe(403)
  await roleOfCleo('supervisor')
  const { status, body } = await cleo<WatchPage>('GET', '/api/desk/watch')
  expect(status).toBe(200)
  const exchange = body.conversations
    .flatMap(({ interactions }) => interactions)
    .find(({ kind }) => kind === 'exchange')
  expect(exchange).toMatchObject({ you: 'none' })
  // Called as at the desk, where there are many of them.
  expect(body.conversations[0]?.asker).toMatch(/ \d+$/)
  expect(JSON.stringify(body)).not.toContain('Sunday')
  expect((await does(cleo, 'observe', { interaction: exchange?.id })).status).toBe(200)
  const again = await cleo<WatchPage>('GET', '/api/desk/watch')
  const seat = again.body.conversations
    .flatMap(({ interactions }) => interactions)
    .find(({ id }) => id === exchange?.id)
  expect(seat).toMatchObject({ you: 'observer' })
  expect((await cleo('GET', `/api/desk/watch?after=${encodeURIComponent("x' or 1=1")}`)).status).toBe(400)
  const [newest] = again.body.conversations
  const after = `${newest?.lastAt.replace('Z', '000Z')}_${newest?.id}`
  const rest = await cleo<WatchPage>('GET', `/api/desk/watch?after=${encodeURIComponent(after)}`)
  expect(rest.body.conversations.map(({ id }) => id)).not.toContain(newest?.id)
})

test('one conversation is answered as its reader sees it; what is not theirs is not there, word for word (C2)', async () => {
  await roleOfCleo('supervisor')
  const exchange = await exchangeOfBo()
  const { body: list } = await bo<ConversationView[]>('GET', '/api/desk/conversations')
  const listed = list.find(({ interactions }) => interactions.some(({ id }) => id === exchange))
  const path = `/api/desk/conversations/${listed?.id}`
  expect(await bo<ConversationView>('GET', path)).toEqual({ status: 200, body: listed })
  const nothing = await cleo('GET', `/api/desk/conversations/${randomUUID()}`)
  expect(nothing).toMatchObject({ status: 404, body: { reason: 'not-there' } })
  expect(await cleo('GET', path)).toEqual(nothing)
  expect(await cleo('GET', '/api/desk/conversations/none')).toEqual(nothing)
  expect((await rig.ask('GET', path)).status).toBe(401)
  // As soon as she reads something of it, it is there, as she sees it.
  expect((await does(cleo, 'observe', { interaction: exchange, history: 'all' })).status).toBe(200)
  const { body: seen } = await cleo<ConversationView>('GET', path)
  expect(seen.interactions.map(({ id, length }) => [id, length])).toEqual([[exchange, expect.any(Number)]])
  expect(seen.interactions[0]?.length).toBeGreaterThan(0)
})
