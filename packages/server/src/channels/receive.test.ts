import type { AddressId, InteractionId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { aMail, relayFor, takes } from '../receive-rig.fixture.ts'
import { aResponder, type House, openHouse } from '../test-house.fixture.ts'

const houses: House[] = []
async function aHouse(options: Parameters<typeof openHouse>[0] = {}): Promise<House> {
  const house = await openHouse(options)
  houses.push(house)
  return house
}
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close()
})

const notices = (house: House) =>
  house.rows<{ template: string }>(
    `select notice->>'template' as template from delivery where kind = 'notice' order by sequence`,
  )

test.each(['decline', 'pause', 'stop'] as const)(
  'A10 “%s” by mail is confirmed once, however often the same mail arrives',
  async (command) => {
    const house = await aHouse()
    const { person, conversation } = await house.visitor()
    await house.node.road.say(house.say(person, { conversation }, 'the question'))
    const [offer] = await house.offers(conversation)
    if (!offer) throw new Error('nobody was asked')
    const mail = aMail(await relayFor(house, offer), 'bo@people.test', command)
    expect(await takes(house, mail)).toEqual({ outcome: 'noted', because: command })
    expect(await takes(house, mail)).toEqual({ outcome: 'duplicate' })
    expect(await notices(house)).toHaveLength(1)
    // Who has come back meanwhile is not sent away again by the mail of before.
    await house.rows(`update responder set state = 'active'`)
    await takes(house, mail)
    expect(await house.rows('select state from responder')).toEqual([{ state: 'active' }])
    // Another mail that says the same is another mail.
    await takes(house, aMail(mail.to, 'bo@people.test', command))
    expect(await notices(house)).toHaveLength(2)
  },
)

test.each([
  ['everyone first', ['all', 'bo', 'all', 'bo']],
  ['the one first', ['bo', 'all', 'bo', 'all']],
] as const)(
  'A8 a mail to everyone and to one of them besides stands once with each, and reaches each once (%s)',
  async (_, order) => {
    const house = await aHouse({
      responders: ['bo', 'cleo', 'dag'].map((name) => aResponder(name)),
      policy: { admission: { kind: 'any' } },
    })
    const { visitor, interactions, addressOf } = await threeByMail(house)
    const to = { all: await addressOf('all'), bo: await addressOf(interactions[0]) }
    const mail = aMail('', 'ana@home.test', 'to all of you, and to Bo')
    const outcomes = []
    for (const address of order) outcomes.push((await takes(house, { ...mail, to: to[address] })).outcome)
    const isAllFirst = order[0] === 'all'
    expect(outcomes).toEqual(['accepted', isAllFirst ? 'duplicate' : 'accepted', 'duplicate', 'duplicate'])
    const placed = await house.rows<{ interaction_id: string }>(
      `select p.interaction_id from placement p join message m using (account_id, message_id) where m.body = $1 and m.person_id = $2`,
      [mail.said.visible, visitor],
    )
    expect(placed.map((row) => row.interaction_id).sort()).toEqual([...interactions].sort())
    const delivered = await house.rows<{ person_id: string }>(
      `select d.person_id from delivery d join message m using (account_id, message_id) where m.body = $1`,
      [mail.said.visible],
    )
    expect(new Set(delivered.map((row) => row.person_id)).size).toBe(3)
    expect(delivered).toHaveLength(3)
  },
)

test('A8 a mail that arrives at both addresses in the same moment stands once with each', async () => {
  const house = await aHouse({
    responders: ['bo', 'cleo', 'dag'].map((name) => aResponder(name)),
    policy: { admission: { kind: 'any' } },
  })
  const { interactions, addressOf } = await threeByMail(house)
  const mail = aMail('', 'ana@home.test', 'to all of you, and to each')
  const to = [await addressOf('all'), ...(await Promise.all(interactions.map((one) => addressOf(one))))]
  await Promise.all(to.map((address) => takes(house, { ...mail, to: address })))
  const placed = await house.rows(
    'select 1 from placement p join message m using (account_id, message_id) where m.body = $1',
    [mail.said.visible],
  )
  expect(placed).toHaveLength(3)
})

/** A visitor who reads by mail, and three responders who have answered each by themselves. */
async function threeByMail(house: House) {
  const { person, conversation } = await house.visitor()
  await house.rows(
    `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, created_at)
     values ($1, gen_random_uuid(), $2, 'email', 'ana@home.test', 'ana@home.test', 0, 'proven', now())`,
    [house.account.account, person],
  )
  await house.node.road.say(house.say(person, { conversation }, 'the question'))
  const interactions: InteractionId[] = []
  for (const offer of await house.offers(conversation)) {
    const answered = await house.answer(offer, 'an answer')
    if (answered.outcome !== 'admitted') throw new Error(answered.outcome)
    interactions.push(answered.interaction)
  }
  const [address] = await house.rows<{ address_id: AddressId }>('select address_id from address where person_id = $1', [
    person,
  ])
  if (!address) throw new Error('the visitor has no address')
  // From now on they read by mail; what the three say next makes the addresses that answers go to.
  await house.node.road.say(house.say(person, { conversation }, 'and more', { address: address.address_id }))
  for (const offer of await house.offers(conversation)) await house.answer(offer, 'another answer')
  const addressOf = async (which: InteractionId | 'all' | undefined) => {
    const [row] = await house.rows<{ token: string }>(
      which === 'all'
        ? `select token from relay_address where person_id = $1 and reach = 'all'`
        : `select token from relay_address join participant p using (account_id, participant_id)
           where relay_address.person_id = $1 and reach = 'one' and p.interaction_id = '${which}'`,
      [person],
    )
    if (!row) throw new Error(`there is no address for ${which}`)
    return `${row.token}@relay.test`
  }
  return { visitor: person, interactions: interactions as [InteractionId, ...InteractionId[]], addressOf }
}
