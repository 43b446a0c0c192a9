import { afterEach, expect, test } from 'vitest'
import { hashOf } from '../db/index.ts'
import { type House, openHouse } from '../test-house.fixture.ts'
import { isKnown } from './is-known.ts'

let house: House
afterEach(() => house.close())

test('what was erased is known when it comes again, by a hash that tells nothing (C9)', async () => {
  house = await openHouse()
  const { account } = house.account
  const { db } = house.node
  const key = Buffer.from('the key of a mail')
  expect(await isKnown(db, account, key)).toBe(false)
  await db.write(account, (tx) =>
    tx
      .insertInto('erased_key')
      .values({ account_id: account, key_hash: hashOf(tx, key) ?? '', erased_at: house.clock.now() })
      .execute(),
  )
  expect(await isKnown(db, account, key)).toBe(true)
  expect(await isKnown(db, account, Buffer.from('the key of another'))).toBe(false)
  const [row] = await house.rows<{ row: string }>('select to_jsonb(e)::text as row from erased_key e')
  expect(row?.row).not.toContain(key.toString('hex'))
})
