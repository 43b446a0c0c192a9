import type { HeldId, PersonId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { aMail, receiving, relayFor, takes } from '../receive-rig.fixture.ts'
import { type House, openExchange, openHouse } from '../test-house.fixture.ts'
import { decideHeld } from './decide-held.ts'

let house: House
afterEach(() => house.close())

/** A mail to an answered question, or into a place, from an address that nobody knows. */
async function isHeld(by: { person: PersonId; to: string }) {
  expect(await takes(house, aMail(by.to, 'else@where.test', 'words'))).toEqual({ outcome: 'held' })
  const [held] = await house.rows<{ held_id: HeldId }>('select held_id from held_item')
  if (!held) throw new Error('nothing is held')
  const decides = (decision: 'release' | 'discard', person = by.person) =>
    decideHeld(receiving(house), { account: house.account.account, person, held: held.held_id, decision })
  const state = async () => (await house.rows<{ state: string }>('select state from held_item'))[0]?.state
  return { decides, state }
}

test('C2 what was held goes on when its owner lets it, once, and nobody else may', async () => {
  house = await openHouse()
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'the question'))
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  const { decides, state } = await isHeld({ person: offer.person, to: await relayFor(house, offer) })
  expect(await decides('release', person)).toEqual({ ok: false, because: 'not-there' })
  expect(await decides('release')).toEqual({ ok: true, outcome: 'admitted' })
  expect(await state()).toBe('released')
  expect(await decides('release')).toEqual({ ok: false, because: 'decided-before' })
})

test.each([
  ['its address is retired', `update relay_address set state = 'retired', token = null`, 'conversation-closed'],
  ['the conversation is closed', `update conversation set state = 'closed'`, 'conversation-closed'],
  ['its owner has left', 'update participant set left_at = now()', 'interaction-closed'],
] as const)(
  'C2 what was held cannot go on when %s: its owner is told so, and it is not called released',
  async (_, happening, because) => {
    house = await openHouse()
    const { responder } = await openExchange(house)
    const [relay] = await house.rows<{ token: string }>('select token from relay_address')
    const { decides, state } = await isHeld({ person: responder, to: `${relay?.token}@relay.test` })
    await house.rows(happening)
    await house.rows('update conversation set structure = structure + 1')
    expect(await decides('release')).toEqual({ ok: false, because })
    expect(await state()).toBe('waiting')
    expect(await decides('discard')).toEqual({ ok: true, outcome: 'discarded' })
    expect(await state()).toBe('discarded')
  },
)
