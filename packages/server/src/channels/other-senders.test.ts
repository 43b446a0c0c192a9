import { afterEach, expect, test } from 'vitest'
import { anOwnAddress, everythingSaid, noticesTo, reachedOver, relayFor, takesOver } from '../receive-rig.fixture.ts'
import { aResponder, type House, openHouse } from '../test-house.fixture.ts'

let house: House
afterEach(() => house.close())

/** How a medium names people, and its own way of writing the same address. */
const people = {
  xmpp: { own: 'bo@jabber.test', same: 'Bo@Jabber.test/phone', other: 'bo@jabber.test.evil.test' },
  sip: { own: 'sip:bo@phones.test', same: 'sip:Bo@PHONES.test', other: 'sip:bo@phones.test:5070' },
} as const

/** Bo has a question there; answers the address of ours that it came from. */
async function asked(medium: 'sms' | 'xmpp' | 'sip', address: string) {
  house = await openHouse({ responders: [aResponder('bo', ['bo@people.test', 'bo@office.test'])] })
  await reachedOver(house, medium, [address])
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'Are you open?'))
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  return relayFor(house, offer)
}

const said = async () => (await everythingSaid(house)).map(({ text }) => text)

test.each(['xmpp', 'sip'] as const)(
  'C2 over %s an answer counts from the address that was asked, however it is written, and from no other',
  async (medium) => {
    const { own, same, other } = people[medium]
    const to = await asked(medium, own)
    expect(await takesOver(house, medium, { from: other, to, text: 'Mine!' })).toEqual({ outcome: 'held' })
    expect(await said()).toEqual(['Are you open?'])
    expect(await takesOver(house, medium, { from: same, to, text: 'Yes' })).toMatchObject({ outcome: 'accepted' })
    expect(await said()).toEqual(['Are you open?', 'Yes'])
  },
)

test.each(['xmpp', 'sip'] as const)(
  'C2 over %s a sender against whom the medium speaks is held, and the person on record is asked there',
  async (medium) => {
    const { own } = people[medium]
    const to = await asked(medium, own)
    const text = { from: own, to, text: 'Mine!' }
    expect(await takesOver(house, medium, text, 'contradicted')).toEqual({ outcome: 'held' })
    expect(
      await house.rows(`select d.medium, a.value, notice->>'template' as template from delivery d
      join address a using (account_id, address_id) where kind = 'notice'`),
    ).toEqual([{ medium, value: own, template: 'held-contradicted' }])
    expect(await said()).toEqual(['Are you open?'])
  },
)

test('C2 who writes over a medium on which nothing of them is known is held, and asked at an address that is theirs', async () => {
  const to = await asked('xmpp', people.xmpp.own)
  const text = { from: 'sip:bo@phones.test', to, text: 'It is me' }
  expect(await takesOver(house, 'sip', text)).toEqual({ outcome: 'held' })
  expect(
    await house.rows(`select d.medium, a.value from delivery d join address a using (account_id, address_id)
    where kind = 'notice'`),
  ).toEqual([{ medium: 'xmpp', value: people.xmpp.own }])
})

test('C2 a number that is no longer its owner’s is held, not believed', async () => {
  house = await openHouse({ responders: [aResponder('bo', ['bo@people.test', 'bo@office.test'])] })
  await anOwnAddress(house, 'sms', '+4759440001', 'pool')
  await reachedOver(house, 'sms', ['+4740612345'])
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'Are you open?'))
  await house.rows(`delete from address where medium = 'sms'`)
  const text = { from: '+4740612345', to: '+4759440001', text: 'Yes' }
  expect(await takesOver(house, 'sms', text)).toEqual({ outcome: 'held' })
  expect(await noticesTo(house)).toMatchObject([{ template: 'held-unknown-sender' }])
  expect(await said()).toEqual(['Are you open?'])
})

test.each([
  ['xmpp', 'decline', 'declined'],
  ['xmpp', 'Nein, danke', 'declined'],
  ['sip', 'pause', 'declined'],
  ['sip', 'stop', 'declined'],
] as const)('A10 over %s “%s” is a command, confirmed there', async (medium, text, state) => {
  const { own } = people[medium]
  const to = await asked(medium, own)
  expect(await takesOver(house, medium, { from: own, to, text })).toMatchObject({ outcome: 'noted' })
  expect(await house.rows('select state from offer')).toEqual([{ state }])
  expect(await house.rows(`select medium from delivery where kind = 'notice'`)).toEqual([{ medium }])
})
