import { randomInt } from 'node:crypto'
import { type AccountId, type AddressId, minutes, newId, type PersonId } from '@parley/model'
import type { AddressView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import { enqueue } from '../delivery/index.ts'
import { hashSecret } from '../visitors/index.ts'
import { identityChanged } from './identity-changed.ts'

const codeLastsMs = minutes(15)
const mostTries = 6
const mostAddresses = 10

// One @, something on both sides, no white space, quotes, angle brackets, controls or commas: what RFC 5321 allows beyond it no mailbox of a person has.
const emailShape = /^[^\s@<>"',;:\\()[\]]{1,64}@[^\s@<>"',;:\\()[\]]{1,190}\.[^\s@<>"',;:\\()[\].]{2,63}$/u

export type AddAddress =
  | { ok: true; address: AddressId; sent: boolean }
  | { ok: false; refusal: 'malformed' | 'too-many' | 'own-domain' }

/**
 * A person names an address. A code goes there, and nothing else before it comes back (settled 20). Adding the same one again sends
 * another code.
 */
export async function addAddress(
  tx: Writer,
  wanted: {
    account: AccountId
    person: PersonId
    medium: 'email'
    value: string
    ownDomain: string
  },
  now: Date,
): Promise<AddAddress> {
  const read = readEmail(wanted.value, wanted.ownDomain)
  if (!read.ok) return read
  const { value, key } = read
  const own = await tx
    .selectFrom('address')
    .selectAll()
    .where('account_id', '=', wanted.account)
    .where('person_id', '=', wanted.person)
    .forUpdate()
    .execute()
  const known = own.find((address) => address.medium === wanted.medium && address.value_key === key)
  if (known?.state === 'proven') return { ok: true, address: known.address_id, sent: false }
  if (!known && own.length >= mostAddresses) return { ok: false, refusal: 'too-many' }
  const address = known?.address_id ?? newId<AddressId>()
  if (!known) {
    await tx
      .insertInto('address')
      .values({
        account_id: wanted.account,
        address_id: address,
        person_id: wanted.person,
        medium: wanted.medium,
        value,
        value_key: key,
        position: own.length,
        state: 'unproven',
        proven_at: null,
        failing_reason: null,
        created_at: now,
      })
      .execute()
  }
  await sendCode(tx, wanted, address, now)
  return { ok: true, address, sent: true }
}

/** A mail address as somebody typed it; `key` is what it is compared by. */
export function readEmail(
  typed: string,
  ownDomain: string,
): { ok: true; value: string; key: string } | { ok: false; refusal: 'malformed' | 'own-domain' } {
  const value = typed.trim()
  if (!emailShape.test(value)) return { ok: false, refusal: 'malformed' }
  const key = value.toLowerCase()
  return key.endsWith(`@${ownDomain}`) ? { ok: false, refusal: 'own-domain' } : { ok: true, value, key }
}

async function sendCode(
  tx: Writer,
  wanted: { account: AccountId; person: PersonId; medium: 'email' },
  address: AddressId,
  now: Date,
): Promise<void> {
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  await tx
    .deleteFrom('access_key')
    .where('account_id', '=', wanted.account)
    .where('address_id', '=', address)
    .where('purpose', '=', 'confirm-address')
    .execute()
  await tx
    .insertInto('access_key')
    .values({
      account_id: wanted.account,
      key_hash: hashSecret(`${address} ${code}`),
      purpose: 'confirm-address',
      person_id: wanted.person,
      conversation_id: null,
      address_id: address,
      bound: '{}',
      created_at: now,
      expires_at: new Date(now.getTime() + codeLastsMs),
      used_at: null,
    })
    .execute()
  await enqueue(
    tx,
    [
      {
        account: wanted.account,
        owner: wanted.person,
        person: wanted.person,
        address,
        medium: wanted.medium,
        conversation: null,
        interaction: null,
        participant: null,
        what: { kind: 'notice', notice: { template: 'code', params: { code } } },
        relay: null,
      },
    ],
    now,
  )
}

export type ConfirmAddress = { ok: true } | { ok: false; refusal: 'not-there' | 'wrong-code' | 'too-many' }

/** The code came back: the address is theirs. Six tries, fifteen minutes. */
export async function confirmAddress(
  tx: Writer,
  wanted: { account: AccountId; person: PersonId; address: AddressId; code: string },
  now: Date,
): Promise<ConfirmAddress> {
  const pending = await tx
    .selectFrom('access_key')
    .select(['key_hash', 'tries'])
    .where('account_id', '=', wanted.account)
    .where('person_id', '=', wanted.person)
    .where('address_id', '=', wanted.address)
    .where('purpose', '=', 'confirm-address')
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst()
  if (!pending) return { ok: false, refusal: 'not-there' }
  if (pending.tries >= mostTries) return { ok: false, refusal: 'too-many' }
  const right = pending.key_hash.equals(hashSecret(`${wanted.address} ${wanted.code.replaceAll(/\D/g, '')}`))
  if (!right) {
    await tx
      .updateTable('access_key')
      .set((eb) => ({ tries: eb('tries', '+', 1) }))
      .where('account_id', '=', wanted.account)
      .where('key_hash', '=', pending.key_hash)
      .execute()
    return { ok: false, refusal: 'wrong-code' }
  }
  await tx
    .deleteFrom('access_key')
    .where('account_id', '=', wanted.account)
    .where('key_hash', '=', pending.key_hash)
    .execute()
  await tx
    .updateTable('address')
    .set({ state: 'proven', proven_at: now, failing_reason: null })
    .where('account_id', '=', wanted.account)
    .where('address_id', '=', wanted.address)
    .execute()
  await identityChanged(tx, wanted.account, wanted.person)
  return { ok: true }
}

export async function listAddresses(db: Reader, account: AccountId, person: PersonId): Promise<AddressView[]> {
  const rows = await db
    .selectFrom('address')
    .selectAll()
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .orderBy('position')
    .orderBy('address_id')
    .execute()
  return rows.map((row) => ({
    id: row.address_id,
    medium: row.medium,
    value: row.value,
    state: row.state,
    offers: row.offers,
    position: row.position,
    ...(row.hours ? { hours: row.hours } : {}),
    ...(row.failing_reason ? { failing: row.failing_reason } : {}),
  }))
}

/** The address is gone: places that used it go back to the window, what was still unsent to it fails with a reason. */
export async function removeAddress(
  tx: Writer,
  wanted: { account: AccountId; person: PersonId; address: AddressId },
  now: Date,
): Promise<boolean> {
  const removed = await tx
    .deleteFrom('address')
    .where('account_id', '=', wanted.account)
    .where('person_id', '=', wanted.person)
    .where('address_id', '=', wanted.address)
    .executeTakeFirst()
  if (removed.numDeletedRows === 0n) return false
  await tx
    .updateTable('delivery')
    .set({ state: 'failed', reason: 'address-removed', updated_at: now })
    .where('account_id', '=', wanted.account)
    .where('address_id', '=', wanted.address)
    .where('state', '=', 'queued')
    .execute()
  await sql`
    with moved as (
      update participant set medium = 'web', address_id = null
      where account_id = ${wanted.account} and person_id = ${wanted.person} and address_id = ${wanted.address}
      returning conversation_id)
    update conversation set structure = structure + 1
    where account_id = ${wanted.account} and conversation_id in (select conversation_id from moved)`.execute(tx)
  return true
}
