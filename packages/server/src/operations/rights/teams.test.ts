import { type ConversationId, newId, type PersonId, type TeamId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { changeTeam, followTeams, makeTeam } from '../../teams/index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

const texts = async (person: PersonId, interaction = '') => (await rig.sees(person)).texts[interaction]

async function team(...members: PersonId[]): Promise<TeamId> {
  const { node, account, clock } = rig.house
  const names = { en: 'Kitchen' }
  const made = await node.db.write(account.account, (tx) =>
    makeTeam(tx, account.account, { kind: 'team', names, members }, clock.now()),
  )
  if (!made.ok) throw new Error(made.refusal)
  return made.team
}

const members = (of: TeamId, people: PersonId[]) =>
  rig.house.node.db.write(rig.house.account.account, (tx) =>
    changeTeam(tx, rig.house.account.account, of, { members: people }),
  )

async function follow(road = rig.house.node.road): Promise<string[]> {
  const warnings: string[] = []
  await followTeams({ db: rig.house.node.db, road, warn: (_, message) => warnings.push(message) })
  return warnings
}

test('a team that is let in reads along from then on; who comes to it later, from then; who leaves it, no more (C2)', async () => {
  const { people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const kitchen = await team(people.otto)
  expect(await rig.does(people.sue, 'let-team-in', { conversation, team: kitchen })).toMatchObject({ ok: true })
  await rig.say(visitor, { interaction }, 'two')
  await members(kitchen, [people.otto, people.cleo])
  await follow()
  await rig.say(visitor, { interaction }, 'three')
  expect(await texts(people.otto, interaction)).toEqual(['two', 'three'])
  expect(await texts(people.cleo, interaction)).toEqual(['three'])
  await members(kitchen, [people.cleo])
  await follow()
  await rig.say(visitor, { interaction }, 'four')
  expect(await texts(people.otto, interaction)).toEqual(['two', 'three'])
  expect(await texts(people.cleo, interaction)).toEqual(['three', 'four'])
  expect(await rig.does(people.sue, 'let-team-out', { conversation, team: kitchen })).toMatchObject({ ok: true })
  await rig.say(visitor, { interaction }, 'five')
  expect(await texts(people.cleo, interaction)).toEqual(['three', 'four'])
})

test('what was opened after a team was let in is not theirs, whoever comes to it (C2)', async () => {
  const { people, house } = rig
  const { conversation } = await rig.question('olga')
  const kitchen = await team(people.cleo)
  await rig.does(people.sue, 'let-team-in', { conversation, team: kitchen })
  const offer = (await house.offers(conversation as ConversationId)).find(({ person }) => person === people.otto)
  if (!offer) throw new Error('otto was not asked')
  const answered = await house.answer(offer, 'later', { desk: true })
  const later = answered.outcome === 'admitted' ? answered.interaction : ''
  await members(kitchen, [people.cleo, people.bo])
  await follow()
  expect(await texts(people.cleo, later)).toBeUndefined()
  expect(await texts(people.bo, later)).toBeUndefined()
})

test('a change of a team is followed by the next process where one dies in the middle of it (C2)', async () => {
  const { people, house } = rig
  const first = await rig.question('olga')
  const second = await rig.question('olga')
  const kitchen = await team()
  for (const { conversation } of [first, second]) {
    await rig.does(people.sue, 'let-team-in', { conversation, team: kitchen })
  }
  await members(kitchen, [people.otto])
  const { road } = house.node
  let turns = 0
  const dying = Object.create(road) as typeof road
  dying.inConversation = (...args) => {
    turns += 1
    if (turns > 1) throw new Error('the process died')
    return road.inConversation(...args)
  }
  expect(await follow(dying)).toHaveLength(1)
  const of = async () => {
    const reads = await house.rows<{ count: number }>(
      'select count(*)::int as count from span where person_id = $1 and basis = $2 and to_position is null',
      [people.otto, 'rule'],
    )
    return reads[0]?.count
  }
  const half = await of()
  expect(await follow()).toEqual([])
  expect(half).toBeLessThan((await of()) ?? 0)
  // Both intakes and both exchanges, each once.
  expect(await of()).toBe(4)
  await follow()
  expect(await of()).toBe(4)
})

test('who pauses stays in the team, who leaves the account reads nothing more by it (C2)', async () => {
  const { people, house } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const kitchen = await team(people.cleo)
  await rig.does(people.sue, 'let-team-in', { conversation, team: kitchen, history: 'all' })
  await house.rows("update responder set state = 'paused' where person_id = $1", [people.cleo])
  await follow()
  await rig.say(visitor, { interaction }, 'two')
  await house.rows("update responder set state = 'left' where person_id = $1", [people.cleo])
  await follow()
  await rig.say(visitor, { interaction }, 'three')
  expect(await texts(people.cleo, interaction)).toEqual(['answer of olga', 'two'])
})

test('who comes back by an undo reads by a team only where they are still in it, and it is still let in (C2)', async () => {
  const { people } = rig
  const { conversation, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const kitchen = await team(people.otto, people.cleo)
  await rig.does(people.sue, 'add', { interaction, people: [people.otto, people.cleo] })
  await rig.does(people.sue, 'let-team-in', { conversation, team: kitchen })
  const left = [
    await rig.does(people.otto, 'leave', { interaction }),
    await rig.does(people.cleo, 'leave', { interaction }),
  ]
  await members(kitchen, [people.cleo])
  await follow()
  for (const one of left) {
    expect(await rig.does(people.sue, 'undo', { operation: one.ok ? one.result.operation : '' })).toMatchObject({
      ok: true,
    })
  }
  const open = await rig.house.rows(
    'select person_id from span where under = $1 and to_position is null and interaction_id = $2',
    [kitchen, interaction],
  )
  expect(open).toEqual([{ person_id: people.cleo }])
  // Let out meanwhile, an undo brings nothing back that hung on it.
  const again = await rig.does(people.cleo, 'leave', { interaction })
  await rig.does(people.sue, 'let-team-out', { conversation, team: kitchen })
  await rig.does(people.sue, 'undo', { operation: again.ok ? again.result.operation : '' })
  const rights = 'select person_id from span where under = $1 and to_position is null'
  expect(await rig.house.rows(rights, [kitchen])).toEqual([])
})

test('letting a team in is refused to who does not watch, for what is not there, and twice', async () => {
  const { people } = rig
  const { visitor, conversation } = await rig.question('olga')
  const kitchen = await team(people.otto)
  const wanted = { conversation, team: kitchen }
  expect(await rig.does(people.olga, 'let-team-in', wanted)).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await rig.does(visitor, 'let-team-in', wanted)).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await rig.does(people.otto, 'let-team-in', wanted)).toEqual({ ok: false, refusal: 'not-there' })
  expect(await rig.does(people.sue, 'let-team-in', { ...wanted, conversation: newId() })).toEqual({
    ok: false,
    refusal: 'not-there',
  })
  expect(await rig.does(people.sue, 'let-team-in', { ...wanted, team: newId() })).toEqual({
    ok: false,
    refusal: 'no-such-person',
  })
  expect(await rig.does(people.sue, 'let-team-out', wanted)).toEqual({ ok: false, refusal: 'wrong-state' })
  await rig.does(people.sue, 'let-team-in', wanted)
  expect(await rig.does(people.sue, 'let-team-in', wanted)).toEqual({ ok: false, refusal: 'wrong-state' })
})
