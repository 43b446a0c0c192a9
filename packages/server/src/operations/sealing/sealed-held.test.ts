import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { OwnAddressId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdUntilTold } from '../../held/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { aMail, anOwnAddress, receiving, takesOver } from '../../receive-rig.fixture.ts'
import { tablesHolding } from './tables-holding.fixture.ts'

const ours = '+4759440001'
const bo = '+4740612345'

let rig: OperationRig
let own: OwnAddressId
beforeEach(async () => {
  rig = await openOperationRig()
  own = await anOwnAddress(rig.house, 'sms', ours, 'pool')
  await rig.house.rows(`update address set medium = 'sms', value = $1, value_key = $1 where person_id = $2`, [
    bo,
    rig.people.bo,
  ])
})
afterEach(() => rig.close())

const file = { name: 'nightingale.txt', type: 'text/plain', bytes: Buffer.from('a nightingale file'), inline: false }
const says = (text: string, more = {}) => takesOver(rig.house, 'sms', { from: bo, to: ours, text, ...more })

/** Bo is asked by two visitors on one number, and answers without saying whom. */
async function boAnswersOneOfTwo() {
  const two = [await rig.question('olga'), await rig.question('olga')]
  const conversations = two.map(({ conversation }) => conversation)
  const hears = { externalId: 'one', attachments: [file], raw: Buffer.from('raw') }
  expect(await says('hear the nightingale', hears)).toEqual({ outcome: 'held' })
  const tagTo = async (conversation: string | undefined) => {
    const [row] = await rig.house.rows<{ tag: string }>(
      'select tag from relay_address where own_address_id is not null and person_id = $1 and conversation_id = $2',
      [rig.people.bo, conversation],
    )
    return row?.tag ?? ''
  }
  return { conversations, tagTo, again: () => says('hear the nightingale', hears) }
}

const heldItem = async () =>
  (
    await rig.house.rows<{ state: string; said: unknown; claims: string; raw: string | null; sender: string | null }>(
      'select state, said, claims, raw_blob_id as raw, sender_key as sender from held_item',
    )
  )[0]

const keyOf = (blob: string | null | undefined) =>
  existsSync(path.join(rig.house.keys, rig.house.account.account, `b-${blob}`))

test('what was held for want of a tag keeps no words once it has gone on, and goes with its conversation (C9 A8)', async () => {
  const { conversations, tagTo, again } = await boAnswersOneOfTwo()
  expect(await says(await tagTo(conversations[0]))).toEqual({ outcome: 'noted', because: 'released' })
  expect(await heldItem()).toEqual({ state: 'released', said: {}, claims: '', raw: null, sender: null })
  expect(await tablesHolding(rig, 'hear the nightingale')).toEqual(['message'])
  expect(await rig.house.rows('select 1 from message m join blob b on b.blob_id = m.raw_blob_id')).toHaveLength(1)
  expect(await again()).toEqual({ outcome: 'duplicate' })
  expect(await rig.does(rig.people.ada, 'erase', { conversation: conversations[0] })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  expect(await rig.house.rows('select 1 from blob')).toEqual([])
  expect(await again()).toEqual({ outcome: 'duplicate' })
})

test('what may turn out to be for a conversation that is sealed is sealed with it, and opens for whom it was for (C9 A8)', async () => {
  const { conversations, tagTo } = await boAnswersOneOfTwo()
  expect(await tablesHolding(rig, 'nightingale')).toEqual(['attachment', 'blob_chunk', 'held_item'])
  expect(await rig.does(rig.people.sue, 'seal', { conversation: conversations[0] })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  const waiting = await heldItem()
  expect(waiting?.sender).not.toContain(bo)
  expect(keyOf(waiting?.raw)).toBe(true)
  expect(await says('no nightingale at all')).toEqual({ outcome: 'held' })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  expect(await says(await tagTo(conversations[0]))).toEqual({ outcome: 'noted', because: 'released' })
  const heard = Object.values((await rig.sees(rig.people.bo)).texts).flat()
  expect(heard).toEqual(expect.arrayContaining(['hear the nightingale', 'no nightingale at all']))
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  // Older backups hold what was held: the key that it was sealed under goes with the message that it became.
  expect(keyOf(waiting?.raw)).toBe(true)
  expect(await rig.does(rig.people.ada, 'erase', { conversation: conversations[0] })).toMatchObject({ ok: true })
  expect(keyOf(waiting?.raw)).toBe(false)
})

test('what is held of a visitor for none of their conversations goes with the last of them (C9)', async () => {
  const { house, people } = rig
  const { visitor, conversation } = await rig.question('olga')
  await rig.does(people.sue, 'seal', { conversation })
  const { account } = house.account
  const inbound = aMail(ours, '+4740699999', 'hear the nightingale', { channel: 'sms', attachments: [file] })
  const item = { own: { account, ownAddress: own }, person: visitor, sender: '+4740699999', medium: 'sms' as const }
  await holdUntilTold(receiving(house), { ...item, inbound, key: Buffer.from('the key of it') })
  const keys = () => readdirSync(path.join(house.keys, account)).filter((name) => name.startsWith('b-'))
  expect(keys()).toHaveLength(2)
  const known = () => house.rows<{ count: number }>('select count(*)::int as count from erased_key')
  expect(await rig.does(people.ada, 'erase', { conversation })).toMatchObject({ ok: true })
  for (const table of ['held_item', 'attachment', 'blob', 'blob_chunk']) {
    expect(await house.rows(`select 1 from ${table}`), table).toEqual([])
  }
  expect(keys()).toEqual([])
  expect(await known()).toEqual([{ count: 3 }])
})
