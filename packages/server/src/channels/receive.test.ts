import { afterEach, expect, test } from 'vitest'
import { type House, openHouse } from '../test-house.fixture.ts'
import { aMail, relayFor, takes } from './receive-rig.fixture.ts'

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
