import type { SenderEvidence } from '@parley/channel-sdk'
import { type AddressId, type Medium, oneWayMedia } from '@parley/model'
import { addressKey } from '@parley/rules'
import { sql } from 'kysely'
import { type Database, keyForms } from '../db/index.ts'
import type { Relay } from '../delivery/index.ts'

export type SenderVerdict =
  /** `provesItself`: nothing but what we sent to it could have told its writer where to answer. */
  | { verdict: 'believe'; address: AddressId; unproven: boolean; provesItself: boolean }
  /** `ask`: the address on record that the question goes to; never the one that claims to be the sender. */
  | { verdict: 'hold'; why: 'unknown-sender' | 'contradicted'; ask: { address: AddressId; medium: Medium } | null }

/**
 * Our address and a sender's that is theirs and no evidence against it: believed. Otherwise held, and the person on record is asked (settled
 * 16): on the medium that it came by, or where they have no proven address there, at their first on another.
 */
export async function judgeSender(
  db: Database,
  relay: Relay,
  medium: Medium,
  from: SenderEvidence,
): Promise<SenderVerdict> {
  const addresses = await readAddresses(db, relay)
  const keys = keyForms(db.workers, addressKey(medium, from.address))
  const same = addresses.find((address) => address.medium === medium && keys.includes(address.value_key))
  const own = same && (same.state !== 'unproven' || same.was_written_to) ? same : undefined
  const proven = addresses.filter(({ state, medium }) => state === 'proven' && !oneWayMedia.includes(medium))
  const ask = own ?? proven.find((address) => address.medium === medium) ?? proven[0]
  const asked = ask ? { address: ask.address_id, medium: ask.medium } : null
  if (!own) return { verdict: 'hold', why: 'unknown-sender', ask: asked }
  if (from.standing === 'contradicted') return { verdict: 'hold', why: 'contradicted', ask: asked }
  const provesItself = own.state === 'unproven'
  return { verdict: 'believe', address: own.address_id, unproven: from.standing === 'unproven', provesItself }
}

interface Row {
  address_id: AddressId
  medium: Medium
  value_key: string
  state: 'unproven' | 'proven' | 'failing'
  was_written_to: boolean
}

/** An address that nobody has proven yet got nothing but where to answer, or an invitation, if anything: who answers there reads it. */
async function readAddresses(db: Database, { account, person, relay }: Relay): Promise<Row[]> {
  const { rows } = await db.read(account, (reader) =>
    sql<Row>`
      select address_id, medium, value_key, state,
        state = 'unproven' and exists (select from delivery d join relay_address r on r.account_id = d.account_id
            and r.relay_id = d.relay_id and (r.own_address_id is null or r.invitation_id is not null)
          where d.account_id = a.account_id and d.relay_id = ${relay} and d.address_id = a.address_id
            and d.conversation_id = r.conversation_id) as was_written_to
      from address a where account_id = ${account} and person_id = ${person} order by position, address_id`.execute(
      reader,
    ),
  )
  return rows
}
