import { randomUUID } from 'node:crypto'
import type { OperationResult, PlaceInvitationView, ProgramMessages, ProgramPage } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeskCaller } from '../people-rig.fixture.ts'
import { type ProgramRig, startProgramRig } from './program-rig.fixture.ts'

let rig: ProgramRig
let bo: DeskCaller
beforeAll(async () => {
  rig = await startProgramRig()
  bo = await rig.atDesk(rig.parley.account.responders[0], 'bo@people.test')
}, 60_000)
afterAll(() => rig?.parley.stop())

const does = (name: string, input: object) =>
  bo<OperationResult>('POST', `/api/desk/operations/${name}`, { operation: randomUUID(), input })

test('E16 C3 a program is asked into a backchannel, accepts, reads and writes there, and whispers once it works as an operator', async () => {
  const { id, call } = await rig.program({ active: false })
  await rig.asks('Do you open on Sunday?')
  const [offer] = (await bo<{ id: string }[]>('GET', '/api/desk/offers')).body
  const answered = await bo<{ conversation: string; interaction: string }>(
    'POST',
    `/api/desk/offers/${offer?.id}/answer`,
    {
      id: randomUUID(),
      text: 'From ten.',
    },
  )
  const { conversation, interaction: exchange } = answered.body
  const opened = await does('open-backchannel', { from: exchange, people: [id], note: 'What does the calendar say?' })
  expect(opened.status).toBe(200)
  const { items } = (await call<ProgramPage<PlaceInvitationView>>('GET', '/invitations')).body
  expect(items).toMatchObject([{ note: 'What does the calendar say?', kind: 'backchannel' }])
  const accepted = await call<OperationResult>('POST', '/operations/answer-invitation', {
    input: { invitation: items[0]?.id, accept: true },
  })
  const { interaction } = accepted.body
  expect([accepted.status, interaction]).toEqual([200, opened.body.interaction])
  await call('POST', `/conversations/${conversation}/messages`, { text: 'Sunday is Easter.', interaction })
  const page = await call<ProgramMessages>('GET', `/conversations/${conversation}/messages?interaction=${interaction}`)
  expect(page.body.messages.map(({ text }) => text)).toEqual(['Sunday is Easter.'])
  const whisper = () =>
    call('POST', '/operations/whisper', { input: { interaction: exchange, text: 'Closed on Sunday.' } })
  expect((await whisper()).body).toMatchObject({ code: 'not-there' })
  expect((await bo('PATCH', `/api/desk/admin/people/${id}`, { role: 'supervisor' })).status).toBe(200)
  expect((await whisper()).status).toBe(200)
})
