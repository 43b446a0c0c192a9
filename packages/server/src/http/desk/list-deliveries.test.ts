import { afterEach, expect, test } from 'vitest'
import { accepted, aResponder, type House, openHouse } from '../../test-house.fixture.ts'
import { listDeliveries } from './list-deliveries.ts'

let house: House
afterEach(() => house.close())

/** What its author is shown of one message that went to two by mail. */
async function shownToAuthor(policy: object) {
  house = await openHouse({
    policy: { admission: { kind: 'any' }, circle: 'shared', ...policy },
    responders: ['bo', 'cleo'].map((name) => aResponder(name)),
  })
  const { account } = house.account
  const { person, conversation } = await house.visitor()
  accepted(await house.node.road.say(house.say(person, { conversation }, 'the question')))
  for (const offer of await house.offers(conversation)) await house.answer(offer, 'me')
  accepted(await house.node.road.say(house.say(person, { conversation }, 'to both')))
  await house.rows(
    "update delivery set state = 'sent' where delivery_id = (select min(delivery_id::text)::uuid from delivery where message_id is not null)",
  )
  const holder = { account, person, kind: 'visitor', language: 'en' } as const
  const shown = await house.node.db.read(account, (db) => listDeliveries(db, holder, { conversation }))
  const [newest] = shown
  return shown.filter(({ message }) => message === newest?.message).map(({ to }) => to)
}

test('a message that went to several behind one face is on its way to one (C5)', async () => {
  expect(await shownToAuthor({ face: { name: { en: 'Support' } } })).toEqual(['Support'])
})

test('of several whom its author tells apart, each is shown', async () => {
  expect((await shownToAuthor({})).toSorted()).toEqual(['alias of bo', 'alias of cleo'])
})
