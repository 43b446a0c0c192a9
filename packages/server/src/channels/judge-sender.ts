import type { SenderEvidence } from '@parley/channel-sdk'
import type { AddressId, Medium } from '@parley/model'
import type { Database } from '../db/index.ts'
import type { Relay } from '../delivery/index.ts'

export type SenderVerdict =
  | { verdict: 'believe'; address: AddressId; unproven: boolean }
  /** `ask`: the address on record that the question goes to; never the one that claims to be the sender. */
  | { verdict: 'hold'; why: 'unknown-sender' | 'contradicted'; ask: AddressId | null }

/** Token and a From that is theirs and no evidence against it: believed. Otherwise held, and the person on record is asked (settled 16). */
export async function judgeSender(
  db: Database,
  relay: Relay,
  medium: Medium,
  from: SenderEvidence,
): Promise<SenderVerdict> {
  const addresses = await db.read(relay.account, (reader) =>
    reader
      .selectFrom('address')
      .select(['address_id', 'value_key', 'state'])
      .where('account_id', '=', relay.account)
      .where('person_id', '=', relay.person)
      .where('medium', '=', medium)
      .where('state', '<>', 'unproven')
      .orderBy('position')
      .execute(),
  )
  const own = addresses.find(({ value_key }) => value_key === from.address.trim().toLowerCase())
  const ask = (own ?? addresses.find(({ state }) => state === 'proven'))?.address_id ?? null
  if (!own) return { verdict: 'hold', why: 'unknown-sender', ask }
  if (from.standing === 'contradicted') return { verdict: 'hold', why: 'contradicted', ask }
  return { verdict: 'believe', address: own.address_id, unproven: from.standing === 'unproven' }
}
