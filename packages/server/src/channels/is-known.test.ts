import { afterEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../operations/operation-rig.fixture.ts'
import { isKnown } from './is-known.ts'

let rig: OperationRig
afterEach(() => rig.close())

test('what was erased is known when it comes again, by a hash that tells nothing (C9)', async () => {
  rig = await openOperationRig()
  const { house, people } = rig
  const { account, node } = house
  const { conversation } = await rig.question('olga')
  const [message] = await house.rows<{ key: Buffer }>('select key from message where conversation_id = $1 limit 1', [
    conversation,
  ])
  const key = message?.key ?? Buffer.alloc(0)
  await rig.does(people.ada, 'erase', { conversation })
  expect(await isKnown(node.db, account.account, key)).toBe(true)
  expect(await isKnown(node.db, account.account, Buffer.from('another'))).toBe(false)
  const hashes = await house.rows<{ row: string }>('select to_jsonb(e)::text as row from erased_key e')
  expect(hashes.length).toBeGreaterThan(0)
  for (const { row } of hashes) expect(row).not.toContain(key.toString('hex'))
})
