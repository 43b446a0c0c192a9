import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type BlobId, days, hours } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { blobReferences, writeSealedBlob } from '../attachments/index.ts'
import { aMail, relayFor, takes } from '../receive-rig.fixture.ts'
import { type House, openExchange, openHouse } from '../test-house.fixture.ts'
import { LooseBlobs } from './loose-blobs.ts'

let house: House
beforeEach(async () => {
  house = await openHouse({ policy: { encryption: 'sealed' } })
})
afterEach(() => house.close())

const loose = () => new LooseBlobs({ db: house.node.db, clock: house.clock })
const write = () =>
  house.node.db.write(house.account.account, (tx) =>
    writeSealedBlob(tx, house.account.account, Buffer.from('it'), house.clock.now()),
  )
const blobs = async () => (await house.rows<{ id: BlobId }>('select blob_id as id from blob')).map(({ id }) => id)
const hasKey = (blob: BlobId) => existsSync(path.join(house.keys, house.account.account, `b-${blob}`))

/** Makes something name a blob, for each column that can. */
const naming: Readonly<Record<string, string>> = {
  'attachment.blob_id': `insert into attachment (account_id, attachment_id, person_id, name, type, size, blob_id, created_at)
    select account_id, gen_random_uuid(), person_id, 'it', 'text/plain', 2, $1::uuid, now() from person limit 1`,
  'message.raw_blob_id': 'update message set raw_blob_id = $1',
  'held_item.raw_blob_id': `insert into held_item (account_id, held_id, person_id, channel, why, claims, said, raw_blob_id, key, state, created_at, expires_at)
    select account_id, gen_random_uuid(), person_id, 'email', 'ambiguous', '', '{}', $1::uuid, 'key', 'waiting', now(), now() from person limit 1`,
  'offer.kept': `update offer set kept = jsonb_build_array('{}'::jsonb, jsonb_build_object('key', '', 'rawBlob', $1::uuid))`,
}

test.each(Object.keys(blobReferences))(
  'what %s names stays, and is gone with its key once it is not named any more',
  async (column) => {
    await openExchange(house)
    const blob = await write()
    await house.rows(naming[column] ?? '', [blob])
    house.clock.pass(days(2))
    expect(await loose().sweep()).toBe(0)
    expect([await blobs(), hasKey(blob)]).toEqual([[blob], true])
    const [table = '', name = ''] = column.split('.')
    if (table === 'attachment') await house.rows('delete from attachment')
    else await house.rows(`update ${table} set ${name} = ${table === 'offer' ? `'[]'` : 'null'}`)
    expect(await loose().sweep()).toBe(1)
    expect([await blobs(), hasKey(blob)]).toEqual([[], false])
    expect(await house.rows('select 1 from blob_chunk')).toEqual([])
  },
)

test('every column that can name a blob is looked at before one is removed: those of the schema, and those inside of JSON', async () => {
  const columns = await house.rows<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'parley' and column_name like '%blob%' and table_name not in ('blob', 'blob_chunk')`,
  )
  const inJson = ['offer.kept']
  expect([...columns.map(({ name }) => name), ...inJson].sort()).toEqual(Object.keys(blobReferences).sort())
  // A blob that stands under another name is found by its type.
  const folder = path.join(import.meta.dirname, '../db/tables')
  const fields = readdirSync(folder).flatMap((file) => {
    let of = ''
    return readFileSync(path.join(folder, file), 'utf8')
      .split('\n')
      .flatMap((line) => {
        of = /interface (\w+)/.exec(line)?.[1] ?? of
        const field = /(\w+)\??:.*\bBlobId\b/.exec(line)?.[1]
        return field ? [`${of}.${field}`] : []
      })
  })
  const known = [
    'AttachmentTable.blob_id',
    'HeldItemTable.raw_blob_id',
    'KeptAnswer.rawBlob',
    'MessageTable.raw_blob_id',
  ]
  expect(fields.sort()).toEqual([...known, 'BlobTable.blob_id', 'BlobChunkTable.blob_id'].sort())
})

test('the original of a mail that was not said goes after a day, with its key (C9)', async () => {
  const { conversation } = await openExchange(house)
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  const at = await relayFor(house, offer)
  await house.rows(`update conversation set state = 'closed', ends_at = $1, structure = structure + 1`, [
    house.clock.now(),
  ])
  expect(await takes(house, aMail(at, 'bo@people.test', 'still there?'))).toMatchObject({ outcome: 'noted' })
  const [blob] = await blobs()
  if (!blob) throw new Error('nothing was kept of it')
  expect(hasKey(blob)).toBe(true)
  house.clock.pass(days(1) - hours(1))
  expect(await loose().sweep()).toBe(0)
  house.clock.pass(hours(2))
  expect(await loose().sweep()).toBe(1)
  expect([await blobs(), hasKey(blob)]).toEqual([[], false])
})

test('all are gone through a part at a time, and from the beginning again', async () => {
  for (let n = 0; n < 5; n++) await write()
  house.clock.pass(days(2))
  const sweeping = loose()
  const gone: number[] = []
  for (let n = 0; n < 4; n++) gone.push(await sweeping.sweep(2))
  expect(gone).toEqual([2, 2, 1, 0])
  const last = await write()
  house.clock.pass(days(2))
  expect(await sweeping.sweep(2)).toBe(1)
  expect(hasKey(last)).toBe(false)
})

test('what a process that died had let go of, with or without its key, is removed by the next sweep (C9)', async () => {
  const [one, other] = [await write(), await write()]
  await house.rows('delete from blob_chunk where blob_id = $1', [one])
  rmSync(path.join(house.keys, house.account.account, `b-${one}`), { recursive: true })
  house.clock.pass(days(2))
  expect(await loose().sweep()).toBe(2)
  expect([await blobs(), hasKey(one), hasKey(other)]).toEqual([[], false, false])
})
