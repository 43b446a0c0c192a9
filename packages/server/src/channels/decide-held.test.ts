import { readdirSync } from 'node:fs'
import path from 'node:path'
import { days, type HeldId, type PersonId } from '@parley/model'
import { afterEach, expect, test } from 'vitest'
import { expire } from '../housekeeping/index.ts'
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

const file = { name: 'list.txt', type: 'text/plain', bytes: Buffer.from('a list'), inline: false }

/** A sealed mail that is held, with a file: what there is of it, and of keys. */
async function isHeldSealed() {
  house = await openHouse({ policy: { encryption: 'sealed' } })
  const { person, conversation } = await house.visitor()
  await house.node.road.say(house.say(person, { conversation }, 'the question'))
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  const mail = aMail(await relayFor(house, offer), 'else@where.test', 'words', { attachments: [file] })
  expect(await takes(house, mail)).toEqual({ outcome: 'held' })
  const held = async () => {
    const rows = await house.rows<object>('select held_id, state, said, claims, raw_blob_id as raw from held_item')
    const [row] = rows as { held_id: HeldId; state: string; said: object; claims: string; raw: string | null }[]
    if (!row) throw new Error('nothing is held')
    return row
  }
  const keys = () =>
    readdirSync(path.join(house.keys, house.account.account)).filter((name) => name.startsWith('b-')).length
  const blobs = async () => (await house.rows('select 1 from blob')).length
  const decides = async (decision: 'release' | 'discard') =>
    decideHeld(receiving(house), {
      ...{ account: house.account.account, person: offer.person, decision },
      held: (await held()).held_id,
    })
  expect([keys(), await blobs()]).toEqual([2, 2])
  return { held, keys, blobs, decides, mail }
}

const emptied = { said: {}, claims: '', raw: null }

test('what was held and thrown away takes its keys along, so that no backup opens it (C2 C9)', async () => {
  const { held, keys, blobs, decides, mail } = await isHeldSealed()
  expect(await decides('discard')).toEqual({ ok: true, outcome: 'discarded' })
  expect(await held()).toMatchObject({ state: 'discarded', ...emptied })
  expect([keys(), await blobs()]).toEqual([0, 0])
  expect(await takes(house, mail)).toEqual({ outcome: 'duplicate' })
})

test('what was held and never decided takes its keys along when it expires (C2 C9)', async () => {
  const { held, keys, blobs } = await isHeldSealed()
  house.clock.pass(days(31))
  expect(await expire({ db: house.node.db, clock: house.clock })).toMatchObject({ held: 1 })
  expect(await held()).toMatchObject({ state: 'expired', ...emptied })
  expect([keys(), await blobs()]).toEqual([0, 0])
})

test('what was held is kept once: by the message that it became, also where it is thrown away because a process died before that was noted (C2 C9)', async () => {
  const { held, keys, blobs, decides, mail } = await isHeldSealed()
  const { raw } = await held()
  expect(await decides('release')).toEqual({ ok: true, outcome: 'admitted' })
  expect(await held()).toMatchObject({ state: 'released', ...emptied })
  await house.rows(`update held_item set state = 'waiting', raw_blob_id = $1`, [raw])
  expect(await decides('discard')).toEqual({ ok: true, outcome: 'discarded' })
  expect([keys(), await blobs()]).toEqual([2, 2])
  expect(await house.rows('select raw_blob_id as raw from message where raw_blob_id is not null')).toEqual([{ raw }])
  expect(await takes(house, mail)).toEqual({ outcome: 'duplicate' })
})
