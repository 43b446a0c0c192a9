import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealedMark } from '../db/index.ts'
import { addAddress, listAddresses } from '../people/index.ts'
import { accepted, type House, mailOnly, openHouse, ScriptedChannel, startOutbox } from '../test-house.fixture.ts'
import { findSender, makeSender } from './find-sender.ts'

let house: House
beforeEach(async () => {
  house = await openHouse({ policy: { encryption: 'sealed' } })
})
afterEach(() => house.close())

test('a visitor’s address is shown to them, written to and found again, and stands nowhere in the database (C9)', async () => {
  const { node, account, clock } = house
  const { person } = await house.visitor()
  const wanted = { account: account.account, person, medium: 'email', value: 'Nadia@Nightingale.test' } as const
  const add = () =>
    node.db.write(account.account, (tx) =>
      addAddress(tx, mailOnly, { ...wanted, seemsIn: null, network: null }, clock.now()),
    )
  const first = await add()
  expect(first).toMatchObject({ ok: true })
  expect(await add()).toMatchObject({ ok: true, address: first.ok && first.address })
  expect(await node.db.read(account.account, (db) => listAddresses(db, account.account, person))).toMatchObject([
    { medium: 'email', value: expect.stringMatching(/^nadia@nightingale\.test$/i) },
  ])
  const channel = new ScriptedChannel()
  const { outbox } = await startOutbox(house, channel)
  await expect
    .poll(() => channel.given.map(({ to }) => to.toLowerCase()), { timeout: 30_000 })
    .toContain('nadia@nightingale.test')
  await outbox.stop()
  const rows = await house.rows<{ row: string; value: string }>(
    'select to_jsonb(a)::text as row, value from address a where person_id = $1',
    [person],
  )
  expect(rows.map(({ value }) => value.startsWith(sealedMark))).toEqual([true])
  expect(rows[0]?.row.toLowerCase()).not.toContain('nightingale')
})

test('who writes from a sealed address again is the same person', async () => {
  const { node, account, clock } = house
  const site = account.sites[0]?.id ?? null
  const sender = { medium: 'email', address: 'nadia@nightingale.test', isProven: true } as const
  const made = await node.db.write(account.account, (tx) =>
    makeSender(tx, { account: account.account, site, sender, language: 'en' }, clock.now()),
  )
  const find = (address: string) =>
    node.db.write(account.account, (tx) =>
      findSender(tx, { account: account.account, site: site as never, sender: { ...sender, address } }),
    )
  expect(await find('Nadia@nightingale.test')).toMatchObject({ person: made.person, address: made.address })
  expect(await find('another@nightingale.test')).toBeNull()
  const { person, conversation } = await house.visitor()
  accepted(await node.road.say(house.say(person, { conversation }, 'hello')))
})
