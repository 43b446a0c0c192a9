import { type AccountId, type AddressId, newId, type PersonId } from '@parley/model'
import { readAddress, type TypedMedium } from '@parley/rules'
import { sql } from 'kysely'
import type { Writer } from '../db/index.ts'
import { addPerson } from './add-person.ts'
import { type AddressParts, isOwnAddress, mediaToHave } from './address-parts.ts'
import { countriesOf } from './countries.ts'

export type PersonOutside =
  | { readonly ok: true; readonly person: PersonId; readonly address: AddressId; readonly key: string }
  | { readonly ok: false; readonly refusal: 'unknown-choice' | 'no-such-person' }

/**
 * Whoever can be reached there: the colleague who has proven that the address is theirs, somebody who was asked there before, or somebody new,
 * who answers without a sign-in and gets no questions of strangers. Nobody's word for an address is believed but an answer from it; until
 * then nothing goes there but what it was named for. An address of ours is nobody's, and whoever wanted to hear no more is left alone.
 */
export async function personOutside(
  tx: Writer,
  parts: AddressParts,
  wanted: {
    account: AccountId
    /** Who names them: their country and language. */
    by: PersonId
    medium: TypedMedium
    value: string
    name: string
    language: string
  },
  now: Date,
): Promise<PersonOutside> {
  const { account, medium, name } = wanted
  if (!(await mediaToHave(tx, account, parts)).includes(medium)) return { ok: false, refusal: 'unknown-choice' }
  const countries = await countriesOf(tx, account, wanted.by, null)
  const read = readAddress(medium, wanted.value, { countries, ownDomains: parts.ownDomains })
  if (!read.ok || (await isOwnAddress(tx, medium, read.value, read.key)))
    return { ok: false, refusal: 'no-such-person' }
  // Two who ask the same stranger at the same moment ask one person.
  await sql`select pg_advisory_xact_lock(hashtext(${`outside ${account} ${medium} ${read.key}`}))`.execute(tx)
  const { rows } = await sql<{ person: PersonId; address: AddressId; hears: boolean }>`
    select a.person_id as person, a.address_id as address, r.state in ('active', 'paused') as hears
    from address a
    join responder r on r.account_id = a.account_id and r.person_id = a.person_id
    where a.account_id = ${account} and a.medium = ${medium} and a.value_key = ${read.key}
      and (a.state <> 'unproven' or exists (select from place_invitation i where i.account_id = a.account_id
        and i.person_id = a.person_id))
    order by a.state = 'proven' desc, a.created_at limit 1`.execute(tx)
  const [known] = rows
  if (known) return known.hears ? { ok: true, ...known, key: read.key } : { ok: false, refusal: 'no-such-person' }
  const person = await addPerson(tx, { account, kind: 'responder', name, language: wanted.language }, now)
  await tx
    .insertInto('responder')
    // Paused: they are asked by people, and by no search.
    .values({ account_id: account, person_id: person, alias: name, state: 'paused', capacity: null, per_hour: null })
    .execute()
  const address = newId<AddressId>()
  await tx
    .insertInto('address')
    .values({
      account_id: account,
      address_id: address,
      person_id: person,
      medium,
      value: read.value,
      value_key: read.key,
      position: 0,
      state: 'unproven',
      proven_at: null,
      failing_reason: null,
      created_at: now,
    })
    .execute()
  return { ok: true, person, address, key: read.key }
}
