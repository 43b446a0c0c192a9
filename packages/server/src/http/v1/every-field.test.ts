import { randomUUID } from 'node:crypto'
import { type DeskToken, protocolVersion, type ServerFrame } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ProgramRig, startProgramRig } from './program-rig.fixture.ts'

let rig: ProgramRig
let socket: WebSocket

beforeAll(async () => {
  rig = await startProgramRig()
}, 60_000)
afterAll(async () => {
  socket?.close()
  await rig?.parley.stop()
})

/** What somebody asked for came to: done, or why not. */
type Door = (name: string, input: object) => Promise<string>
const outcome = ({ status, reason }: { status: number; reason?: string | undefined }) =>
  status === 200 ? 'done' : (reason ?? `answered ${status}`)

async function byRealTime(token: string): Promise<Door> {
  socket = new WebSocket(`${rig.parley.url.replace('http', 'ws')}/rt`)
  const heard = new Map<string, (frame: ServerFrame) => void>()
  const welcome = Promise.withResolvers<void>()
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as ServerFrame
    if (frame.t === 'welcome') welcome.resolve()
    if ((frame.t === 'done' || frame.t === 'refused') && frame.id) heard.get(frame.id)?.(frame)
  })
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ t: 'hello', v: protocolVersion, token, cursors: {} })),
  )
  socket.addEventListener('close', ({ reason }) => welcome.reject(new Error(`closed: ${reason}`)))
  await welcome.promise
  return async (operation, input) => {
    const id = randomUUID()
    const answer = new Promise<ServerFrame>((resolve) => heard.set(id, resolve))
    socket.send(JSON.stringify({ t: 'do', id, operation, input }))
    const frame = await answer
    return frame.t === 'refused' ? frame.reason : 'done'
  }
}

const long = (length: number) => 'x'.repeat(length)
const deep = (levels: number): object => (levels === 0 ? {} : { in: deep(levels - 1) })
const none = randomUUID()
/** What is set, and what comes of it, wherever it is asked for. */
const fields: readonly (readonly [what: string, given: object, comes: string])[] = [
  ['a name', { name: 'Boots' }, 'done'],
  ['no name any more', { name: null }, 'done'],
  ['a name that is too long', { name: long(201) }, 'malformed-request'],
  ['a category of nobody’s list', { category: none }, 'unknown-choice'],
  ['tags', { tags: ['vip', 'boots'] }, 'done'],
  ['too many tags', { tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }, 'malformed-request'],
  ['metadata', { metadata: { order: 7, lines: [{ sku: 'a' }] } }, 'done'],
  ['metadata without end', { metadata: { a: deep(9) } }, 'malformed-request'],
  ['metadata of the beginning', { metadata: { page: 'x' } }, 'malformed-request'],
  [
    'more keys than anybody needs',
    { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, n])) },
    'malformed-request',
  ],
  ['metadata that is no object', { metadata: ['a'] }, 'malformed-request'],
  ['more metadata than is kept', { metadata: { a: long(20_000) } }, 'too-many'],
  ['a folder', { folder: 'a/b' }, 'done'],
  ['an own list of what is on no list', { categories: [none] }, 'unknown-choice'],
  ['an empty own list', { categories: [] }, 'done'],
  ['the account’s list again', { categories: null }, 'done'],
  ['own rules for who answers', { answers: { admission: { kind: 'first-n', slots: 2 } } }, 'done'],
  ['a team that is none', { answers: { teams: [none] } }, 'no-such-person'],
  ['rules that are none', { answers: { admission: { kind: 'everybody' } } }, 'malformed-request'],
  ['a beginning', { takesFrom: '2020-01-01T00:00:00Z' }, 'done'],
  ['an end before the beginning', { takesUntil: '2019-01-01T00:00:00Z' }, 'wrong-state'],
  ['an end that is no time', { takesUntil: 'tomorrow' }, 'malformed-request'],
  ['no times', { takesFrom: null, takesUntil: null }, 'done'],
  ['a primary participant who is not in it', { primary: none }, 'not-there'],
  ['something that is no field', { owner: none }, 'malformed-request'],
]

test('C1 every field is set, and refused with the same reason, at the desk, in real time and by a program', async () => {
  const { administrator } = rig
  const { id, call } = await rig.program()
  expect((await administrator('PATCH', `/api/desk/admin/people/${id}`, { role: 'supervisor' })).status).toBe(200)
  const { conversation } = await rig.asks('Do you open on Sunday?')
  const { body: team } = await administrator<{ id: string }>('POST', '/api/desk/admin/teams', {
    ...{ kind: 'team', names: { en: 'Kitchen' }, members: [] },
  })
  const { token } = (await administrator<DeskToken>('POST', '/api/desk/token')).body
  const doors: Record<string, Door> = {
    desk: async (name, input) => {
      const { status, body } = await administrator('POST', `/api/desk/operations/${name}`, {
        operation: randomUUID(),
        input,
      })
      return outcome({ status, reason: body.reason })
    },
    'real time': await byRealTime(token),
    program: async (name, input) => {
      const { status, body } = await call('POST', `/operations/${name}`, { input })
      return outcome({ status, reason: body.code })
    },
  }
  for (const [door, does] of Object.entries(doors)) {
    for (const [what, given, comes] of fields) {
      expect([door, what, await does('set-fields', { what: { conversation }, ...given })]).toEqual([door, what, comes])
    }
    const teams: [string, object, string][] = [
      ['let-team-in', { conversation, team: team.id }, 'done'],
      ['let-team-in', { conversation, team: team.id }, 'wrong-state'],
      ['let-team-out', { conversation, team: team.id }, 'done'],
      ['let-team-in', { conversation, team: none }, 'no-such-person'],
      ['set-fields', { what: { conversation: none }, name: 'Boots' }, 'not-there'],
      ['set-place', { participant: none, alias: 'Juniper' }, 'not-there'],
    ]
    for (const [name, input, comes] of teams) expect([door, name, await does(name, input)]).toEqual([door, name, comes])
  }
})
