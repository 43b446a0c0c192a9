import { randomUUID } from 'node:crypto'
import type { InteractionReaders, SeesConversation, SeesMessages, SeesPage } from '@parley/protocol'
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

test('an administrator sees what somebody sees, as they see it and with why; that they looked is kept; nobody else may (C2)', async () => {
  await rig.asks('Do you open on Sunday?')
  const [offer] = (await bo<{ id: string }[]>('GET', '/api/desk/offers')).body
  const answer = { id: randomUUID(), text: 'From ten.' }
  const answered = await bo<{ conversation: string; interaction: string }>(
    'POST',
    `/api/desk/offers/${offer?.id}/answer`,
    answer,
  )
  const { conversation, interaction } = answered.body
  const [own, other] = ids()
  const input = { interaction, person: other, history: 'all' }
  expect((await bo('POST', '/api/desk/operations/grant', { operation: randomUUID(), input })).status).toBe(200)

  const rights = `/api/desk/interactions/${interaction}/rights`
  const { readers } = (await bo<InteractionReaders>('GET', rights)).body
  expect(readers.find(({ person }) => person === other)).toMatchObject({
    ...{ isHere: false, mayTakeBack: true, you: false },
    rights: [{ basis: 'grant', from: 1, to: null, by: expect.stringMatching(/./), under: null }],
  })
  // Who reads it and may give nothing is not told who else does; nobody is told of what is not there.
  expect((await cleo('GET', rights)).status).toBe(403)
  expect((await rig.ask('GET', rights)).status).toBe(401)
  for (const none of [randomUUID(), 'none'])
    expect((await bo('GET', `/api/desk/interactions/${none}/rights`)).status).toBe(404)

  const list = await bo<SeesPage>('GET', `/api/desk/admin/people/${other}/sees`)
  expect(list.body).toMatchObject({ conversations: [{ id: conversation }], next: null })
  const one = await bo<SeesConversation>('GET', `/api/desk/admin/people/${other}/sees/${conversation}`)
  const [seen, ...rest] = one.body.tickets.flatMap(({ interactions }) => interactions)
  expect(rest).toEqual([])
  expect(seen).toMatchObject({
    interaction: { id: interaction, writable: false },
    ranges: [{ from: 1, to: null }],
    messages: 1,
    rights: [{ basis: 'grant', from: 1, to: null, by: expect.stringMatching(/./), under: null }],
    backchannels: [],
  })
  expect(JSON.stringify(one.body)).not.toContain('From ten.')
  const words = await bo<SeesMessages>('GET', `/api/desk/admin/people/${other}/sees/${conversation}/${interaction}`)
  expect(words.body).toMatchObject({ messages: [{ n: 1, text: 'From ten.' }], more: false })
  // Bo has the intake too; through Cleo's eyes it is not there.
  const whole = await bo<SeesConversation>('GET', `/api/desk/admin/people/${own}/sees/${conversation}`)
  const intake = whole.body.tickets
    .flatMap(({ interactions }) => interactions)
    .find((each) => each.interaction.kind === 'intake')
  expect(intake?.rights).toMatchObject([{ basis: 'rule', by: null }])
  const hidden = `/api/desk/admin/people/${other}/sees/${conversation}/${intake?.interaction.id}`
  expect((await bo('GET', hidden)).status).toBe(404)

  const { account } = rig.parley.account
  const looks = await rig.parley.server.db.read(account, (db) =>
    db.selectFrom('event').select(['person_id', 'facts']).where('kind', '=', 'looked').orderBy('event_id').execute(),
  )
  expect(looks.map(({ person_id, facts }) => [person_id, facts.as, facts.words])).toEqual([
    [own, other, false],
    [own, other, true],
    [own, own, false],
  ])

  // A space of one's own is nobody else's to look into, nor to count.
  expect((await bo('PATCH', `/api/desk/admin/people/${other}`, { role: 'operator' })).status).toBe(200)
  const opens = () =>
    cleo<{ conversation: string }>('POST', '/api/desk/operations/open-own-space', {
      operation: randomUUID(),
      input: { name: 'mine' },
    })
  const opened = await opens()
  expect(opened.status).toBe(200)
  for (let n = 0; n < 50; n += 1) await opens()
  const all = await bo<SeesPage>('GET', `/api/desk/admin/people/${other}/sees`)
  expect(all.body.conversations.map(({ id }) => id)).toEqual([conversation])
  expect(all.body.next).toBeNull()
  expect((await bo('GET', `/api/desk/admin/people/${other}/sees/${opened.body.conversation}`)).status).toBe(404)

  const paths = ['', `/${conversation}`, `/${conversation}/${interaction}`]
  for (const path of paths) {
    expect((await cleo('GET', `/api/desk/admin/people/${own}/sees${path}`)).status).toBe(403)
    expect((await rig.ask('GET', `/api/desk/admin/people/${own}/sees${path}`)).status).toBe(401)
    expect((await bo('GET', `/api/desk/admin/people/no-id/sees${path}`)).status).toBe(404)
  }
  expect((await bo('GET', `/api/desk/admin/people/${other}/sees/${randomUUID()}`)).status).toBe(404)
  expect((await bo('GET', `/api/desk/admin/people/${other}/sees?after=nonsense`)).status).toBe(404)
})
