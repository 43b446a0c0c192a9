import { readdirSync } from 'node:fs'
import path from 'node:path'
import { days, minutes } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeAttachments } from '../../attachments/index.ts'
import { expire, LooseBlobs } from '../../housekeeping/index.ts'
import { answerOffer, findOfferIn } from '../../hunting/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { aMail, receiving, relayFor, takes } from '../../receive-rig.fixture.ts'
import { tablesHolding } from './tables-holding.fixture.ts'

let rig: OperationRig
beforeEach(async () => {
  const prefer = { media: ['web'], graceMs: minutes(2) }
  rig = await openOperationRig({ admission: { kind: 'first-n', slots: 1, prefer } })
})
afterEach(() => rig.close())

const file = { name: 'nightingale.txt', type: 'text/plain', bytes: Buffer.from('a nightingale file'), inline: false }

/** Bo answers by mail, with a file, and waits for one who answers at a desk. */
async function boWaits() {
  const { house, people } = rig
  const asked = await rig.question()
  const offer = (await house.offers(asked.conversation)).find(({ person }) => person === people.bo)
  if (!offer) throw new Error('bo was not asked')
  const mail = aMail(await relayFor(house, offer), 'bo@people.test', 'hear the nightingale', { attachments: [file] })
  expect(await takes(house, mail)).toEqual({ outcome: 'noted', because: 'prefers-another-medium' })
  return { ...asked, offer }
}

const keys = () => {
  const folder = path.join(rig.house.keys, rig.house.account.account)
  return readdirSync(folder).filter((name) => name.startsWith('b-')).length
}
const stored = async () => {
  const counted = ['attachment', 'blob'].map(async (table) => (await rig.house.rows(`select 1 from ${table}`)).length)
  return Promise.all(counted)
}

test('an answer that waits is sealed with its files, and so is one that comes to a sealed question (C9 A10)', async () => {
  const { house, people } = rig
  const { conversation, offer } = await boWaits()
  expect(await tablesHolding(rig, 'nightingale')).toEqual(['attachment', 'blob_chunk', 'offer'])
  expect(await rig.does(people.sue, 'seal', { conversation })).toMatchObject({ ok: true })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  expect(keys()).toBe(2)
  // What comes with it was stored a moment before that.
  const { account } = house.account
  const now = house.clock.now()
  const brought = await house.node.db.write(account, async (tx) => ({
    attachments: (await storeAttachments(tx, { account, person: people.bo, files: [file], maxBytes: 1_000, now })).kept,
    rawBlob: await receiving(house).vault.seal(tx, account, Buffer.from('as it came'), now),
  }))
  const { to: _, ...say } = house.say(people.bo, { conversation }, 'the nightingale again', { address: offer.address })
  const answer = { account, offer: offer.offer, say: { ...say, ...brought } }
  expect(await answerOffer(house.node.road, answer, findOfferIn(house.node.db))).toMatchObject({
    because: 'prefers-another-medium',
  })
  expect(await tablesHolding(rig, 'nightingale')).toEqual([])
  expect(keys()).toBe(4)
})

test.each(['conversation', 'person'] as const)(
  'an answer that waits goes with its files when the %s is erased (C9 A10)',
  async (what) => {
    const { people } = rig
    const { conversation } = await boWaits()
    expect(await rig.does(people.sue, 'seal', { conversation })).toMatchObject({ ok: true })
    expect([await stored(), keys()]).toEqual([[1, 2], 2])
    const erased =
      what === 'person'
        ? await rig.does(people.ada, 'erase-person', { person: people.bo })
        : await rig.does(people.ada, 'erase', { conversation })
    expect(erased).toMatchObject({ ok: true })
    expect([await stored(), keys()]).toEqual([[0, 0], 0])
  },
)

test('the files of an answer stay for as long as it waits, and go when it was not taken (A10)', async () => {
  const { house } = rig
  await boWaits()
  house.clock.pass(days(2))
  const sweep = async () => {
    const { db } = house.node
    const { uploads } = await expire({ db, clock: house.clock })
    return { uploads, loose: await new LooseBlobs({ db, clock: house.clock }).sweep() }
  }
  expect(await sweep()).toEqual({ uploads: 0, loose: 0 })
  await house.rows(`update offer set state = 'withdrawn', kept = '[]'`)
  expect(await sweep()).toEqual({ uploads: 1, loose: 1 })
  expect(await stored()).toEqual([0, 0])
})
