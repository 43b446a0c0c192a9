import type { Inbound } from '@parley/channel-sdk'
import type { BlobId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Vault } from '../../attachments/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { aMail, receiving, takes } from '../../receive-rig.fixture.ts'
import { accepted } from '../../test-house.fixture.ts'
import { tablesHolding } from './tables-holding.fixture.ts'

let rig: OperationRig
beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

const ina = 'ina@clinic.test'
const file = { name: 'nightingale.txt', type: 'text/plain', bytes: Buffer.from('a nightingale file'), inline: false }
const reply = (to: string, from: string, more: Partial<Inbound> = {}) =>
  takes(rig.house, aMail(to, from, 'hear the nightingale', { attachments: [file], ...more }))

/** The keys under which originals and files lie: each its own, or the installation's. */
const blobs = () => rig.house.rows<{ own: boolean }>('select own_key as own from blob')

/** Somebody outside, asked by mail into a part of a conversation: the address of ours that they answer at. */
async function isAskedIn(exchange: string): Promise<{ at: string; behind: string }> {
  const outside = { medium: 'email', address: ina, name: 'Dr. Ina' }
  const opened = await rig.does(rig.people.olga, 'open-backchannel', { from: exchange, outside, note: 'A rash?' })
  const invitation = opened.ok ? opened.result.invitations?.[0] : undefined
  const [relay] = await rig.house.rows<{ token: string }>('select token from relay_address where invitation_id = $1', [
    invitation,
  ])
  if (!relay) throw new Error('nobody was asked by mail')
  return { at: `${relay.token}@relay.test`, behind: opened.ok ? (opened.result.interaction ?? '') : '' }
}

test('what somebody answers who was asked into something sealed never lies open, from whichever address (C9 C3)', async () => {
  const { conversation, exchanges } = await rig.question('olga')
  expect(await rig.does(rig.people.sue, 'seal', { conversation })).toMatchObject({ ok: true })
  const { at } = await isAskedIn(exchanges[0] ?? '')
  expect(await reply(at, 'nightingale@home.test')).toEqual({ outcome: 'held' })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  expect(await blobs()).toEqual([{ own: true }, { own: true }])
  // As soon as the files are stored, before it is known where they go.
  const before = rig.house.node.road.inConversations.bind(rig.house.node.road)
  const stored: { own: boolean }[][] = []
  rig.house.node.road.inConversations = async (...what) => {
    stored.push(await blobs())
    return before(...what)
  }
  expect(await reply(at, ina)).toMatchObject({ outcome: 'accepted' })
  expect(stored.at(-1)).toEqual(Array.from({ length: 4 }, () => ({ own: true })))
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
})

test('what is held of somebody who was asked in is sealed with what they were asked into (C9 C3)', async () => {
  const { exchanges } = await rig.question('olga')
  const { at, behind } = await isAskedIn(exchanges[0] ?? '')
  expect(await reply(at, 'nightingale@home.test')).toEqual({ outcome: 'held' })
  expect(await tablesHolding(rig, 'nightingale')).toEqual(['attachment', 'blob_chunk', 'held_item'])
  expect(await rig.does(rig.people.olga, 'seal', { interaction: behind })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  expect(await blobs()).toEqual([{ own: true }, { own: true }])
})

test('what was stored before it was known that its place is sealed has a key of its own once it is said there (C9)', async () => {
  const { house } = rig
  const { visitor, conversation } = await rig.question('olga')
  const { account } = house.account
  const { vault } = receiving(house)
  const rawBlob: BlobId = await house.node.db.write(account, (tx) =>
    vault.seal(tx, account, Buffer.from('as it came'), house.clock.now()),
  )
  expect(await rig.does(rig.people.sue, 'seal', { conversation })).toMatchObject({ ok: true })
  accepted(await house.node.road.say({ ...house.say(visitor, { conversation }, 'words'), rawBlob }))
  expect(await blobs()).toEqual([{ own: true }])
  expect((await new Vault(Buffer.alloc(32, 7)).open(house.node.db, account, rawBlob)).toString()).toBe('as it came')
})
