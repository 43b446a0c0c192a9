import { seconds } from '@parley/model'
import { expect, test } from 'vitest'
import { reachClosedWindows } from '../road/index.ts'
import { aResponder, openExchange, openHouse } from '../test-house.fixture.ts'
import { Presences } from './presences.ts'

test('A18 what waits in a closed window goes first to an address where somebody is', async () => {
  const house = await openHouse({ responders: [aResponder('bo', ['bo@jabber.test', 'bo@people.test'])] })
  const { says } = await openExchange(house)
  await house.rows(`update address set medium = 'xmpp' where position = 0`)
  await house.rows(`update participant set medium = 'web', address_id = null, delivered = 0 where role = 'responder'`)
  await house.rows('update conversation set structure = structure + 1')
  await house.rows('delete from delivery')
  const presences = new Presences()
  const hear = presences.taking('xmpp')
  const sweep = () =>
    reachClosedWindows(
      { db: house.node.db, clock: house.clock, isConnected: () => false, away: presences.away() },
      seconds(45),
    )
  const reached = async () =>
    (
      await house.rows<{ value: string }>(
        'select a.value from delivery d join address a using (account_id, address_id) order by d.sequence desc limit 1',
      )
    )[0]?.value

  hear({ address: 'Bo@jabber.test', isThere: false })
  await says('Are you there?')
  house.clock.pass(seconds(60))
  await sweep()
  expect(await reached()).toBe('bo@people.test')

  hear({ address: 'bo@jabber.test', isThere: true })
  await says('And now?')
  house.clock.pass(seconds(60))
  await sweep()
  expect(await reached()).toBe('bo@jabber.test')
  await house.close()
})

test('of more than are kept the longest gone are forgotten', () => {
  const presences = new Presences()
  const hear = presences.taking('xmpp')
  for (let n = 0; n <= 10_000; n++) hear({ address: `p${n}@jabber.test`, isThere: false })
  expect(presences.away()).toHaveLength(10_000)
  expect(presences.away()).not.toContain('xmpp p0@jabber.test')
})
