import type { AccountId, AddressId, PersonId } from '@parley/model'
import type { Writer } from '../db/index.ts'
import { enqueue } from '../delivery/index.ts'
import { type AddressParts, costs } from './address-parts.ts'
import { takeCode } from './take-code.ts'

export type TestAddress = { ok: true } | { ok: false; refusal: 'not-there' | 'too-many'; retryAfterSeconds?: number }

/** Sends a line to a proven address of theirs, so that they see how it arrives. Counts as a code does: it costs as much. */
export async function testAddress(
  tx: Writer,
  parts: AddressParts,
  wanted: { account: AccountId; person: PersonId; address: AddressId; network: string | null },
  now: Date,
): Promise<TestAddress> {
  const { account, person } = wanted
  const own = await tx
    .selectFrom('address')
    .select(['medium', 'value_key'])
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('address_id', '=', wanted.address)
    .where('state', '<>', 'unproven')
    .executeTakeFirst()
  if (!own) return { ok: false, refusal: 'not-there' }
  const { medium, value_key: key } = own
  const allowed = await takeCode(tx, { ...wanted, medium, key, costs: costs(parts, medium) }, now)
  if (!allowed.ok) return { ok: false, refusal: 'too-many', retryAfterSeconds: allowed.retryAfterSeconds }
  const to = { account, owner: person, person, address: wanted.address, medium }
  const nowhere = { conversation: null, interaction: null, participant: null, relay: null }
  const notice = { template: 'address-test', params: {} }
  await enqueue(tx, [{ ...to, ...nowhere, what: { kind: 'notice', notice } }], now)
  return { ok: true }
}
