import { newId, type TeamId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { aResponder, type House, openHouse } from '../test-house.fixture.ts'
import { type Choice, choose } from './choose.ts'

let house: House
afterEach(() => house.close())

async function visit(options: Parameters<typeof openHouse>[0]) {
  house = await openHouse(options)
  const { person, conversation } = await house.visitor()
  const { account } = house.account
  return {
    chooses: (choice: Choice) => choose(house.node.road, { account, person, conversation, choice }),
    says: (text: string) => house.node.road.say(house.say(person, { conversation }, text)),
    asked: async () => (await house.offers(conversation)).map((offer) => offer.person),
    offers: () => house.offers(conversation),
  }
}

const team = newId<TeamId>()
async function withTeam(member: string) {
  const person = house.account.responders.find(({ name }) => name === member)?.person
  const { account } = house.account
  await house.rows(
    `insert into team (account_id, team_id, kind, names, position, created_at) values ($1, $2, 'team', '{}', 0, now())`,
    [account, team],
  )
  await house.rows('insert into team_member (account_id, team_id, person_id) values ($1, $2, $3)', [
    account,
    team,
    person,
  ])
  return person
}

test('A4 a question for a team reaches its members only, also when the visitor says so after people were asked', async () => {
  const { chooses, says, asked } = await visit({ responders: [aResponder('bo'), aResponder('cleo')] })
  const cleo = await withTeam('cleo')
  expect(await chooses({ team: newId() })).toBe('unknown-choice')
  await says('the question')
  expect(await asked()).toHaveLength(2)
  expect(await chooses({ team })).toBeNull()
  const rows = await house.rows<{ person_id: string }>(`select person_id from offer where state = 'open'`)
  expect(rows.map(({ person_id }) => person_id)).toEqual([cleo])
  expect(await chooses({ team: '' })).toBeNull()
  expect(await house.rows(`select 1 from offer where state = 'open'`)).toHaveLength(2)
})

test('A6 the visitor chooses how many may answer, within what the site allows, and not once somebody has', async () => {
  const { chooses, says, offers } = await visit({
    responders: ['bo', 'cleo', 'dan'].map((name) => aResponder(name)),
    policy: { hunt: { visitorMayChoose: 2 } },
  })
  expect(await chooses({ answers: 3 })).toBe('unknown-choice')
  expect(await chooses({ answers: 2 })).toBeNull()
  await says('the question')
  const outcomes = []
  for (const offer of await offers()) outcomes.push((await house.answer(offer, 'yes')).outcome)
  expect(outcomes).toEqual(['admitted', 'admitted', 'not-admitted'])
  expect(await chooses({ answers: 1 })).toBe('unknown-choice')
})

test('A6 where the site does not let the visitor choose how many answer, nobody can', async () => {
  const { chooses } = await visit({})
  expect(await chooses({ answers: 1 })).toBe('unknown-choice')
})
