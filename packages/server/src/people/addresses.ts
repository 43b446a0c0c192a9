import { randomInt } from 'node:crypto'
import { type AccountId, type AddressId, minutes, newId, type PersonId } from '@parley/model'
import type { AddressView } from '@parley/protocol'
import { plainDigits, readAddress, type TypedMedium } from '@parley/rules'
import { sql } from 'kysely'
import { keyForms, type Reader, type Writer } from '../db/index.ts'
import { enqueue } from '../delivery/index.ts'
import { hashSecret } from '../visitors/index.ts'
import { addressColumns } from './address-columns.ts'
import { type AddressParts, costs, isOwnAddress, mediaToHave } from './address-parts.ts'
import { countriesOf } from './countries.ts'
import { identityChanged } from './identity-changed.ts'
import { takeCode } from './take-code.ts'

const codeLastsMs = minutes(15)
const mostTries = 6
const mostAddresses = 10

export type AddAddress =
  | { ok: true; address: AddressId; sent: boolean }
  | {
      ok: false
      refusal: 'malformed' | 'own-domain' | 'not-reachable' | 'no-such-medium' | 'too-many'
      /** For `too-many` codes. */
      retryAfterSeconds?: number
    }

export interface NewAddress {
  readonly account: AccountId
  readonly person: PersonId
  readonly medium: TypedMedium
  /** As they typed it. */
  readonly value: string
  /** Where they seem to be (ISO 3166), for phone numbers without a country. */
  readonly seemsIn: string | null
  /** Where the wish comes from, for bounds; null when it came over a medium that does not say. */
  readonly network: string | null
}

/**
 * A person names an address. A code goes there, and nothing else before it comes back (settled 20). Adding the same one again sends
 * another code.
 */
export async function addAddress(tx: Writer, parts: AddressParts, wanted: NewAddress, now: Date): Promise<AddAddress> {
  const { account, person, medium } = wanted
  if (!(await mediaToHave(tx, account, parts)).includes(medium)) return { ok: false, refusal: 'no-such-medium' }
  const countries = await countriesOf(tx, account, person, wanted.seemsIn)
  const read = readAddress(medium, wanted.value, { countries, ownDomains: parts.ownDomains })
  if (!read.ok) return read
  if (await isOwnAddress(tx, medium, read.value, read.key)) return { ok: false, refusal: 'own-domain' }
  const own = await ownOf(tx, account, person)
  const forms = keyForms(tx, read.key)
  const known = own.find((address) => address.medium === medium && forms.includes(address.value_key))
  if (known?.state === 'proven') return { ok: true, address: known.address_id, sent: false }
  if (!known && own.length >= mostAddresses) return { ok: false, refusal: 'too-many' }
  const counted = { account, person, medium, key: read.key, network: wanted.network, costs: costs(parts, medium) }
  const allowed = await takeCode(tx, counted, now)
  if (!allowed.ok) return { ok: false, refusal: 'too-many', retryAfterSeconds: allowed.retryAfterSeconds }
  const address = known?.address_id ?? newId<AddressId>()
  if (!known) {
    await tx
      .insertInto('address')
      .values({
        account_id: account,
        address_id: address,
        person_id: person,
        medium,
        ...(await addressColumns(tx, { account, person, address, value: read.value, key: read.key })),
        position: own.length,
        state: 'unproven',
        proven_at: null,
        failing_reason: null,
        created_at: now,
      })
      .execute()
  }
  await sendCode(tx, { account, person, medium }, address, now)
  return { ok: true, address, sent: true }
}

/**
 * An address that proves itself by how it came to us: a browser's push subscription, a program's endpoint behind its key. The same one
 * again is the same one, and works again when it had failed. `key`: what it is compared by.
 */
export async function addProvenAddress(
  tx: Writer,
  wanted: {
    account: AccountId
    person: PersonId
    medium: 'push'
    value: string
    key: string
  },
  now: Date,
): Promise<{ ok: true; address: AddressId } | { ok: false; refusal: 'too-many' }> {
  const { account, person, medium, value, key } = wanted
  const own = await ownOf(tx, account, person)
  const known = own.find((address) => address.medium === medium && address.value_key === key)
  if (known) {
    await tx
      .updateTable('address')
      .set({ value, state: 'proven', proven_at: now, failing_reason: null })
      .where('account_id', '=', account)
      .where('address_id', '=', known.address_id)
      .execute()
    return { ok: true, address: known.address_id }
  }
  if (own.filter((address) => address.medium === medium).length >= mostAddresses)
    return { ok: false, refusal: 'too-many' }
  const address = newId<AddressId>()
  await tx
    .insertInto('address')
    .values({
      account_id: account,
      address_id: address,
      person_id: person,
      medium,
      value,
      value_key: key,
      position: own.length,
      state: 'proven',
      proven_at: now,
      failing_reason: null,
      created_at: now,
    })
    .execute()
  return { ok: true, address }
}

function ownOf(tx: Writer, account: AccountId, person: PersonId) {
  return tx
    .selectFrom('address')
    .selectAll()
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .forUpdate()
    .execute()
}

async function sendCode(
  tx: Writer,
  wanted: { account: AccountId; person: PersonId; medium: TypedMedium },
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
  const right = pending.key_hash.equals(
    hashSecret(`${wanted.address} ${plainDigits(wanted.code).replaceAll(/\D/g, '')}`),
  )
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
  await putFirstForVisitor(tx, wanted)
  await identityChanged(tx, wanted.account, wanted.person)
  return { ok: true }
}

/** A visitor who gives another address wants to carry on there. Responders keep the order that they made. */
async function putFirstForVisitor(
  tx: Writer,
  { account, person, address }: { account: AccountId; person: PersonId; address: AddressId },
): Promise<void> {
  await sql`
    update address a set position = o.place - 1
    from (select address_id, row_number() over (order by address_id <> ${address}, position, address_id) as place
      from address where account_id = ${account} and person_id = ${person}) o
    where a.account_id = ${account} and a.address_id = o.address_id and exists (
      select from person p where p.account_id = ${account} and p.person_id = ${person} and p.kind = 'visitor')`.execute(
    tx,
  )
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
